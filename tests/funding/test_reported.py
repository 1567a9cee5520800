"""What schools reported and nobody accepted yet is an exception of the run (B12)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from banding.joiners.services import place_joiner, refuse_joiner, withdraw_joiner
from banding.leavers.services import accept_leaver, tell_leaver
from banding.models import Joiner
from banding.returns.services import accept_return, return_for_correction
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import RunException
from funding.selectors.fingerprints import inputs_have_changed
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import (
    CollectionFactory,
    PeriodFactory,
    PupilFactory,
    ReturnFactory,
    person,
)
from tests.funding.funded import funded_pupil, set_value
from tests.reporting import joiner_of, report_of

pytestmark = pytest.mark.django_db
START, END = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
LEFT_ON, SINCE = dt.date(2026, 11, 17), dt.date(2026, 11, 18)


@pytest.fixture
def autumn(db):
    """£10 a day for 122 days."""
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def preparer(db):
    return person(Role.FINANCE_OFFICER)


def calculated(period):
    return calculate_run(period=period, by=None)


def found_in(run) -> list[tuple]:
    rows = run.exceptions.order_by("kind", "start")
    return [(row.kind, row.pupil, row.start, row.end, row.reported_day) for row in rows]


def test_leaver_not_accepted_yet_is_paid_and_an_exception(autumn):
    """The bug: paid until the return was accepted, and the run said nothing."""
    pupil = funded_pupil()
    report_of(pupil, "left", LEFT_ON)
    run = calculated(autumn)
    assert run.control_total == Decimal("1220.00")
    assert found_in(run) == [("left", pupil, SINCE, END, LEFT_ON)]
    assert run.exceptions.get().school == pupil.placements.get().school
    assert run.exceptions.get().what == "Reported as left on 17 November 2026, not accepted yet"


def test_accepted_leaver_is_paid_to_their_last_day_and_no_exception(autumn, officer):
    pupil_return = report_of(funded_pupil(), "left", LEFT_ON)
    run = calculated(autumn)
    accept_return(pupil_return=pupil_return, by=officer)
    assert inputs_have_changed(run)
    run = calculated(autumn)
    assert (run.control_total, found_in(run)) == (Decimal("780.00"), [])


def test_leaver_told_out_of_a_return_is_paid_until_it_is_accepted(autumn, officer):
    """By hand: £10 a day, 122 days while it waits; 78 days to the last one, 17 November."""
    pupil = funded_pupil()
    school = pupil.placements.get().school
    by = person(Role.SENCO, school=school)
    leaver = tell_leaver(school=school, pupil=pupil, left_on=LEFT_ON, by=by)
    report_of(pupil, "left", LEFT_ON)  # Said in a return as well, it is one exception.
    run = calculated(autumn)
    assert run.control_total == Decimal("1220.00")
    assert found_in(run) == [("left", pupil, SINCE, END, LEFT_ON)]
    accept_leaver(leaver=leaver, by=officer)
    assert inputs_have_changed(run)
    run = calculated(autumn)
    assert (run.control_total, found_in(run)) == (Decimal("780.00"), [])


def test_leaver_sent_back_is_paid_and_no_exception(autumn, officer):
    pupil_return = report_of(funded_pupil(), "left", LEFT_ON)
    run = calculated(autumn)
    return_for_correction(pupil_return=pupil_return, by=officer, reason="They are with you.")
    assert inputs_have_changed(run)
    run = calculated(autumn)
    assert (run.control_total, found_in(run)) == (Decimal("1220.00"), [])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("not_ours", "Reported as not the school’s pupil, not accepted yet"),
        ("no_band", "Reported as needing no band, not accepted yet"),
    ],
)
def test_other_changes_are_exceptions_since_the_reference_date(autumn, change, words):
    pupil = funded_pupil()
    report_of(pupil, change, collection=CollectionFactory(reference_date=dt.date(2026, 10, 1)))
    run = calculated(autumn)
    assert found_in(run) == [(change, pupil, dt.date(2026, 10, 1), END, None)]
    assert (run.exceptions.get().what, run.control_total) == (words, Decimal("1220.00"))


@pytest.fixture
def stays(autumn):
    """A pupil in Year 7 of a primary school, who says so of this autumn's roll-over."""
    pupil = funded_pupil(recorded_year_group=7, recorded_for=2026)
    report_of(pupil, "staying_on", collection=CollectionFactory(reference_date=START))
    return pupil


