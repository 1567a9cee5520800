"""A run's totals, from its stored lines alone (rules.md F9, F11). Amounts are pounds."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from funding.choices import FOR_SCHOOLS, PAID_KINDS, CauseKind, LineKind
from funding.models import Line, Run
from funding.section_251 import section_251_line, section_251_phase
from schools.choices import Sector

ZERO = Decimal("0.00")
# A school as its lines keep it; all lines of a run have it the same.
SCHOOL = ("la_number", "urn", "school_name", "school_type", "type_code", "type_group_code")
PAID = Q(kind__in=PAID_KINDS)


@dataclass(frozen=True, slots=True)
class RunTotals:
    """What the head of a run shows. `exceptions` are those not cleared yet."""

    lines: int
    pupils: int
    schools: int
    allocation_total: Decimal
    adjustment_total: Decimal
    exceptional_total: Decimal
    protection_total: Decimal
    unvalued: int
    other_la: int
    exceptions: int
    for_schools_total: Decimal = ZERO
    """Lump sums and minimum amounts (F24)."""
    recovery_total: Decimal = ZERO
    recoupment_total: Decimal = ZERO
    """What is claimed from other authorities, in no other total (F16)."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Total:
    """A row of a table of totals. `name` is the label of the group, `code` as it is stored; pupils
    are those paid for.
    """

    code: str
    name: Any
    lines: int
    pupils: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Section251Total:
    """A cell of the section 251 table: 1.2.1 to 1.2.3, or empty where the register is silent."""

    line: str
    phase: str
    lines: int
    amount: Decimal


def run_totals(run: Run) -> RunTotals:
    """Counts and totals of a run in two queries; pupils and schools are those of paid lines."""
    found = run.lines.aggregate(
        lines=Count("pk"),
        pupils=Count("pupil", distinct=True, filter=PAID),
        schools=Count("school", distinct=True, filter=PAID),
        allocation_total=Sum("amount", filter=Q(kind=LineKind.ALLOCATION), default=ZERO),
        adjustment_total=Sum("amount", filter=Q(kind=LineKind.ADJUSTMENT), default=ZERO),
        exceptional_total=Sum("amount", filter=Q(kind=LineKind.EXCEPTIONAL), default=ZERO),
        protection_total=Sum("amount", filter=Q(kind=LineKind.PROTECTION), default=ZERO),
        for_schools_total=Sum("amount", filter=Q(kind__in=FOR_SCHOOLS), default=ZERO),
        recovery_total=Sum("amount", filter=Q(kind=LineKind.RECOVERY), default=ZERO),
        recoupment_total=Sum("claim", default=ZERO),
        unvalued=Count("pk", filter=Q(kind=LineKind.UNVALUED)),
        other_la=Count("pk", filter=Q(kind=LineKind.OTHER_LA)),
    )
    return RunTotals(**found, exceptions=exceptions_left(run))


def exceptions_left(run: Run) -> int:
    return run.exceptions.filter(cleared_at=None).count()


def totals_by_school(run: Run) -> QuerySet[Any, Any]:
    """A dict a school with the fields of SCHOOL, lines, pupils and amount, in order of name."""
    return (
        run.lines.order_by()
        .values("school_id", *SCHOOL)
        .annotate(
            lines=Count("pk"),
            pupils=Count("pupil", distinct=True, filter=PAID),
            amount=Sum("amount", filter=PAID, default=ZERO),
            unvalued=Count("pk", filter=Q(kind=LineKind.UNVALUED)),
        )
        .order_by("school_name", "urn")
    )


def schools_below_zero(run: Run) -> list[dict[str, Any]]:
    """Schools that owe more than they are paid, of `totals_by_school`, the largest debt first."""
    below = [row for row in totals_by_school(run) if row["amount"] < 0]
    return sorted(below, key=lambda row: row["amount"])


def totals_by_sector(run: Run) -> list[Total]:
    """What each sector is paid, in the order of the sectors; pupils are those of paid lines.

    A pupil at schools of two sectors counts in both.
    """
    return _totals(run.lines.all(), "sector", Sector)


def totals_by_kind(run: Run) -> list[Total]:
    """Lines of each kind and what they come to; £0.00 for kinds that are not paid."""
    return _totals(run.lines.all(), "kind", LineKind)


def totals_by_section_251(run: Run) -> list[Section251Total]:
    """Paid lines by section 251 line and phase (F11), in that order; they add to the total."""
    rows = (
        run.lines.filter(PAID)
        .order_by()
        .values_list("type_code", "type_group_code", "sector", "phase")
        .annotate(lines=Count("pk"), amount=Sum("amount", default=ZERO))
    )
    cells: dict[tuple[str, str], list] = defaultdict(lambda: [0, ZERO])
    for type_code, group, sector, phase, lines, amount in rows:
        cell = cells[section_251_line(type_code, group, sector), section_251_phase(sector, phase)]
        cell[0] += lines
        cell[1] += amount
    return [Section251Total(*key, *cell) for key, cell in sorted(cells.items())]


def totals_by_cause(run: Run) -> list[Total]:
    """Adjustments by what changed (F8); they add up to the adjustments of the run."""
    return _totals(run.lines.filter(kind=LineKind.ADJUSTMENT), "cause", CauseKind)


def _totals(of: QuerySet[Line], field: str, choices: Any) -> list[Total]:
    rows = (
        of.order_by()
        .values(field)
        .annotate(
            lines=Count("pk"),
            pupils=Count("pupil", distinct=True, filter=PAID),
            paid=Sum("amount", filter=PAID, default=ZERO),
        )
    )
    found = {row[field]: row for row in rows}
    return [
        Total(value, label, *(found[value][name] for name in ("lines", "pupils", "paid")))
        for value, label in choices.choices
        if value in found
    ]
