"""What still stands between a return and its submission (rules.md B7)."""

from banding.choices import OPEN_STATES, ReturnState
from banding.models import BandDecision, Return
from banding.returns.progress import PupilLine, ReturnProgress, progress_of_return
from banding_portal.words import day


def why_closed(pupil_return: Return) -> str:
    """Why the school may not change the return now, as a sentence; empty when it may."""
    collection = pupil_return.collection
    if pupil_return.state == ReturnState.SUBMITTED:
        return (
            "This return has been submitted. Ask the authority to return it if it needs a change."
        )
    if pupil_return.state not in OPEN_STATES:
        return "The authority has accepted this return. It cannot change now."
    if collection.closed_at is not None:
        return f"{collection.name} is closed."
    if pupil_return.is_late:
        return (
            f"The deadline was {day(pupil_return.deadline)}. "
            "Ask the authority for more time if you need it."
        )
    if not pupil_return.is_open:
        return f"{collection.name} opens on {day(collection.opens_on)}."
    return ""


def problems_to_submit(pupil_return: Return, progress: ReturnProgress | None = None) -> list[str]:
    """Why a return cannot be submitted now, as sentences; empty when it can."""
    closed = why_closed(pupil_return)
    if closed:
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


def _overtaken(progress: ReturnProgress) -> list[PupilLine]:
    """Pupils with a correction to a decision that moderation has settled meanwhile."""
    corrected = {line.draft.supersedes_id: line for line in progress.lines if line.draft}
    moderated = BandDecision.objects.filter(moderates__in=[pk for pk in corrected if pk])
    return [corrected[pk] for pk in moderated.values_list("moderates", flat=True)]
