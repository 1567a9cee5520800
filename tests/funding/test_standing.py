"""Funding on home: a term's amount is that of all its runs together."""

import datetime as dt
from decimal import Decimal

import pytest

from banding_portal.roles import Role
from funding.standing import bars_in_order, largest, standing_of
from schools.models import User
from tests.factories import MembershipFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(school):
    """A term published, and published again after a band was put up within it."""
    set_value("B", "3660.00")
    set_value("C", "7320.00")
    found = PeriodFactory()
    pupil = funded_pupil(school)
    published(found)
    agree(pupil, "C", dt.date(2026, 11, 1))
    return found


def bars(standing):
    return [(bar["label"], bar["value"]) for bar in standing.chart]


def test_school_sees_both_runs_of_a_term_as_one_amount_and_its_pupils_once(period, school):
    published(period)
    [standing] = standing_of(person(Role.SCHOOL_FINANCE, school=school))
    assert standing.figures == [("Autumn term 2026", "£1,830.00"), ("Pupils paid for", "1")]
    assert bars(standing) == [("Band B", Decimal("1220.00")), ("Adjustment", Decimal("610.00"))]


def test_school_of_one_term_sees_what_is_paid_for_each_band(school):
    set_value("B", "3660.00")
    set_value("C", "7320.00")
    funded_pupil(school, "C")
    funded_pupil(school, "B")
    funded_pupil(school, "B")
    published(PeriodFactory())
    [standing] = standing_of(person(Role.SENCO, school=school))
    assert standing.title == "Your top-up funding by band: Autumn term 2026"
    assert standing.figures == [("Autumn term 2026", "£4,880.00"), ("Pupils paid for", "3")]
    assert bars(standing) == [("Band B", Decimal("2440.00")), ("Band C", Decimal("2440.00"))]


def test_what_was_taken_back_has_its_figure_and_no_bar():
    [given, taken] = bars_in_order([("Band B", Decimal(5)), ("Adjustment", Decimal(-2))])
    assert (given["value"], taken["value"], taken["text"]) == (5, 0, "−£2.00")


def test_person_of_several_schools_sees_each_of_them_the_largest_first(school):
    set_value("B", "3660.00")
    other = SchoolFactory(name="Zinnia School")
    funded_pupil(school)
    funded_pupil(other)
    funded_pupil(other)
    published(PeriodFactory())
    contact = person(Role.SCHOOL_FINANCE, school=school)
    MembershipFactory(user=contact, role=Role.SCHOOL_FINANCE, school=other)
    [standing] = standing_of(User.objects.get(pk=contact.pk))
    assert standing.title == "Your top-up funding by school: Autumn term 2026"
    assert standing.figures[0] == ("Autumn term 2026", "£3,660.00")
    assert bars(standing) == [("Zinnia School", Decimal(2440)), (school.name, Decimal(1220))]


def test_the_smallest_of_many_schools_are_told_together():
    schools = [(f"School {n}", Decimal(n)) for n in range(1, 13)]
    shown = largest(schools)
    assert (len(shown), shown[0]) == (10, ("School 12", 12))
    assert shown[-1] == ("3 other schools", 6)
    assert largest(schools[:10])[-1] == ("School 1", 1)


def test_finance_sees_what_is_published_and_what_is_under_way(period):
    draft(period)
    done, under_way = standing_of(person(Role.FINANCE_OFFICER))
    assert done.figures[0] == ("Autumn term 2026", "£1,220.00")
    assert under_way.figures == [("Autumn term 2026: draft", "£610.00")]


def test_first_run_of_a_term_stands_beside_what_was_published(period):
    spring = PeriodFactory(
        calendar=period.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
        numerator=3,
    )
    run = draft(spring)
    done, _ = standing_of(person(Role.FINANCE_AUTHORISER))
    assert done.title == "Top-up funding by term"
    assert bars(done) == [
        ("Autumn term 2026", Decimal("1220.00")),
        ("Spring term 2027, draft", run.control_total),
    ]


def test_before_the_first_run_there_is_nothing(db):
    assert standing_of(person(Role.FINANCE_OFFICER)) == []


def test_auditor_sees_what_the_last_run_corrected(period):
    known = {each.title: each for each in standing_of(person(Role.AUDITOR))}
    assert known["Paid before, adjusted by the last run"].figures == [
        ("Adjustments", "£0.00"),
        ("Pupils", "0"),
    ]
    published(period)
    known = {each.title: each for each in standing_of(person(Role.AUDITOR))}
    corrected = dict(known["Paid before, adjusted by the last run"].figures)
    assert (corrected["Adjustments"] != "£0.00", corrected["Pupils"]) == (True, "1")
    assert "Paid before, adjusted by the last run" not in {
        each.title for each in standing_of(person(Role.FINANCE_OFFICER))
    }
