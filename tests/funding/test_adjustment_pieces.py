"""The lines of adjustments equal the plain rules, run after run, to the day and the penny (F8)."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from django.utils import timezone

from banding_portal.roles import Role
from funding import calculation
from funding.calculation.money import round_half_up
from funding.calculation.pieces import Rate, pieces_of
from funding.choices import LineKind
from funding.models import BandValue, Line, Run
from funding.services.runs import calculate_run
from schools.models import Placement, Plan, Pupil
from tests.factories import person
from tests.funding.random_caseload import LA_CODE, RandomCaseload
from tests.funding.random_rules import protection

pytestmark = pytest.mark.django_db
RUNS = 3
ZERO = Decimal("0.00")


@pytest.fixture(params=["calendar_days", "whole_period", "school_days"])
def method(request, settings):
    settings.LA_CODE = LA_CODE
    return request.param


def publish(run, people):
    """Whatever stands against it."""
    officer, authoriser = people
    now = timezone.now()
    Run.objects.filter(pk=run.pk).update(state="checked", sent_by=officer, sent_at=now)
    Run.objects.filter(pk=run.pk).update(
        state="published", published_by=authoriser, published_at=timezone.now()
    )


def change(caseload):
    """Other placements and plans for some pupils, another value for some bands."""
    rows = {row.reference: row for row in Pupil.objects.all()}
    caseload._placements, caseload._plans = [], []
    for place, history in enumerate(caseload.pupils):
        if caseload.random.random() < 0.7:
            continue
        pupil = rows[history.pupil_id]
        Placement.objects.filter(pupil=pupil).delete()
        Plan.objects.filter(pupil=pupil).delete()
        caseload.pupils[place] = replace(
            history, placements=caseload._place(pupil), plans=caseload._plan(pupil)
        )
    Placement.objects.bulk_create(caseload._placements)
    Plan.objects.bulk_create(caseload._plans)
    place = caseload.random.randrange(len(caseload.values))
    old = caseload.values[place]
    new = replace(old, annual=caseload._annual())
    BandValue.objects.filter(
        band__framework__code=old.framework,
        band__code=old.band,
        sector=old.sector,
        effective_from=old.effective_from,
    ).update(annual_value=new.annual)
    caseload.values[place] = new


def due_now(caseload):
    """What the plain rules pay, by pupil and school: rates and pounds; None where unvalued."""
    period, rules = caseload.period_of_rules, caseload.rules
    rates, pounds = defaultdict(list), defaultdict(lambda: ZERO)
    unvalued = set()
    for pupil in caseload.pupils:
        for line in calculation.calculate_pupil(pupil, period, rules).lines:
            key = (pupil.pupil_id, line.state.placement.urn)
            if line.kind == LineKind.UNVALUED:
                unvalued.add(key)
            elif line.kind == LineKind.ALLOCATION:
                band = line.state.agreed_band.band
                rates[key].append(Rate(line.start, line.end, line.state.annual, band))
                pounds[key] += line.amount
        for line in calculation.exceptional_lines(pupil, period, rules):
            key = (pupil.pupil_id, line.state.placement.urn)
            rates[key].append(Rate(line.start, line.end, line.agreed.annual))
            pounds[key] += line.amount
        for line in calculation.protection_lines(pupil, period, rules, caseload.protection):
            key = (pupil.pupil_id, line.urn)
            annual = annual_of(line)
            rates[key].append(Rate(line.start, line.end, annual))
            pounds[key] += line.amount
    return rates, pounds, unvalued


def annual_of(line):
    """What protection comes to in a year, beside the value."""
    old, new, share = line.old_annual, line.new_annual, line.rule.share
    if line.rule.kind == "floor":
        return round_half_up(share * old - new)
    return round_half_up(old + share * (new - old)) - new


def published_so_far():
    rates, pounds = defaultdict(list), defaultdict(lambda: ZERO)
    kinds = [LineKind.ALLOCATION, LineKind.ADJUSTMENT, LineKind.EXCEPTIONAL, LineKind.PROTECTION]
    lines = Line.objects.filter(run__state="published", kind__in=kinds)
    for line in lines.order_by("run__published_at", "start", "pk"):
        key = (line.reference, int(line.urn))
        annual, band = line.annual_value, line.band_code
        if line.kind == LineKind.ADJUSTMENT:
            annual = (line.annual_value or ZERO) - (line.was_annual or ZERO)
        if line.kind in (LineKind.EXCEPTIONAL, LineKind.PROTECTION):
            band = ""
        rates[key].append(Rate(line.start, line.end, annual, band))
        pounds[key] += line.amount
    return rates, pounds


def expected(caseload):
    period = caseload.period
    rates, pounds, unvalued = due_now(caseload)
    old_rates, old_pounds = published_so_far()

    def share_of(urn, start, end):
        if caseload.method == "school_days":
            calendar = caseload.rules.calendar_of(urn)
            of_year = calendar.days_in_financial_year(period.start, period.end)
            return Fraction(calendar.days_between(start, end), of_year)
        days = (end - start).days + 1
        return Fraction(period.numerator * days, period.denominator * period.days)

    return sorted(
        (*key, each.start, each.end, each.amount, each.due, each.published, each.band)
        for key in (pounds.keys() | old_pounds.keys()) - unvalued
        for each in pieces_of(
            rates[key],
            old_rates[key],
            difference=pounds[key] - old_pounds[key],
            days=(period.start, period.end),
            share_of=partial(share_of, key[1]),
        )
    )


def stored(run):
    return sorted(
        (
            *(line.reference, int(line.urn), line.start, line.end, line.amount),
            *(line.annual_value, line.was_annual, line.band_code),
        )
        for line in run.lines.filter(kind=LineKind.ADJUSTMENT)
    )


@pytest.mark.parametrize("seed", range(2))
def test_adjustments_of_run_after_run_equal_the_plain_rules(seed, method):
    caseload = RandomCaseload(seed, method, 100)
    caseload.protection = protection(seed)
    people = [person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)]
    publish(calculate_run(period=caseload.period, by=people[0]), people)
    for _ in range(RUNS):
        change(caseload)
        run = calculate_run(period=caseload.period, by=people[0])
        assert stored(run) == expected(caseload)
        assert any(line.start != caseload.period.start for line in run.lines.all()) or (
            method == "whole_period"
        )
        publish(run, people)
        _, pounds, unvalued = due_now(caseload)
        _, paid = published_so_far()
        assert {k: v for k, v in paid.items() if v and k not in unvalued} == {
            k: v for k, v in pounds.items() if v and k not in unvalued
        }
