"""Which framework pays: where that is not said although it has to be (rules.md B4)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from banding.decisions.agreed_bands import agreed_decisions
from banding_portal.words import day, in_a_row
from funding import sql
from funding.models import Period
from schools.choices import Sector


@dataclass(frozen=True, slots=True)
class Undecided:
    """A sector whose pupils have bands under several frameworks, and no policy on some day."""

    sector: str
    first_day: dt.date
    frameworks: tuple[str, ...]

    def __str__(self) -> str:
        names = in_a_row(sorted(self.frameworks))
        return (
            f"{Sector(self.sector).label}: pupils have bands under {names}, and no funding policy "
            f"says which of them pays on {day(self.first_day)}."
        )


def undecided(periods: Iterable[Period]) -> list[Undecided]:
    """By sector, in its first period of those given. One query where there is one framework."""
    codes = agreed_decisions().order_by().values_list("framework__code", flat=True).distinct()
    if len(codes[:2]) < 2:
        return []
    found: dict[str, Undecided] = {}
    for period in periods:
        for sector, first_day, names in sql.fetch("undecided", period):
            found.setdefault(sector, Undecided(sector, first_day, tuple(names)))
    return [found[sector] for sector in sorted(found)]
