"""Agreeing that a school pays back over several terms, and the lines of it (rules.md F25)."""

from django.utils import timezone

from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from funding import sql
from funding.calculation.recovering import recovery_sentence
from funding.choices import LineKind, RunState
from funding.models import RecoveryAgreement, Run
from funding.selectors.recovering import agreed_of, parts_in, progress_of, taken_back
from funding.services.adding_up import add_up
from funding.services.locks import hold_for_publishing
from schools.models import School, User

NOT_A_DRAFT = "This run is not a draft any more. Money it takes back is spread while it is one."


def add_recoveries(run: Run) -> None:
    """What is held back and taken by agreements, from the adjustments the run has now."""
    parts = parts_in(run)
    if not parts:
        return
    sql.execute(
        "recoveries",
        run,
        run.period,
        agreements=[agreement.pk for agreement, _ in parts],
        schools=[agreement.school_id for agreement, _ in parts],
        numbers=[part.number for _, part in parts],
        counts=[agreement.instalments for agreement, _ in parts],
        amounts=[part.amount for _, part in parts],
        totals=[part.total for _, part in parts],
        befores=[part.before for _, part in parts],
        sentences=[
            recovery_sentence(part, agreement.instalments, agreed_of(agreement))
            for agreement, part in parts
        ],
    )


@verb
def agree_recovery(
    *, run: Run, school: School, instalments: int, agreed_with: str, reason: str, by: User
) -> RecoveryAgreement:
    """Spread what the adjustments of a draft take back from a school over so many terms, this one
    the first. Agreed again it replaces what was agreed. Raises RefusalError.
    """
    hold_for_publishing()
    run = _draft(run)
    if not 2 <= instalments <= 12:
        raise RefusalError(
            "Money is taken back in 2 to 12 instalments, one a term.", field="instalments"
        )
    if not is_reason(reason):
        raise RefusalError("Say in a few words why it is spread.", field="reason")
    if school.pk not in taken_back(run):
        raise RefusalError(f"The adjustments of this run take nothing back from {school}.")
    agreement, _ = RecoveryAgreement.objects.update_or_create(
        run=run,
        school=school,
        defaults={
            "instalments": instalments,
            "agreed_with": agreed_with.strip(),
            "reason": reason.strip(),
            "made_by": by,
            "made_at": timezone.now(),
        },
    )
    _write_again(run)
    return agreement


@verb
def end_recovery(*, agreement: RecoveryAgreement, by: User) -> RecoveryAgreement | None:
    """Take back at once: of a draft all, for the agreement goes; of a published run the rest, by
    the next one. Raises RefusalError where nothing is left.
    """
    hold_for_publishing()
    agreement = RecoveryAgreement.objects.select_for_update().get(pk=agreement.pk)
    run = Run.objects.select_for_update().get(pk=agreement.run_id)
    if run.state == RunState.CHECKED:
        raise RefusalError("The run is being checked. Send it back first.")
    if run.state == RunState.DRAFT:
        run.lines.filter(recovers=agreement).delete()
        agreement.delete()
        _write_again(run)
        return None
    [progress] = progress_of(RecoveryAgreement.objects.filter(pk=agreement.pk))
    if not progress.left:
        raise RefusalError("All of it is taken back already.")
    agreement.rest_at_once = True
    agreement.save(update_fields=["rest_at_once"])
    return agreement


def _draft(run: Run) -> Run:
    locked = Run.objects.select_for_update(of=("self",)).select_related("period__calendar")
    run = locked.get(pk=run.pk)
    if run.state != RunState.DRAFT:
        raise RefusalError(NOT_A_DRAFT)
    if not run.lines_hash:
        raise RefusalError("The payment calendar changed. Calculate the run again first.")
    return run


def _write_again(run: Run) -> None:
    run.lines.filter(kind=LineKind.RECOVERY).delete()
    add_recoveries(run)
    add_up(run)
    run.save(update_fields=["lines_hash", "control_total", "summary"])
