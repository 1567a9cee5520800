"""Published rows as figures by sector, and averages beside one's own (rules.md F14). Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from funding.calculation import round_half_up
from funding.choices import ComparedBy
from schools.choices import Sector

TOP_UP = re.compile(r"1\.2\.[123](\D.*)?", re.DOTALL)
"""The lines of section 251 for top-up: maintained schools, academies and colleges, independent;
not 1.2.10 to 1.2.13, which are about buildings, direct payments and therapies.
"""
MILLION = 1_000_000
NO_MILLIONS = 100_000
"""So many millions are more than all authorities spend: an amount like it is in pounds."""
SECTORS = {
    "early_years": Sector.EARLY_YEARS,
    "primary": Sector.MAINSTREAM,
    "secondary": Sector.MAINSTREAM,
    "special": Sector.SPECIAL,
    "alternative_provision": Sector.ALTERNATIVE_PROVISION,
    "post_16": Sector.POST_16,
}
GROUPS = (
    (("early", "nursery"), Sector.EARLY_YEARS),
    (("further", "post 16", "post-16", "sixth"), Sector.POST_16),
    (("alternative", "referral"), Sector.ALTERNATIVE_PROVISION),
    (("independent",), Sector.INDEPENDENT),
    (("special",), Sector.SPECIAL),
    (("mainstream",), Sector.MAINSTREAM),
)
"""Words in the name of a group of schools, the first that fits, and the sector it is."""


class Figure(NamedTuple):
    """Of an authority in a year: pupils, pounds, or both."""

    authority: str
    year: str
    by: str
    key: str
    pupils: int | None
    amount: Decimal | None


class Elsewhere(NamedTuple):
    """Averages of other authorities in pounds: the middle one, the lowest, the highest."""

    middle: Decimal
    lowest: Decimal
    highest: Decimal
    authorities: int


def is_of_an_authority(row: Mapping[str, Any]) -> bool:
    level = str(row.get("level") or "").strip().lower()
    return bool(row.get("authority")) and level in ("", "local authority")


def pounds_in(rows: Iterable[Mapping[str, Any]]) -> int:
    """What an amount of the file is in pounds: the outturn is published in £ million, the planned
    expenditure in pounds.
    """
    amounts = (abs(row.get(phase) or 0) for row in rows for phase in SECTORS)
    return 1 if any(amount >= NO_MILLIONS for amount in amounts) else MILLION


def from_section_251(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Pounds of top-up by sector from amounts by phase; rows of other lines are left out."""
    unit = pounds_in(rows)
    sums: dict[tuple[str, str, str], Decimal] = {}
    for row in rows:
        category = str(row.get("category") or "").strip()
        if not is_of_an_authority(row) or not TOP_UP.fullmatch(category):
            continue
        for phase, sector in SECTORS.items():
            if (found := row.get(phase)) is not None:
                key = row["authority"], row["year"], sector
                sums[key] = sums.get(key, Decimal(0)) + found * unit
    return [
        Figure(name, year, ComparedBy.SECTOR, sector, None, round_half_up(amount))
        for (name, year, sector), amount in sums.items()
        if amount > 0
    ]


def sector_of_group(group: str) -> str | None:
    words = group.lower()
    return next((sector for marks, sector in GROUPS if any(mark in words for mark in marks)), None)


def from_sen2(rows: Iterable[Mapping[str, Any]]) -> list[Figure]:
    """Pupils with a plan by sector, from totals: a file has rows of each type of school, and of
    plans and statements, beside them.
    """
    sums: dict[tuple[str, str, str], Decimal] = {}
    for row in rows:
        sector = sector_of_group(str(row.get("group") or ""))
        parts = (str(row.get(name) or "total").strip().lower() for name in ("type", "plan"))
        whole = all(part == "total" for part in parts)
        if not is_of_an_authority(row) or not whole or sector is None or row["pupils"] is None:
            continue
        key = row["authority"], row["year"], sector
        sums[key] = sums.get(key, Decimal(0)) + row["pupils"]
    return [
        Figure(name, year, ComparedBy.SECTOR, sector, int(pupils), None)
        for (name, year, sector), pupils in sums.items()
        if pupils >= 1
    ]


def averages(figures: Iterable[Figure]) -> dict[tuple[str, str], dict[str, Decimal]]:
    """Pounds a pupil by what and of which, for each authority: its newest amount over its newest
    count of pupils.
    """
    amounts: dict[tuple[str, str, str], tuple[str, Decimal]] = {}
    pupils: dict[tuple[str, str, str], tuple[str, int]] = {}
    for each in sorted(figures, key=lambda figure: figure.year):
        key = each.by, each.key, each.authority
        if each.amount is not None:
            amounts[key] = each.year, each.amount
        if each.pupils:
            pupils[key] = each.year, each.pupils
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    for (by, of, authority), (_, amount) in amounts.items():
        if count := pupils.get((by, of, authority)):
            found.setdefault((by, of), {})[authority] = round_half_up(amount / count[1])
    return found


def elsewhere(averages_there: Mapping[str, Decimal]) -> Elsewhere | None:
    values: Sequence[Decimal] = sorted(averages_there.values())
    if not values:
        return None
    return Elsewhere(round_half_up(Decimal(median(values))), values[0], values[-1], len(values))


def against(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    """By which share a value is above another; None where there is nothing to compare with."""
    if value is None or not other:
        return None
    return value / other - 1


def figures_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[Figure]:
    """Of a file in our own shape."""
    for row in rows:
        yield Figure(
            row["authority"], row["year"], row["by"], row["of"], row["pupils"], row["amount"]
        )
