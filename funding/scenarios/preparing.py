"""A scenario's words held against what the portal knows, and worked out (rules.md F14)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from banding.found_moves import FoundMoves
from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.words import day as day_words
from funding.calculation.calendar import financial_year_of
from funding.choices import CountedDecisions, Proration
from funding.models import BandValue, PaymentCalendar, Period, SchoolDay
from funding.scenarios.candidates import supposed_prices
from funding.scenarios.caseloads import Basis, Reading, current_prices, read_caseload
from funding.scenarios.growing import too_many_leave
from funding.scenarios.outcome import Outcome, Supposed, work_out
from funding.scenarios.pricing import Caseload, ordinal, pence
from funding.scenarios.proposing import Proposal, propose
from funding.scenarios.terms import Candidate, Scenario
from funding.scenarios.wanting import Wanted
from funding.scenarios.wishes import Wish
from funding.selectors.paying import undecided
from schools.choices import Sector


@dataclass(frozen=True, slots=True)
class Known:
    """A scenario's terms with the rows they name."""

    terms: Scenario
    periods: tuple[Period, ...]
    framework: Framework | None
    bands: Mapping[str, Any]
    """The ids of the framework's bands, by code and by name."""

    @property
    def basis(self) -> Basis:
        begins = self.begins
        return Basis(
            periods=self.periods,
            decisions=self.terms.decisions,
            framework=self.framework if begins else None,
            begins=begins,
        )

    @property
    def begins(self) -> dict[str, dt.date]:
        """From which day the values of the list count, by sector; the year's first if not said."""
        if self.terms.values is None:
            return {}
        first = self.periods[0].start
        return {
            each.sector: self.terms.go_live.get(each.sector, first) for each in self.terms.values
        }


def known_terms(terms: Scenario) -> Known:
    """Raises RefusalError with everything the portal does not know."""
    known = known_rows(terms)
    first = known.periods[0].start
    refuse_undecided(known, {sector for sector, day in known.begins.items() if day <= first})
    return known


def known_rows(terms: Scenario) -> Known:
    problems: list[str] = []
    calendar = PaymentCalendar.objects.filter(year=terms.year).first()
    if calendar is None:
        years = ", ".join(PaymentCalendar.objects.order_by("year").values_list("year", flat=True))
        there = f" The portal has {years}." if years else " Load one first."
        raise RefusalError(f"There is no payment calendar for {terms.year}.{there}", field="year")
    periods = tuple(calendar.periods.select_related("calendar").order_by("start"))
    if calendar.proration == Proration.SCHOOL_DAYS:
        refuse_without_school_days(periods)
    framework = framework_of(terms, periods[-1].end, problems)
    bands = bands_of(framework)
    problems += problems_of_values(terms, framework, bands)
    known = Known(terms, periods, framework, bands)
    problems += problems_of_dates(known)
    if problems:
        raise RefusalError(*problems)
    return known


def refuse_without_school_days(periods: Iterable[Period]) -> None:
    """A year paid by school days needs those of each financial year it lies in (F5)."""
    years = dict.fromkeys(financial_year_of(period.start) for period in periods)
    days = SchoolDay.objects.filter(school=None, is_school_day=True)
    missing = [
        f"No school days are known from {day_words(first)} to {day_words(last)}. Load them first."
        for first, last in years
        if not days.filter(date__range=(first, last)).exists()
    ]
    if missing:
        raise RefusalError(*missing, field="year")


def framework_of(terms: Scenario, day: dt.date, problems: list[str]) -> Framework | None:
    """The version in force on the year's last day, or else the first there is."""
    if terms.framework is None:
        return None
    versions = Framework.objects.filter(code=terms.framework).order_by("effective_from", "version")
    found = versions.filter(effective_from__lte=day).last() or versions.first()
    if found is None:
        problems.append(f"There is no framework {terms.framework}.")
    return found


def bands_of(framework: Framework | None) -> dict[str, Any]:
    if framework is None:
        return {}
    bands = list(Band.objects.filter(framework=framework).order_by("rank"))
    return {band.name: band.pk for band in bands} | {band.code: band.pk for band in bands}


def problems_of_values(
    terms: Scenario, framework: Framework | None, bands: Mapping[str, Any]
) -> list[str]:
    if framework is None:
        return []
    named = [each.band for each in terms.values or []]
    named += [each.band for each in (terms.growth.monthly if terms.growth else []) if each.band]
    codes = ", ".join(
        Band.objects.filter(framework=framework).order_by("rank").values_list("code", flat=True)
    )
    unknown = dict.fromkeys(name for name in named if name not in bands)
    return [
        f"The framework {framework.code} has no band {name}. It has {codes}." for name in unknown
    ]


def problems_of_dates(known: Known) -> list[str]:
    first, last = known.periods[0].start, known.periods[-1].end
    listed = set(known.begins)
    problems = []
    for sector, day in known.terms.go_live.items():
        label = Sector(sector).label
        if sector not in listed:
            problems.append(f"{label} goes live, but the list has no value for it.")
        elif not first <= day <= last:
            problems.append(
                f"{label} goes live on {day:%d/%m/%Y}, which is not in {known.terms.year}."
            )
    return problems


def refuse_undecided(known: Known, decided: Collection[str]) -> None:
    """Which of several frameworks pays has to be said, as for a run (B4)."""
    found = [each for each in undecided(known.periods) if each.sector not in decided]
    if found:
        raise RefusalError(*found, "Say on “Funding policy” which one it is, then try again.")


