"""Days without a school or at one not open, and exceptions of published periods (S1, F3)."""

import datetime as dt

import pytest

from banding_portal.roles import Role
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.choices import PlanType, SchoolStatus
from tests.factories import (
    PeriodFactory,
    PlacementFactory,
    SchoolFactory,
    person,
)
from tests.funding.funded import SINCE, agree, funded_pupil, set_value

pytestmark = pytest.mark.django_db
STARTS, ENDS = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
SPRING_STARTS, SPRING_ENDS = dt.date(2027, 1, 1), dt.date(2027, 3, 31)
OCTOBER, NOVEMBER = dt.date(2026, 10, 31), dt.date(2026, 11, 1)


@pytest.fixture
def autumn():
    set_value()
    return PeriodFactory(start=STARTS, end=ENDS)


@pytest.fixture
def spring(autumn):
    return PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=SPRING_STARTS,
        end=SPRING_ENDS,
        count_date=SPRING_STARTS,
        numerator=3,
    )


def found(period):
    run = calculate_run(period=period, by=None)
    rows = run.exceptions.order_by("kind", "start")
    return [(row.kind, row.pupil, row.school, row.start, row.end) for row in rows]


def publish(period):
    officer, authoriser = person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)
    run = calculate_run(period=period, by=officer)
    for kind in set(run.exceptions.values_list("kind", flat=True)):
        clear_exceptions(run=run, kind=kind, reason="Seen with the school.", by=officer)
    send_for_checking(run=run, by=officer)
    return publish_run(run=run, by=authoriser)


@pytest.mark.parametrize(
    ("back", "last"),
    [(dt.date(2026, 12, 1), dt.date(2026, 11, 30)), (dt.date(2027, 9, 1), ENDS)],
)
def test_days_between_two_schools_are_an_exception_that_names_the_first(autumn, back, last):
    first = SchoolFactory()
    pupil = funded_pupil(first)
    pupil.placements.update(end=OCTOBER)
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=back)
    assert found(autumn) == [("no_school", pupil, first, NOVEMBER, last)]


@pytest.mark.parametrize(
    "life", [{"closed_on": OCTOBER}, {"closed_on": None}], ids=["known day", "unknown day"]
)
def test_days_after_a_school_closed_are_an_exception_wherever_the_pupil_is(autumn, life):
    school = SchoolFactory(status=SchoolStatus.CLOSED, **life)
    pupil = funded_pupil(school)
    pupil.placements.update(end=OCTOBER)
    assert ("no_school", pupil, school, NOVEMBER, ENDS) in found(autumn)


def test_who_has_left_or_not_begun_is_no_exception(autumn):
    """Somebody has said so; who has a plan and no school is on the officers’ home."""
    funded_pupil().placements.update(end=OCTOBER)
    funded_pupil(start=NOVEMBER)
    funded_pupil().placements.all().delete()
    assert found(autumn) == []


@pytest.mark.parametrize(
    "lacking", [{"code": None}, {"responsible_la": "998"}], ids=["band", "authority"]
)
def test_no_school_is_asked_of_whom_nothing_would_be_paid_for(autumn, lacking):
    pupil = funded_pupil(**lacking)
    pupil.placements.update(end=OCTOBER)
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=ENDS)
    assert [row for row in found(autumn) if row[0] == "no_school"] == []


def test_no_school_is_asked_of_once_the_plan_has_ended(autumn):
    pupil = funded_pupil()
    pupil.placements.update(end=OCTOBER)
    pupil.plans.update(end=OCTOBER)
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=ENDS)
    assert found(autumn) == []


@pytest.mark.parametrize(
    ("life", "start", "end"),
    [
        ({"closed_on": OCTOBER}, NOVEMBER, ENDS),
        ({"closed_on": OCTOBER, "status": SchoolStatus.CLOSED}, NOVEMBER, ENDS),
        ({"opened_on": NOVEMBER}, STARTS, OCTOBER),
        ({"status": SchoolStatus.CLOSED}, STARTS, ENDS),
    ],
)
def test_days_outside_the_life_of_a_school_are_paid_and_an_exception(autumn, life, start, end):
    school = SchoolFactory(**life)
    pupil = funded_pupil(school)
    assert found(autumn) == [("not_open", pupil, school, start, end)]


@pytest.mark.parametrize("life", [{"closed_on": ENDS}, {"opened_on": STARTS}])
def test_first_and_last_day_are_in_the_life_of_a_school(autumn, life):
    funded_pupil(SchoolFactory(**life))
    assert found(autumn) == []


def test_pupil_at_sen_support_without_a_counting_band_is_an_exception(autumn):
    school = SchoolFactory()
    pupil = funded_pupil(school, code=None)
    pupil.plans.update(plan_type=PlanType.SEN_SUPPORT)
    assert found(autumn) == [("no_agreed_band", pupil, school, STARTS, ENDS)]


def test_late_overlap_in_a_published_period_is_an_exception_of_the_next(autumn, spring):
    pupil = funded_pupil()
    publish(autumn)
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=NOVEMBER, end=NOVEMBER)
    run = calculate_run(period=spring, by=None)
    [late] = run.exceptions.filter(earlier_period=autumn)
    assert (late.kind, late.start, late.end) == ("overlap", NOVEMBER, NOVEMBER)
    assert not run.exceptions.filter(earlier_period=None).exists()


def test_band_lost_in_a_published_period_is_an_exception_of_the_next(autumn, spring):
    pupil = funded_pupil()
    publish(autumn)
    pupil.decisions.update(effective_from=NOVEMBER)
    [lost] = calculate_run(period=spring, by=None).exceptions.all()
    assert (lost.kind, lost.earlier_period) == ("no_agreed_band", autumn)
    assert (lost.start, lost.end) == (STARTS, OCTOBER)


def test_band_lost_is_asked_of_in_another_run_of_the_same_period(autumn):
    pupil = funded_pupil()
    publish(autumn)
    pupil.decisions.update(effective_from=NOVEMBER)
    [lost] = calculate_run(period=autumn, by=None).exceptions.all()
    assert (lost.kind, lost.earlier_period) == ("no_agreed_band", None)


def test_what_was_cleared_when_a_period_was_published_is_not_asked_again(autumn, spring):
    pupil = funded_pupil(code=None, start=SINCE)
    funded_pupil()
    publish(autumn)
    agree(pupil, start=SPRING_STARTS)
    assert found(spring) == []


def test_what_is_cleared_of_an_earlier_period_stays_so_when_calculated_again(autumn, spring):
    pupil = funded_pupil()
    publish(autumn)
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=NOVEMBER, end=NOVEMBER)
    run = calculate_run(period=spring, by=None)
    clear_exceptions(run=run, kind="overlap", reason="A visit.", by=person(Role.FINANCE_OFFICER))
    again = calculate_run(period=spring, by=None)
    assert [row.cleared_reason for row in again.exceptions.all()] == ["A visit."]
