"""What still stands between a return and its submission (rules.md B7)."""

from banding.models import BandDecision, Return
from banding.returns.progress import PupilLine, ReturnProgress, progress_of_return
from banding.rounds.lists import is_silent


def problems_to_submit(pupil_return: Return, progress: ReturnProgress | None = None) -> list[str]:
    """Why a return cannot be submitted now, as sentences; empty when it can."""
    if closed := pupil_return.why_closed:
        return [closed]
    progress = progress or progress_of_return(pupil_return)
    problems = []
    if progress.left:
        who = "1 pupil is" if progress.left == 1 else f"{progress.left} pupils are"
        problems.append(f"{who} neither decided nor accounted for.")
    settled = [line.pupil.display_name for line in _overtaken(progress)]
    if settled:
        problems.append(
            f"Moderation has settled the band of {'; '.join(settled)} meanwhile. "
            "Remove your change to that decision."
        )
    return problems


def problems_to_confirm(pupil_return: Return, progress: ReturnProgress | None = None) -> list[str]:
    """Why a school cannot say in one click that it has nothing to tell (B10)."""
    progress = progress or progress_of_return(pupil_return)
    if problems := problems_to_submit(pupil_return, progress):
        return problems
    if not is_silent(progress) or pupil_return.joiners.exists():
        return ["You have told something on this return. Check your answers and submit them."]
    return []


def _overtaken(progress: ReturnProgress) -> list[PupilLine]:
    """Pupils with a correction to a decision that moderation has settled meanwhile."""
    corrected = {line.draft.supersedes_id: line for line in progress.lines if line.draft}
    moderated = BandDecision.objects.filter(moderates__in=[pk for pk in corrected if pk])
    return [corrected[pk] for pk in moderated.values_list("moderates", flat=True)]
