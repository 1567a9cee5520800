"""Pupils funded in a year, and what is paid for one on average (rules.md F19). Pounds, of published
lines alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum

from banding_portal.words import money
from funding.calculation.money import round_half_up
from funding.choices import AverageBy
from funding.models import PaymentCalendar
from funding.year.selectors import published_lines
from schools.choices import PrimaryNeed, Sector

ZERO = Decimal("0.00")
FIELDS: dict[str, tuple[str, ...]] = {
    AverageBy.BAND: ("framework_code", "band_name"),
    AverageBy.SECTOR: ("sector",),
    AverageBy.NEED: ("pupil__primary_need",),
    AverageBy.QUADRANT: ("school__quadrant__name",),
}
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True, slots=True)
class Average:
    """Pupils paid for, what is paid for all of them, and for one."""

    name: str
    pupils: int
    amount: Decimal

    @property
    def average(self) -> Decimal:
        return round_half_up(Fraction(self.amount) / self.pupils) if self.pupils else ZERO


def averages(calendar: PaymentCalendar, by: str) -> tuple[list[Average], Average]:
    """A row a band, sector, need or quadrant, and all pupils once; two queries. Whoever is in
    several counts in each, so that pupils of the rows may be more than all; pounds add up.
    """
    lines = published_lines(calendar.periods.all())
    fields = FIELDS[by]
    found = lines.values_list(*fields).annotate(Count("pupil", distinct=True), Sum("amount"))
    rows = [Average(name_of(by, row[:-2]), *row[-2:]) for row in found]
    return sorted(rows, key=lambda row: (row.name == NOT_RECORDED, row.name)), all_of(lines)


def all_of(lines: Any) -> Average:
    whole = lines.aggregate(
        pupils=Count("pupil", distinct=True), amount=Sum("amount", default=ZERO)
    )
    return Average("All pupils", whole["pupils"], whole["amount"])


def name_of(by: str, values: tuple[Any, ...]) -> str:
    if by == AverageBy.BAND:
        framework, band = values
        return f"{band} ({framework})" if band else NOT_RECORDED
    [value] = values
    if not value:
        return NOT_RECORDED
    labels: dict[str, Any] = {AverageBy.SECTOR: Sector, AverageBy.NEED: PrimaryNeed}
    return str(labels[by](value).label) if by in labels else str(value)


def average_rows(rows: Iterable[Average]) -> list[dict[str, Any]]:
    """For a picture."""
    return [
        {"label": row.name, "value": max(row.average, ZERO), "text": money(row.average)}
        for row in rows
    ]
