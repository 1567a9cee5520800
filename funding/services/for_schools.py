"""Lump sums, minimum amounts and their later changes, in a run (rules.md F24)."""

from funding import sql
from funding.choices import FOR_SCHOOLS, CauseKind, LineKind, RunState, SchoolAmountKind
from funding.models import Line, Period, Run, SchoolAmount
from funding.selectors.school_amounts import last_change_of
from funding.services.causes import last_worked_out


def add_for_schools(run: Run, period: Period) -> None:
    """The lines of the schools themselves, for the run's own period."""
    if _anything_is_given():
        sql.execute("school_lines", run, period)


def adjust_for_schools(run: Run, period: Period) -> None:
    """What a published period pays schools themselves, where it comes to another amount now."""
    published = Line.objects.filter(run__state=RunState.PUBLISHED, period=period)
    if not (_anything_is_given() or published.filter(kind__in=FOR_SCHOOLS).exists()):
        return
    sql.execute("school_adjustments", run, period)
    adjusted = run.lines.filter(period=period, kind=LineKind.ADJUSTMENT, pupil=None)
    since = last_worked_out(period)
    for line in adjusted.select_related("school"):
        change = last_change_of(line.school, since)
        line.cause = CauseKind.FOR_SCHOOL
        line.cause_said = change.said
        line.cause_by, line.cause_at = change.by, change.at
        line.save(update_fields=["cause", "cause_said", "cause_by", "cause_at"])


def _anything_is_given() -> bool:
    return SchoolAmount.objects.exclude(kind=SchoolAmountKind.RATE).exists()
