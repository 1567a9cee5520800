"""From a pupil's history to lines: day by day, then longest runs (F3 to F6, B4, B9)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from funding.calculation.calendar import SchoolCalendar
from funding.calculation.history import (
    AgreedBand,
    BandValue,
    PayingFramework,
    Period,
    Placement,
    Plan,
    PupilHistory,
    SchoolRate,
)
from funding.calculation.money import round_half_up
from funding.choices import ExceptionKind, LineKind, Proration
from schools.choices import PlanType


@dataclass(frozen=True, slots=True)
class FundingRules:
    """What the authority has set: its own code, the method, values, policy, school days."""

    la_code: str
    method: str
    values: Sequence[BandValue]
    paying_frameworks: Sequence[PayingFramework] = field(default_factory=tuple)
    school_calendar: SchoolCalendar | None = None
    own_calendars: Mapping[int, SchoolCalendar] = field(default_factory=dict)
    """Of schools that are open on other days than the authority says, by URN."""
    school_rates: Sequence[SchoolRate] = field(default_factory=tuple)

    def calendar_of(self, urn: int) -> SchoolCalendar:
        calendar = self.own_calendars.get(urn, self.school_calendar)
        if calendar is None:
            raise ValueError("The school-days method needs a calendar of school days.")
        return calendar


@dataclass(frozen=True, slots=True)
class State:
    """What a pupil is on one day, with the facts it rests on."""

    placement: Placement
    plan: Plan
    agreed_band: AgreedBand
    value: BandValue | None
    responsible_la: str

    @property
    def annual(self) -> Decimal | None:
        return self.value.annual if self.value else None

    @property
    def key(self) -> tuple[int, str, str, str, Decimal | None, str]:
        """Two days with equal keys are in one state, whatever facts lie behind them."""
        band, urn = self.agreed_band, self.placement.urn
        bands = band.framework, band.band
        return urn, self.plan.basis, *bands, self.annual, self.responsible_la


@dataclass(frozen=True, slots=True)
class CalculatedLine:
    """One amount for one pupil at one school, with all it was worked out from (F9).

    `amount` is pounds, None when unvalued. `state` holds the facts of the line's first day
    (of the count date under the whole-period method). Under the school-days method
    `school_days` of `year_school_days` are paid; the days stay those of the calendar (F5).
    """

    period: Period
    pupil_id: str
    method: str
    kind: str
    state: State
    start: date
    end: date
    days: int
    period_days: int
    amount: Decimal | None
    school_days: int | None = None
    year_school_days: int | None = None


@dataclass(frozen=True, slots=True)
class FundingException:
    """Something a person has to clear before publishing, from a date to a date.

    An overlap names the school that is paid (`urn`) and the one that is not (`other_urn`), days
    without a school the last one before them.
    """

    kind: str
    pupil_id: str
    urn: int
    start: date
    end: date
    other_urn: int | None = None


@dataclass(frozen=True, slots=True)
class PupilResult:
    """The lines and the exceptions of one pupil in one period, each in order of date."""

    lines: tuple[CalculatedLine, ...]
    exceptions: tuple[FundingException, ...]


def calculate_caseload(
    pupils: Iterable[PupilHistory], period: Period, rules: FundingRules
) -> Iterator[CalculatedLine]:
    """Yield the lines of all pupils in order of pupil, then start."""
    for pupil in sorted(pupils, key=lambda pupil: pupil.pupil_id):
        yield from calculate_pupil(pupil, period, rules).lines


def calculate_pupil(pupil: PupilHistory, period: Period, rules: FundingRules) -> PupilResult:
    """Return a pupil's lines and exceptions in a period by the method in `rules`."""
    states = states_in(pupil, period, rules)
    lines = tuple(
        _make_line(pupil, period, rules, state, start, end)
        for start, end, state in longest_runs(states)
    )
    return PupilResult(lines, tuple(_find_exceptions(pupil, states, rules)))


def states_in(
    pupil: PupilHistory, period: Period, rules: FundingRules
) -> list[tuple[date, State | None]]:
    """Return the days that count in a period by the method in `rules`, each with the state."""
    if rules.method == Proration.WHOLE_PERIOD:
        days = [period.count_date]
    else:
        days = [period.start + timedelta(days=offset) for offset in range(period.days)]
    return [(day, state_on(pupil, day, rules)) for day in days]


