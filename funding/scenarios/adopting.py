"""What a scenario would make real, and the table of its values (rules.md F14)."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils import timezone

from banding.models import Band
from funding.calculation import round_half_up
from funding.models import BandValue
from funding.scenarios.models import Scenario
from funding.scenarios.preparing import Known, known_rows
from funding.scenarios.selectors import terms_of_row, values_on
from schools.choices import Sector


class Step(NamedTuple):
    """What a band is worth a year in a sector from a day on."""

    band: Any
    sector: str
    since: dt.date
    annual: Decimal


def mark_of_terms(scenario: Scenario) -> str:
    """The same as long as nobody changes what it supposes."""
    return hashlib.sha256(json.dumps(scenario.terms, sort_keys=True).encode()).hexdigest()


def adopted_steps(scenario: Scenario, day: dt.date) -> list[Step]:
    """Its values from a day on, or from the later one on which a sector goes live. As in the model
    they hold until the year ends: what is set already from a later day in it gives way to them.
    """
    known = known_rows(terms_of_row(scenario))
    terms = known.terms
    if terms.values is None and not terms.uplift:
        return []
    share = 1 + Fraction(terms.uplift or 0) / 100
    listed = {
        (known.bands[each.band], each.sector): each.annual_value for each in terms.values or []
    }
    first = [
        Step(band, sector, max(day, terms.go_live.get(sector, day)), annual)
        for (band, sector), annual in (listed or uplifted(known, day, share)).items()
    ]
    return first + [
        Step(step.band, step.sector, since, step.annual if listed else raised(annual, share))
        for step in first
        for since, annual in later_values(known, step)
    ]


def uplifted(known: Known, day: dt.date, share: Fraction) -> dict[tuple[Any, str], Decimal]:
    """Values in force on a day, raised: of the framework that is valued, or of all."""
    own = set(known.bands.values())
    return {
        key: raised(value, share)
        for key, value in values_on(day).items()
        if not own or key[0] in own
    }


def raised(value: Decimal, share: Fraction) -> Decimal:
    return round_half_up(Fraction(value) * share)


def later_values(known: Known, step: Step) -> list[tuple[dt.date, Decimal]]:
    """What is set already for the same band and sector from later days of the year."""
    rows = BandValue.objects.filter(
        band=step.band,
        sector=step.sector,
        effective_from__gt=step.since,
        effective_from__lte=known.periods[-1].end,
    )
    found = rows.order_by("effective_from").values_list("effective_from", "annual_value")
    return [(since, annual) for since, annual in found if annual is not None]


def value_table(scenario: Scenario) -> dict[str, Any]:
    """By sector each band of its framework: what it would be worth and what it is today. Empty
    where it has today’s values.
    """
    today = timezone.localdate()
    then = {
        (step.band, step.sector): step.annual for step in reversed(adopted_steps(scenario, today))
    }
    now = values_on(today)
    bands = list(Band.objects.filter(pk__in={band for band, _ in then}).order_by("rank"))
    return {
        "heads": [f"# {band.name}" for band in bands],
        "rows": [
            (
                Sector(sector).label,
                [
                    (band.name, then.get((band.pk, sector)), now.get((band.pk, sector)))
                    for band in bands
                ],
            )
            for sector in Sector.values
            if any(key[1] == sector for key in then)
        ],
    }
