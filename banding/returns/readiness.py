"""What still stands between a return and its submission (rules.md B7)."""

from banding.choices import DecisionSource, ReturnMoveKind, ReturnState
from banding.models import BandDecision, Return, ReturnMove
from banding.returns.progress import PupilLine, ReturnProgress, progress_of_return
from banding.rounds.lists import is_silent
from banding_portal.words import counted, day, in_a_row


def problems_to_submit(pupil_return: Return, progress: ReturnProgress | None = None) -> list[str]:
    """Why a return cannot be submitted now, as sentences; empty when it can."""
    if closed := pupil_return.why_closed:
        return [closed]
    progress = progress or progress_of_return(pupil_return)
    problems = []
    applications = sum(line.lacks_evidence for line in progress.unfinished)
    if bands := progress.left - applications:
        problems.append(f"{still_needed(bands, 'pupil')} a band.")
    if applications:
        problems.append(f"{still_needed(applications, 'application')} evidence of provision.")
    settled = [str(line.pupil) for line in _overtaken(pupil_return, progress)]
    if settled:
        problems.append(
            f"Moderation has settled the band of {in_a_row(settled)} in the meantime. "
            "Remove your change to that decision."
        )
    return problems


def still_needed(count: int, noun: str) -> str:
    """“1 pupil still needs”, “2 pupils still need”"""
    return f"{counted(count, noun)} still {'needs' if count == 1 else 'need'}"


def told_ready(pupil_return: Return) -> ReturnMove | None:
    """That a headteacher was told it is ready, since the school has it and has begun on it."""
    aside = [ReturnMoveKind.EXTENDED, ReturnMoveKind.WRITTEN]
    last = pupil_return.moves.exclude(kind__in=aside).select_related("moved_by").last()
    return last if last and last.kind == ReturnMoveKind.READY else None


def problems_to_confirm(pupil_return: Return, progress: ReturnProgress | None = None) -> list[str]:
    """Why a school cannot say in one click that it has nothing to tell (B10)."""
    progress = progress or progress_of_return(pupil_return)
    if problems := problems_to_submit(pupil_return, progress):
        return problems
    if not is_silent(progress) or pupil_return.joiners.exists():
        return ["You have made changes on this return. Check your answers and submit them."]
    return []


def problems_to_withdraw(pupil_return: Return) -> list[str]:
    """Why a school cannot take back what it submitted; empty while nobody has accepted it."""
    if pupil_return.state == ReturnState.ACCEPTED:
        return ["The authority has accepted this return. Ask it to open the return again."]
    if pupil_return.state != ReturnState.SUBMITTED:
        return ["This return is with you already."]
    if pupil_return.collection.is_closed:
        return [f"{pupil_return.collection.name} is closed."]
    if pupil_return.is_late:
        passed = f"The deadline was {day(pupil_return.deadline)}: you could not submit it again."
        return [f"{passed} Ask the authority to return it to you."]
    return []


def _overtaken(pupil_return: Return, progress: ReturnProgress) -> list[PupilLine]:
    """Pupils with a new decision though moderation has settled theirs of this collection."""
    drafts = {line.pupil.pk: line for line in progress.lines if line.draft}
    outcomes = BandDecision.objects.in_force().filter(
        source=DecisionSource.MODERATION,
        collection=pupil_return.collection_id,
        framework=pupil_return.collection.framework_id,
        pupil__in=drafts,
    )
    return [drafts[pupil] for pupil in outcomes.values_list("pupil", flat=True)]
