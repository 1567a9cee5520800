"""The table of values on a scenario's form: bands × sectors, filled in from today (F14)."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from banding.models import Band
from funding.models import BandValue, FundingPolicy, PaymentCalendar, Period, Scenario
from funding.scenarios.preparing import framework_of, framework_that_pays
from funding.scenarios.selectors import terms_of_row, values_on
from schools.choices import Sector
from schools.models import School

Cell = tuple[Any, str]


def bands_of_scenario(scenario: Scenario) -> list[Band]:
    terms = terms_of_row(scenario)
    calendar = PaymentCalendar.objects.filter(year=terms.year).first()
    last = calendar.periods.last() if calendar else None
    day = last.end if last else timezone.localdate()
    framework = framework_of(terms, day, [])
    return list(Band.objects.filter(framework=framework).order_by("rank")) if framework else []


def cells_of(scenario: Scenario) -> list[Cell]:
    """Each band in each sector that has a value of the framework, or that the scenario lists."""
    bands = bands_of_scenario(scenario)
    valued = BandValue.objects.filter(band__in=bands).values_list("sector", flat=True)
    there = {*valued, *(sector for _, sector in listed_in(scenario))} or {Sector.MAINSTREAM}
    return [(band, sector) for band in bands for sector in Sector.values if sector in there]


def listed_in(scenario: Scenario) -> dict[tuple[str, str], Decimal]:
    return {
        (each.band, each.sector): each.annual_value for each in terms_of_row(scenario).values or []
    }


def values_today(scenario: Scenario) -> dict[tuple[Any, str], Decimal]:
    """What stands in the table first: the scenario's own values, else today's."""
    listed = listed_in(scenario)
    found = dict(values_on(timezone.localdate()))
    for band, sector in cells_of(scenario):
        for name in (band.name, band.code):
            if (name, sector) in listed:
                found[band.pk, sector] = listed[name, sector]
    return found


def values_paid(scenario: Scenario) -> dict[tuple[Any, str], Decimal]:
    """Today's values where the scenario's bands are those that pay."""
    today = timezone.localdate()
    policies = FundingPolicy.objects.filter(effective_from__lte=today).order_by("effective_from")
    paying = dict(policies.values_list("sector", "framework"))
    usual = framework_that_pays()
    own = {band.pk: band.framework_id for band in bands_of_scenario(scenario)}
    return {
        (band, sector): value
        for (band, sector), value in values_on(today).items()
        if band in own and own[band] == paying.get(sector, usual and usual.pk)
    }


def year_now() -> PaymentCalendar | None:
    today = timezone.localdate()
    period = Period.objects.filter(start__lte=today, end__gte=today).first()
    return period.calendar if period else None


def phases_of_schools() -> list[str]:
    """As the register names them."""
    found = School.objects.exclude(phase="").order_by("phase").values_list("phase", flat=True)
    return list(found.distinct())