@pytest.mark.parametrize(
    ("last_day", "total"), [(None, "1220.00"), (dt.date(2026, 8, 31), "0.00")],
    ids=["on roll", "rolled over"],
)  # fmt: skip
def test_staying_on_is_an_exception_paid_or_not(autumn, stays, last_day, total):
    stays.placements.update(end=last_day)
    run = calculated(autumn)
    assert found_in(run) == [("staying_on", stays, START, END, None)]
    assert run.control_total == Decimal(total)
    assert run.exceptions.get().school == stays.placements.get().school


def test_staying_on_next_september_is_no_exception_of_this_year(autumn):
    pupil = funded_pupil(recorded_year_group=6, recorded_for=2026)
    report_of(pupil, "staying_on", collection=CollectionFactory(reference_date=START))
    assert found_in(calculated(autumn)) == []


def test_joiner_who_waits_is_an_exception_without_a_name(autumn):
    joiner = joiner_of(ReturnFactory(), LEFT_ON, upn="A123456789012")
    run = calculated(autumn)
    assert found_in(run) == [("joined", None, LEFT_ON, END, LEFT_ON)]
    exception = run.exceptions.get()
    number = f"Joiner {joiner.pk.hex[:4].upper()}"
    assert (exception.reference, exception.upn) == (number, "A123456789012")
    assert exception.school == joiner.pupil_return.school
    assert exception.what == "Reported as joined on 17 November 2026, not placed yet"
    assert "Newcome" not in str(exception)


@pytest.mark.parametrize(
    ("joined_on", "start"),
    [(dt.date(2026, 6, 1), START), (START, START), (END, END)],
    ids=["before", "first day", "last day"],
)
def test_joiner_counts_from_the_day_they_joined(autumn, joined_on, start):
    joiner_of(ReturnFactory(), joined_on)
    assert found_in(calculated(autumn)) == [("joined", None, start, END, joined_on)]


def test_joiner_of_after_the_period_is_none(autumn):
    joiner_of(ReturnFactory(), END + dt.timedelta(days=1))
    assert found_in(calculated(autumn)) == []


def test_joiners_alike_are_an_exception_each(autumn):
    pupil_return = ReturnFactory()
    for forename in ("Ines", "Ines Maria"):
        joiner_of(pupil_return, LEFT_ON, forename=forename)
    assert len(found_in(calculated(autumn))) == 2


def test_joiner_who_was_refused_is_no_exception(autumn, officer):
    joiner = joiner_of(ReturnFactory(), LEFT_ON)
    run = calculated(autumn)
    refuse_joiner(joiner=joiner, by=officer, note="At another school.")
    assert inputs_have_changed(run)
    assert found_in(calculated(autumn)) == []


def test_joiner_who_was_placed_is_a_pupil_like_others(autumn, officer):
    joiner = joiner_of(ReturnFactory(), LEFT_ON)
    run = calculated(autumn)
    pupil = place_joiner(joiner=joiner, pupil=None, by=officer).pupil
    assert inputs_have_changed(run)
    again = found_in(calculated(autumn))
    assert [(kind, who, start) for kind, who, start, *_ in again] == [
        ("no_agreed_band", pupil, LEFT_ON)
    ]


def test_joiner_of_a_published_run_can_still_be_withdrawn(autumn, preparer):
    """What is published stays as it was, and holds on to no joiner."""
    funded_pupil()
    pupil_return = ReturnFactory()
    joiner = joiner_of(pupil_return, LEFT_ON)
    run = calculate_run(period=autumn, by=preparer)
    clear_exceptions(run=run, kind="joined", reason="Asked.", by=preparer)
    send_for_checking(run=run, by=preparer)
    publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))
    withdraw_joiner(joiner=joiner, by=person(Role.SENCO, school=pupil_return.school))
    assert [row.joiner for row in run.exceptions.all()] == [joiner.pk]