def supposed_of(known: Known, reading: Reading) -> Supposed:
    """The prices of the reading: today's, and those the terms suppose."""
    places = {pk: place for place, pk in enumerate(reading.bands)}
    today = current_prices(reading.bands)
    values = known.terms.values or []
    wanted = {
        (places[known.bands[each.band]], each.sector): pence(each.annual_value) for each in values
    }
    own = sorted({places[pk] for pk in known.bands.values()}) or range(len(reading.bands))
    refuse_too_many_leavers(known.terms, reading.caseload, own)
    prices = supposed_prices(today, known.terms, wanted, known.begins, own)
    return Supposed(known.terms, today, prices, own, known.begins)


def refuse_too_many_leavers(terms: Scenario, caseload: Caseload, bands: Sequence[int]) -> None:
    """Nobody can leave who is not there."""
    for kind in terms.growth.monthly if terms.growth else []:
        if found := too_many_leave(caseload, kind, bands):
            gone, there = found
            raise RefusalError(
                f"{gone:,} more pupils would leave in the year than join it: "
                f"{Sector(kind.sector).label}. There are {there:,} like them. Lower how many leave "
                "a month."
            )


def read_for(known: Known) -> Reading:
    """The year's states; with what moderation found, where that is to be carried over."""
    reading = read_caseload(known.basis)
    if known.terms.decisions != CountedDecisions.CORRECTED:
        return reading
    return replace(reading, caseload=replace(reading.caseload, moderated=moves_found(known)))


def moves_found(known: Known) -> FoundMoves | None:
    """Of the newest sample of the framework that is valued, or of the one that pays."""
    framework = known.framework or framework_that_pays()
    return import_string(settings.FOUND_MOVES)(framework) if framework else None


def framework_that_pays() -> Framework | None:
    """The one with the newest values, which a scenario most likely is about."""
    newest = BandValue.objects.select_related("band__framework").order_by("effective_from").last()
    return newest.band.framework if newest else None


def model_scenario(terms: Scenario) -> Outcome:
    """Read the year's states and work the scenario out. Raises RefusalError."""
    known = known_terms(terms)
    reading = read_for(known)
    return work_out(reading.caseload, supposed_of(known, reading))


def wanted_of(wish: Wish) -> Wanted:
    """The year's states for what is looked for. Raises RefusalError."""
    known = known_rows(terms_of(wish))
    refuse_undecided(known, wish.sectors or Sector.values)
    everywhere = replace(known.basis, framework=known.framework, begins=begins_all(known, wish))
    return wanted_over(wish, known, read_caseload(everywhere))


def wanted_over(wish: Wish, known: Known, reading: Reading) -> Wanted:
    """A wish over states that were read. Raises RefusalError."""
    if problems := problems_of_sectors(wish):
        raise RefusalError(*problems)
    places = {pk: place for place, pk in enumerate(reading.bands)}
    ladder = Band.objects.filter(framework=known.framework).order_by("rank")
    own = [places[pk] for pk in ladder.values_list("pk", flat=True)]
    sectors = wish.sectors or sectors_with(reading, set(own), wish)
    if not sectors:
        raise RefusalError(f"Nobody is on a band of {wish.framework} in {wish.year}.")
    return Wanted(
        wish=wish,
        caseload=reading.caseload,
        today=current_prices(reading.bands),
        ladder=own,
        named={name: places[pk] for name, pk in known.bands.items()},
        sectors=sectors,
        day=ordinal(within(known.periods, timezone.localdate())),
    )


def day_of_today(year: str) -> dt.date:
    """Whose values are today's where values are looked for in a year."""
    periods = list(Period.objects.filter(calendar__year=year).order_by("start"))
    return within(periods, timezone.localdate()) if periods else timezone.localdate()


def within(periods: Sequence[Period], day: dt.date) -> dt.date:
    """A day, or the end of a year nearer to it where it is in none of these periods."""
    return min(max(day, periods[0].start), periods[-1].end)


def terms_of(wish: Wish) -> Scenario:
    """Its year, framework and bands, to be held against what the portal knows."""
    named = [(each.band, each.sector) for each in wish.fixed]
    named += [(each.band, each.sector) for each in wish.limits]
    values = [
        Candidate(band=band, sector=sector, annual_value=Decimal(0))
        for band, sector in dict.fromkeys(named)
    ]
    return Scenario(
        name=wish.name,
        year=wish.year,
        framework=wish.framework,
        values=values,
        decisions=wish.decisions,
    )


def begins_all(known: Known, wish: Wish) -> dict[str, dt.date]:
    """The framework looked at pays from the first day, in the sectors named or in all."""
    first = known.periods[0].start
    return dict.fromkeys(wish.sectors or Sector.values, first)


def sectors_with(reading: Reading, bands: Collection[int], wish: Wish) -> list[str]:
    """Those where somebody is on one of these bands or a rule is about, in their usual order."""
    states = reading.caseload.states
    there = {state.sector for state in states if state.own and state.band in bands}
    there |= {*sectors_ruled(wish)}
    return [sector for sector in Sector.values if sector in there]


def sectors_ruled(wish: Wish) -> list[str]:
    ruled: list[Any] = [*wish.fixed, *wish.limits, *wish.shares, *wish.ratios]
    return [*(each.sector for each in ruled), *(each.to_sector for each in wish.ratios)]


def problems_of_sectors(wish: Wish) -> list[str]:
    """A rule about a sector that is not looked at would never hold or always."""
    if wish.sectors is None:
        return []
    named = sectors_ruled(wish)
    missing = dict.fromkeys(sector for sector in named if sector not in wish.sectors)
    return [
        f"{Sector(sector).label} has a rule, but is not among the sectors." for sector in missing
    ]


def find_values(wish: Wish) -> Proposal:
    """Read the year's states and look for values. Raises RefusalError."""
    return propose(wanted_of(wish))
