"""Calculating the draft run of a period (rules.md F3-F8, B12)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from banding.exceptional.selectors import several_amounts_agreed
from banding_portal.jobs.results import Progress, silent
from banding_portal.refusals import RefusalError
from funding import sql
from funding.actions import NOT_CALCULATED_AGAIN
from funding.choices import ExceptionKind, RunState
from funding.models import Period, Run, RunException
from funding.selectors.fingerprints import hash_inputs, mark_inputs
from funding.selectors.paying import undecided
from funding.selectors.recoupment import has_pupils_of_others
from funding.selectors.school_days import problems_of_school_days
from funding.services.adding_up import add_up
from funding.services.causes import name_causes
from funding.services.doubtful import add_doubtful
from funding.services.for_schools import add_for_schools, adjust_for_schools
from funding.services.large_adjustments import add_large_adjustments
from funding.services.locks import hold_published_lines
from funding.services.protecting import look_up_for
from funding.services.recalculated import compare_drafts, keep_draft
from funding.services.recovering import add_recoveries
from funding.services.reported import add_reported
from schools.models import User

STEPS = (
    "what it rests on",
    "lines",
    "exceptions",
    "what schools reported",
    "adjustments",
    "totals",
)
BEING_CHECKED = NOT_CALCULATED_AGAIN[RunState.CHECKED]
SAY_WHICH_PAYS = (
    "Say on “Funding policy” which one it is, from that day or earlier. Then calculate again."
)
CLEARANCE = ["cleared_by", "cleared_at", "cleared_reason"]


@transaction.atomic
def calculate_run(*, period: Period, by: User | None, progress: Progress = silent) -> Run:
    """Make the draft run of a period, or calculate it again; returns it.

    The first run of a period pays it; a later one, after publishing, holds adjustments only. Both
    adjust every earlier period that is published (F8) and list what has come up in it since, beside
    what was cleared when it was published. Exceptions that come back as they were keep
    the reason they were cleared with. `progress` counts STEPS. Raises RefusalError while the run is
    being checked, and while it is not said which of several frameworks pays in a sector (B4).
    """
    progress(0, len(STEPS))
    hold_published_lines()
    period = Period.objects.select_related("calendar").get(pk=period.pk)
    _refuse_without_school_days(period)
    run = _open_run(period)
    _refuse_undecided(period)
    cleared = _cleared_before(run)
    keep_draft(run)
    run.lines.all().delete()
    run.exceptions.all().delete()
    run.prepared_by, run.prepared_at = by, timezone.now()
    # Publishing compares this: another run published since has paid some of the same differences.
    run.published_before = Run.objects.filter(state=RunState.PUBLISHED).count()
    look_up_for([period, *_adjusted_by(period)])
    run.inputs_mark = mark_inputs()
    run.inputs_hash = hash_inputs(period)
    _add_lines(run, period, progress)
    _clear_again(run, cleared)
    compare_drafts(run)
    add_up(run)
    run.save()
    progress(len(STEPS), len(STEPS))
    return run


def refuse_to_calculate(period: Period) -> None:
    """Raise RefusalError where `calculate_run` would now, without waiting for anybody."""
    _refuse_without_school_days(period)
    _refuse_undecided(period)
    if Run.objects.filter(period=period, state=RunState.CHECKED).exists():
        raise RefusalError(BEING_CHECKED, field="period")


def _refuse_without_school_days(period: Period) -> None:
    if problems := problems_of_school_days([period, *_adjusted_by(period)]):
        raise RefusalError(*problems, field="period")


def _refuse_undecided(period: Period) -> None:
    sectors = undecided([period, *_adjusted_by(period)])
    if sectors:
        raise RefusalError(*sectors, SAY_WHICH_PAYS, field="period")


def _open_run(period: Period) -> Run:
    """The draft of the period, locked, made when there is none."""
    # Not the key: who adds something that points to the period need not wait.
    Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    runs = Run.objects.filter(period=period)
    run = runs.exclude(state=RunState.PUBLISHED).select_for_update().first()
    if run is None:
        last = runs.aggregate(last=Max("sequence"))["last"] or 0
        return Run.objects.create(period=period, sequence=last + 1, prepared_at=timezone.now())
    if run.state == RunState.CHECKED:
        raise RefusalError(BEING_CHECKED)
    return run


def _add_lines(run: Run, period: Period, progress: Progress) -> None:
    adjusted = _adjusted_by(period)
    progress(STEPS.index("lines"), len(STEPS))
    if period not in adjusted:
        sql.execute("lines", run, period)
        add_for_schools(run, period)
    progress(STEPS.index("exceptions"), len(STEPS))
    _add_exceptions(run, period)
    progress(STEPS.index("what schools reported"), len(STEPS))
    add_reported(run, period)
    progress(STEPS.index("adjustments"), len(STEPS))
    others = has_pupils_of_others()
    for earlier in adjusted:
        sql.execute("adjustments", run, earlier)
        adjust_for_schools(run, earlier)
        if others:
            sql.execute("claims", run, earlier)
        if earlier != period:
            _add_exceptions(run, earlier)
            sql.execute("known_before", run, earlier)
    name_causes(run)
    add_recoveries(run)
    add_large_adjustments(run)
    add_doubtful(run, period)
    progress(STEPS.index("totals"), len(STEPS))


def _add_exceptions(run: Run, period: Period) -> None:
    """What somebody has to look at in the run's own period or in one published earlier."""
    sql.execute("exceptions", run, period)
    sql.execute("overlaps", run, period)
    if several_amounts_agreed():
        sql.execute("two_amounts", run, period)


def _adjusted_by(period: Period) -> list[Period]:
    published = Period.objects.filter(runs__state=RunState.PUBLISHED, start__lte=period.start)
    return list(published.distinct().select_related("calendar"))


def _cleared_before(run: Run) -> list[RunException]:
    """What was cleared in this draft, or in the run of the period that was published last; but for
    large adjustments, whose amount is looked at anew each time.
    """
    found = RunException.objects.filter(run__period=run.period_id, cleared_at__isnull=False)
    found = found.exclude(kind=ExceptionKind.LARGE)
    return list(found.order_by("run__sequence"))


def _clear_again(run: Run, cleared: Iterable[RunException]) -> None:
    reasons = {_what(exception): exception for exception in cleared}
    if not reasons:
        return
    again = [exception for exception in run.exceptions.all() if _what(exception) in reasons]
    for exception in again:
        for field in CLEARANCE:
            setattr(exception, field, getattr(reasons[_what(exception)], field))
    RunException.objects.bulk_update(again, CLEARANCE, batch_size=1000)


def _what(exception: RunException) -> tuple[object, ...]:
    who = exception.pupil_id, exception.joiner, exception.other_pupil_id
    schools = exception.school_id, exception.other_school_id
    days = exception.start, exception.end, exception.reported_day, exception.earlier_period_id
    return exception.kind, who, schools, days
