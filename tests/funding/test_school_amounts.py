"""Rates, lump sums and minimum amounts for individual schools (rules.md F24)."""

import datetime as dt
from decimal import Decimal

import pytest

from funding.models import SchoolAmount
from funding.selectors.lines import line_working
from funding.selectors.runs import run_totals
from funding.selectors.verifying import verify
from funding.services.runs import calculate_run
from tests.factories import SchoolFactory
from tests.funding.funded import band, funded_pupil
from tests.funding.published import published

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = dt.date(2026, 9, 1), dt.date(2026, 11, 1)


def give(school, kind, annual, **fields):
    wanted = {"starts_on": SEPTEMBER, "name": "Pool" if kind == "lump_sum" else ""} | fields
    return SchoolAmount.objects.create(
        school=school, kind=kind, annual=Decimal(annual), reason="Agreed with the forum", **wanted
    )


def lines_of(run, kind):
    return list(run.lines.filter(kind=kind).order_by("urn", "start"))


def test_own_rate_takes_the_place_of_the_sectors_on_its_days(autumn):
    school = SchoolFactory()
    funded_pupil(school)
    funded_pupil()
    give(school, "rate", "7320.00", band=band(), starts_on=dt.date(2026, 10, 1),
         ends_on=dt.date(2026, 10, 31))  # fmt: skip
    run = calculate_run(period=autumn, by=None)
    found = [
        (line.start, line.days, line.annual_value, line.amount, line.value_from)
        for line in run.lines.filter(school=school).order_by("start")
    ]
    # £10.00 a day of the term at £3,660.00 a year, twice that in October.
    value_from = found[0][4]
    assert found == [
        (SEPTEMBER, 30, Decimal("3660.00"), Decimal("300.00"), value_from),
        (dt.date(2026, 10, 1), 31, Decimal("7320.00"), Decimal("620.00"), dt.date(2026, 10, 1)),
        (NOVEMBER, 61, Decimal("3660.00"), Decimal("610.00"), value_from),
    ]
    assert run.lines.exclude(school=school).get().amount == Decimal("1220.00")


def test_own_rate_values_a_band_that_has_no_value_in_the_sector(autumn):
    school = SchoolFactory(sector="special")
    funded_pupil(school)
    give(school, "rate", "366.00", band=band())
    [line] = calculate_run(period=autumn, by=None).lines.all()
    assert (line.kind, line.amount) == ("allocation", Decimal("122.00"))


def test_lump_sum_is_paid_by_its_days_and_stops_when_the_school_closes(autumn):
    school = SchoolFactory(closed_on=dt.date(2026, 10, 31))
    give(school, "lump_sum", "3660.00")
    run = calculate_run(period=autumn, by=None)
    [line] = lines_of(run, "lump_sum")
    assert (line.pupil, line.days, line.amount) == (None, 61, Decimal("610.00"))
    assert line_working(line) == (
        "£610.00. Pool: £3,660.00 a year from 1 September 2026, × 4/12 × 61 of 122 days."
    )
    totals = run_totals(run)
    assert (totals.for_schools_total, totals.pupils, totals.schools) == (Decimal("610.00"), 0, 1)
    assert run.control_total == Decimal("610.00")


def test_minimum_adds_what_its_pupils_are_short_of(autumn):
    school, other = SchoolFactory(), SchoolFactory()
    for each in (school, other):
        funded_pupil(each)
        give(each, "lump_sum", "366.00")
    give(school, "minimum", "12000.00")
    give(other, "minimum", "3660.00")
    run = calculate_run(period=autumn, by=None)
    # 4/12 of £12,000.00 less £1,220.00; the other school has its minimum already.
    [line] = lines_of(run, "minimum")
    assert (line.school, line.amount) == (school, Decimal("2780.00"))
    assert (line.due_total, line.published_total) == (Decimal("4000.00"), Decimal("1220.00"))
    assert line_working(line).startswith(
        "£2,780.00. At least £4,000.00 is due, less £1,220.00 paid for pupils: £12,000.00 a year"
    )


def test_minimum_that_begins_within_a_period_counts_from_the_next(autumn, spring):
    school = SchoolFactory()
    give(school, "minimum", "12000.00", starts_on=NOVEMBER)
    assert not calculate_run(period=autumn, by=None).lines.exists()
    [line] = calculate_run(period=spring, by=None).lines.all()
    assert line.amount == Decimal("3000.00")


def test_whole_period_looks_at_the_count_date(autumn):
    type(autumn.calendar).objects.update(proration="whole_period")
    autumn.refresh_from_db()
    school = SchoolFactory()
    give(school, "lump_sum", "3660.00", starts_on=autumn.count_date)
    give(school, "lump_sum", "366.00", name="Lift", starts_on=autumn.count_date + dt.timedelta(1))
    give(school, "minimum", "1200.00", ends_on=autumn.count_date)
    found = {line.kind: line.amount for line in calculate_run(period=autumn, by=None).lines.all()}
    assert found == {"lump_sum": Decimal("1220.00"), "minimum": Decimal("400.00")}


@pytest.mark.django_db(transaction=True)
def test_what_changes_later_is_adjusted_with_its_cause(autumn, spring):
    school = SchoolFactory()
    pool = give(school, "lump_sum", "3660.00")
    published(autumn)
    pool.annual = Decimal("1830.00")
    pool.save()
    run = calculate_run(period=spring, by=None)
    [line] = lines_of(run, "adjustment")
    assert (line.pupil, line.amount) == (None, Decimal("-610.00"))
    assert line.cause == "for_school"
    assert "Lump sum “Pool” of £1,830.00 a year from 1 September 2026 changed" in line_working(line)
    assert [each.amount for each in lines_of(run, "lump_sum")] == [Decimal("457.50")]
    again = calculate_run(period=spring, by=None)
    assert again.control_total == Decimal("-152.50")


def test_leaver_of_a_published_term_raises_what_is_missing_to_the_minimum(autumn, spring):
    school = SchoolFactory()
    pupil = funded_pupil(school)
    give(school, "minimum", "12000.00", ends_on=autumn.end)
    published(autumn)
    pupil.placements.update(end=dt.date(2026, 10, 31))
    run = published(spring)
    found = {line.pupil_id: line for line in lines_of(run, "adjustment")}
    assert found[pupil.pk].amount == Decimal("-610.00")
    assert (found[None].amount, found[None].due_total) == (Decimal("610.00"), Decimal("3390.00"))
    assert "What its pupils are paid has changed" in line_working(found[None])
    assert verify(run).differences == ()


def test_published_run_is_worked_out_again(autumn, spring):
    school = SchoolFactory()
    funded_pupil(school)
    give(school, "lump_sum", "1234.57")
    give(school, "minimum", "23456.78")
    give(school, "rate", "999.99", band=band(), starts_on=NOVEMBER)
    run = published(autumn)
    found = verify(run)
    assert (found.differences, found.performed) == ((), run.lines.count())
    SchoolAmount.objects.update(annual=1)
    assert verify(run).differences == ()
