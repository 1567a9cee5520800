"""What a new collection would mean for money, before it is opened (rules.md B4, F2)."""

import datetime as dt
from collections.abc import Sequence

from banding.models import BandDecision, Framework
from banding_portal.words import in_a_row
from funding.models import FundingPolicy
from schools.choices import Sector


def warnings(framework: Framework, sectors: Sequence[str], day: dt.date) -> list[str]:
    """Of the sectors for which no framework is named that pays on the day (decisions/0005):
    what that means for runs, and which other frameworks there are. Two queries.
    """
    policies = FundingPolicy.objects.filter(sector__in=sectors, effective_from__lte=day)
    named = set(policies.values_list("sector", flat=True))
    unnamed = [sector for sector in sectors if sector not in named]
    others = other_frameworks(framework, unnamed, day)
    return [
        sentence(str(Sector(sector).label), framework.name, sorted(others.get(sector, ())))
        for sector in unnamed
    ]


def other_frameworks(
    framework: Framework, sectors: Sequence[str], day: dt.date
) -> dict[str, set[str]]:
    """By sector the names of other frameworks under which pupils there have bands."""
    banded = BandDecision.objects.in_force().filter(
        effective_from__lte=day, pupil__placements__school__sector__in=sectors
    )
    rows = banded.exclude(framework__code=framework.code).order_by()
    found: dict[str, set[str]] = {}
    pairs = rows.values_list("pupil__placements__school__sector", "framework__name").distinct()
    for sector, name in pairs:
        found.setdefault(sector, set()).add(name)
    return found


def sentence(sector: str, framework: str, others: Sequence[str]) -> str:
    """“Special has no funding policy, and pupils there have bands under …”"""
    if not others:
        return f"{sector} has no funding policy: bands pay there while all are under one framework."
    names = in_a_row(others)
    return (
        f"{sector} has no funding policy, and pupils there have bands under {names}. "
        f"Once a band under {framework} counts, no payment run can be calculated until finance "
        "says which framework pays. Ask them to say it first."
    )