def state_on(pupil: PupilHistory, day: date, rules: FundingRules) -> State | None:
    """Return the state a pupil is in on a day, or None without school, plan or agreed band."""
    placement = _placement_on(pupil, day)
    plan = _plan_on(pupil, day)
    if placement is None or plan is None or not placement.is_paid:
        return None
    sector = placement.sector_on(day)
    band = _agreed_band_on(pupil, day, plan.basis, sector, rules.paying_frameworks)
    if band is None:
        return None
    own = _own_rate_on(band, placement.urn, sector, day, rules.school_rates)
    value = own or _value_on(band, sector, day, rules.values)
    return State(placement, plan, band, value, pupil.responsible_la_on(day))


def _placement_on(pupil: PupilHistory, day: date) -> Placement | None:
    """F3: of two placements on a day the one that started later, then the higher URN."""
    covering = [placement for placement in pupil.placements if placement.covers(day)]
    return max(covering, key=lambda placement: (placement.start, placement.urn), default=None)


def _plan_on(pupil: PupilHistory, day: date) -> Plan | None:
    """F3: an EHCP before SEN Support; of two of a kind the one that started later."""
    covering = [plan for plan in pupil.plans if plan.covers(day)]
    return max(covering, key=lambda plan: (plan.basis == PlanType.EHCP, plan.start), default=None)


def _agreed_band_on(
    pupil: PupilHistory,
    day: date,
    basis: str,
    sector: str,
    paying_frameworks: Sequence[PayingFramework],
) -> AgreedBand | None:
    """B4, B9: the latest effective band under the framework that pays, if one is named."""
    framework = _paying_framework_on(sector, day, paying_frameworks)
    counting = [
        band
        for band in pupil.agreed_bands
        if band.effective_from <= day
        and (framework is None or band.framework == framework)
        and (basis != PlanType.SEN_SUPPORT or band.counts_for_sen_support)
    ]
    return max(
        counting,
        key=lambda band: (band.effective_from, band.sequence, band.framework, band.band),
        default=None,
    )


def _paying_framework_on(
    sector: str, day: date, paying_frameworks: Sequence[PayingFramework]
) -> str | None:
    """B4: the framework in force for the sector on the day; None where only one has bands."""
    in_force = [
        entry
        for entry in paying_frameworks
        if entry.sector == sector and entry.effective_from <= day
    ]
    latest = max(in_force, key=lambda entry: entry.effective_from, default=None)
    return latest.framework if latest else None


def _value_on(
    band: AgreedBand, sector: str, day: date, values: Sequence[BandValue]
) -> BandValue | None:
    """F2: the latest effective value of the band in the sector, known or not."""
    in_force = [
        value
        for value in values
        if (value.framework, value.band, value.sector) == (band.framework, band.band, sector)
        and value.effective_from <= day
    ]
    return max(in_force, key=lambda value: value.effective_from, default=None)


def _own_rate_on(
    band: AgreedBand, urn: int, sector: str, day: date, rates: Sequence[SchoolRate]
) -> BandValue | None:
    """F24: a school's own rate takes the place of its sector's on its days."""
    for rate in rates:
        is_its = (rate.urn, rate.framework, rate.band) == (urn, band.framework, band.band)
        if is_its and rate.covers(day):
            return BandValue(band.framework, band.band, sector, rate.starts_on, rate.annual)
    return None


def longest_runs(
    states: Sequence[tuple[date, State | None]],
) -> Iterator[tuple[date, date, State]]:
    """Yield (first day, last day, first day's state) of each longest run in one state."""
    run: tuple[date, date, State] | None = None
    for day, state in states:
        if run and state and run[2].key == state.key:
            run = (run[0], day, run[2])
            continue
        if run:
            yield run
        run = (day, day, state) if state else None
    if run:
        yield run


def _make_line(
    pupil: PupilHistory, period: Period, rules: FundingRules, state: State, start: date, end: date
) -> CalculatedLine:
    if state.responsible_la != rules.la_code:
        kind = LineKind.OTHER_LA
    elif state.annual is None:
        kind = LineKind.UNVALUED
    else:
        kind = LineKind.ALLOCATION
    line = CalculatedLine(
        period=period,
        pupil_id=pupil.pupil_id,
        method=rules.method,
        kind=kind,
        state=state,
        start=start,
        end=end,
        days=(end - start).days + 1,
        period_days=period.days,
        amount=None,
    )
    if rules.method == Proration.WHOLE_PERIOD:
        # Whoever is there on the count date is paid for every day of the period.
        line = replace(line, start=period.start, end=period.end, days=period.days)
    elif rules.method == Proration.SCHOOL_DAYS:
        line = _count_school_days(line, rules.calendar_of(state.placement.urn))
    return replace(line, amount=amount_of(line))