def test_only_days_that_are_paid_count(autumn):
    december = dt.date(2026, 12, 1)
    later = funded_pupil(start=december)
    report_of(later, "left", LEFT_ON)
    without_band = funded_pupil(code=None)
    without_band.plans.update(plan_type="SEN_SUPPORT")
    report_of(without_band, "left", LEFT_ON)
    ended = funded_pupil()
    report_of(ended, "left", LEFT_ON)
    ended.placements.update(end=LEFT_ON)
    report_of(funded_pupil(responsible_la="998"), "left", LEFT_ON)
    report_of(funded_pupil(), "left", END)
    others = ["no_agreed_band", "other_la"]
    told = calculated(autumn).exceptions.exclude(kind__in=others).get()
    assert (told.kind, told.pupil, told.start, told.end) == ("left", later, december, END)


def test_two_collections_report_one_leaver_once(autumn):
    pupil = funded_pupil()
    report_of(pupil, "left", LEFT_ON)
    report_of(pupil, "left", dt.date(2026, 11, 2))
    assert found_in(calculated(autumn)) == [
        ("left", pupil, dt.date(2026, 11, 3), END, dt.date(2026, 11, 2))
    ]


def test_count_date_alone_is_looked_at(autumn):
    autumn.calendar.proration = "whole_period"
    autumn.calendar.save()
    day = autumn.count_date
    late, early = funded_pupil(), funded_pupil()
    report_of(late, "left", day)
    report_of(early, "left", day - dt.timedelta(days=1))
    joiner_of(ReturnFactory(), day)
    joiner_of(ReturnFactory(), day + dt.timedelta(days=1))
    assert [(kind, start, end) for kind, _, start, end, _ in found_in(calculated(autumn))] == [
        ("joined", day, day),
        ("left", day, day),
    ]


def test_it_is_not_published_before_it_is_cleared_or_accepted(autumn, preparer):
    report_of(funded_pupil(), "left", LEFT_ON)
    joiner_of(ReturnFactory(), LEFT_ON)
    run = calculate_run(period=autumn, by=preparer)
    with pytest.raises(RefusalError, match="2 exceptions are not cleared yet"):
        send_for_checking(run=run, by=preparer)
    for kind in ("left", "joined"):
        assert clear_exceptions(run=run, kind=kind, reason="Asked.", by=preparer) == 1
    assert send_for_checking(run=run, by=preparer).state == "checked"


def test_cleared_stays_cleared_as_long_as_the_school_says_the_same(autumn, preparer):
    pupil = funded_pupil()
    pupil_return = report_of(pupil, "left", dt.date(2026, 6, 1))
    joiner = joiner_of(pupil_return, LEFT_ON)
    run = calculate_run(period=autumn, by=preparer)
    for kind in ("left", "joined"):
        clear_exceptions(run=run, kind=kind, reason="Asked.", by=preparer)
    joiner_of(pupil_return, LEFT_ON, forename="Another")
    assert left_of(calculated(autumn)) == [("joined", "Another")]
    pupil_return.pupils.update(change_date=dt.date(2026, 6, 2))
    joiner.joined_on = START
    joiner.save()
    assert left_of(calculated(autumn)) == [("joined", "Another"), ("joined", "Ines"), ("left", "")]


def left_of(run) -> list[tuple[str, str]]:
    names = dict(Joiner.objects.values_list("pk", "forename"))
    left = run.exceptions.filter(cleared_at=None)
    return sorted((row.kind, names.get(row.joiner, "")) for row in left)


def test_report_after_the_calculation_is_noticed(autumn):
    pupil = funded_pupil()
    run = calculated(autumn)
    pupil_return = report_of(pupil, "left", LEFT_ON)
    assert inputs_have_changed(run)
    assert not inputs_have_changed(calculated(autumn))
    pupil_return.pupils.update(change_date=LEFT_ON - dt.timedelta(days=1))
    assert inputs_have_changed(run)


@pytest.mark.parametrize("about", ["left", "joined"])
def test_report_of_days_after_the_period_is_no_input(autumn, about):
    pupil, pupil_return = funded_pupil(), ReturnFactory()
    run = calculated(autumn)
    if about == "left":
        report_of(pupil, "left", END)
    else:
        joiner_of(pupil_return, END + dt.timedelta(days=1))
    assert not inputs_have_changed(run)


@pytest.mark.parametrize("both", [True, False])
def test_exception_is_of_a_pupil_or_of_a_joiner(autumn, both):
    run = calculated(autumn)
    who = {"pupil": PupilFactory(), "joiner": run.pk} if both else {}
    with pytest.raises(IntegrityError, match="pupil_or_joiner"), transaction.atomic():
        RunException.objects.create(run=run, kind="left", start=START, end=END, **who)
