"""Minimum amounts and recoveries worked out again from what is stored (rules.md F7, F24, F25)."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum

from banding_portal.words import money
from funding.calculation import line_amount
from funding.calculation.recovering import held_back, instalment
from funding.choices import LineKind, RunState
from funding.models import Line, Run
from funding.selectors.recovering import taken_back

ZERO = Decimal("0.00")
FOR_PUPILS = (LineKind.ALLOCATION, LineKind.EXCEPTIONAL, LineKind.PROTECTION)


def wrong_amounts_of_schools(run: Run) -> Iterator[str]:
    """A sentence for each line of a school itself that says another amount than it comes to."""
    yield from _wrong_minimums(run)
    yield from _wrong_recoveries(run)


def _wrong_minimums(run: Run) -> Iterator[str]:
    minimums = list(run.lines.filter(kind=LineKind.MINIMUM).order_by("urn", "start"))
    if not minimums:
        return
    paid = run.lines.filter(kind__in=FOR_PUPILS, school__in=[each.school_id for each in minimums])
    sums = dict(paid.order_by().values_list("school").annotate(Sum("amount")))
    for line in minimums:
        days = line.numerator, line.denominator, line.days, line.period_days
        if line.school_days is not None and line.year_school_days:
            days = 1, 1, line.school_days, line.year_school_days
        due = line_amount(line.annual_value or ZERO, *days)
        own = sums.get(line.school_id, ZERO)
        if (due, own) != (line.due_total, line.published_total):
            yield (
                f"The school at {line.urn}: at least {money(due)} is due and {money(own)} paid for "
                f"pupils, the line says {money(line.due_total)} and {money(line.published_total)}."
            )
        yield from _compared(line, max(due - own, ZERO))


def _wrong_recoveries(run: Run) -> Iterator[str]:
    lines = run.lines.filter(kind=LineKind.RECOVERY).select_related("recovers", "run")
    taken = taken_back(run) if lines.exists() else {}
    for line in lines.order_by("urn", "instalment"):
        total, before = line.due_total or ZERO, _taken_before(line)
        if line.recovers and line.recovers.run_id == run.pk:
            total = taken.get(line.school_id, ZERO)
        if line.instalment == 0:
            part = held_back(total)
        else:
            rest = bool(
                line.recovers and line.recovers.rest_at_once and line.amount == before - total
            )
            part = instalment(total, line.instalment or 1, line.instalments or 1, before, rest=rest)
        yield from _compared(line, part.amount)
        if (total, before) != (line.due_total, line.published_total):
            yield (
                f"The school at {line.urn}: {money(total)} is to be recovered and {money(before)} "
                f"was, the line says {money(line.due_total)} and {money(line.published_total)}."
            )


def _taken_before(line: Line) -> Decimal:
    """By earlier instalments of the same agreement."""
    if not line.instalment:
        return ZERO
    earlier = Line.objects.filter(
        Q(run__state=RunState.PUBLISHED) | Q(run=line.run_id),
        recovers=line.recovers_id,
        instalment__gt=0,
        instalment__lt=line.instalment,
    )
    return -(earlier.aggregate(total=Sum("amount"))["total"] or ZERO)


def _compared(line: Line, again: Decimal) -> Iterator[str]:
    if line.amount != again:
        yield (
            f"The school at {line.urn} from {line.start}: the line says {money(line.amount)}, its "
            f"facts give {money(again)}."
        )