def _count_school_days(line: CalculatedLine, calendar: SchoolCalendar) -> CalculatedLine:
    """F5: what is paid are the school days of the line out of those of the financial year."""
    return replace(
        line,
        school_days=calendar.days_between(line.start, line.end),
        year_school_days=calendar.days_in_financial_year(line.period.start, line.period.end),
    )


def amount_of(line: CalculatedLine) -> Decimal | None:
    """F6: nothing for another authority's pupil, unknown without a value; else F3 to F5."""
    if line.kind == LineKind.OTHER_LA:
        return Decimal("0.00")
    if line.state.annual is None:
        return None
    if line.school_days is not None and line.year_school_days is not None:
        return line_amount(line.state.annual, 1, 1, line.school_days, line.year_school_days)
    period = line.period
    # The whole product at once: a rounded daily rate would add up to another sum.
    return line_amount(
        line.state.annual, period.numerator, period.denominator, line.days, line.period_days
    )


def line_amount(
    annual: Decimal, numerator: int, denominator: int, days: int, period_days: int
) -> Decimal:
    """Return annual × numerator × days ÷ (denominator × period days), in pounds, rounded once."""
    return round_half_up(Fraction(annual) * numerator * days / (denominator * period_days))


def _find_exceptions(
    pupil: PupilHistory, states: Sequence[tuple[date, State | None]], rules: FundingRules
) -> Iterator[FundingException]:
    """Yield overlaps (F3), own pupils with school and plan but no agreed band (B5), with plan and
    band but no school or one that is not open (S1), or with two exceptional amounts (B11), and
    what schools reported (B12).
    """
    found: dict[tuple[str, int, int | None], FundingException] = {}
    for day, state in states:
        for key in _exceptions_on(pupil, day, state, rules):
            kind, urn, other_urn = key
            earlier = found.get(key)
            if earlier and earlier.end == day - timedelta(days=1):
                found[key] = replace(earlier, end=day)
                continue
            if earlier:
                yield earlier
            found[key] = FundingException(kind, pupil.pupil_id, urn, day, day, other_urn)
    yield from found.values()


def _exceptions_on(
    pupil: PupilHistory, day: date, state: State | None, rules: FundingRules
) -> Iterator[tuple[str, int, int | None]]:
    paid = _placement_on(pupil, day)
    own = pupil.responsible_la_on(day) == rules.la_code
    if own:
        yield from _reports_on(pupil, day, state)
    if paid is None:
        last = _last_before_a_gap(pupil, day)
        if own and last and _would_be_paid(pupil, day):
            yield ExceptionKind.NO_SCHOOL, last.urn, None
        return
    if state and own and not paid.is_open_on(day):
        yield ExceptionKind.NOT_OPEN, paid.urn, None
    if state is None and paid.is_paid and _plan_on(pupil, day) and own:
        yield ExceptionKind.NO_AGREED_BAND, paid.urn, None
    if state and own and sum(amount.covers(day) for amount in pupil.exceptional) > 1:
        yield ExceptionKind.TWO_AMOUNTS, paid.urn, None
    others = [other for other in pupil.placements if other.covers(day) and other is not paid]
    for urn in sorted({other.urn for other in others}):
        yield ExceptionKind.OVERLAP, paid.urn, urn


def _would_be_paid(pupil: PupilHistory, day: date) -> bool:
    """Whether plan and band are there, under whichever framework: without a school no sector says
    which of them pays.
    """
    plan = _plan_on(pupil, day)
    return plan is not None and any(
        band.effective_from <= day
        and (plan.basis != PlanType.SEN_SUPPORT or band.counts_for_sen_support)
        for band in pupil.agreed_bands
    )


def _last_before_a_gap(pupil: PupilHistory, day: date) -> Placement | None:
    """S1: the placement that ended last, where another one follows or its school has closed."""
    ended = [(each.end, each.urn, each) for each in pupil.placements if each.end and each.end < day]
    if not ended:
        return None
    end, _, last = max(ended, key=lambda each: each[:2])
    goes_on = any(day < each.start for each in pupil.placements)
    return last if goes_on or (last.closed and last.closed <= end) else None


def _reports_on(
    pupil: PupilHistory, day: date, state: State | None
) -> Iterator[tuple[str, int, int | None]]:
    """B12: of who stays on every day with a plan counts, of the others those paid there."""
    paid_at = state.placement.urn if state else None
    has_plan = _plan_on(pupil, day) is not None
    since = {(report.kind, report.urn) for report in pupil.reports if report.since <= day}
    for kind, urn in sorted(since):
        if has_plan if kind == ExceptionKind.STAYING_ON else urn == paid_at:
            yield kind, urn, None
