"""When a pupil can have left, and what ends then: the one rule (rules.md B5, B7, B12, S1)."""

import datetime as dt
from contextlib import suppress

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banding.changes.services import account_for
from banding.leavers.rules import OPEN, YEAR, Placed, ending_of, problem_of_last_day, stay_on
from banding.leavers.services import accept_leaver, tell_leaver
from banding.returns.services import accept_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.helpers import return_with_pupils, senco_of
from tests.banding.test_following import submit
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory, person
from tests.schools.conversions import CLOSED_ON, converted

NOON = dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
DAY = dt.timedelta(days=1)
AUTUMN = Placed(dt.date(2026, 9, 1), dt.date(2026, 12, 18))
SINCE = Placed(dt.date(2027, 1, 11))
PLANNED = Placed(dt.date(2027, 9, 1))
BEFORE = Placed(dt.date(2025, 9, 1), CLOSED_ON, carries_on=True)


def problem(left, *placed, reference=None):
    told = {"today": TODAY, "reference": reference}
    return problem_of_last_day("Amira", left, placed=placed, **told)


@pytest.mark.parametrize(
    ("placed", "left", "says"),
    [
        ([], TODAY, "Amira has not been with you"),
        ([SINCE], SINCE.start - DAY, "on or after 11 January 2027, when Amira started"),
        ([AUTUMN, SINCE], AUTUMN.end, "on or after 11 January 2027, when Amira last started"),
        ([AUTUMN, SINCE], dt.date(2026, 12, 25), "on or after 11 January 2027"),
        ([AUTUMN, SINCE], SINCE.start, ""),
        ([AUTUMN], dt.date(2026, 12, 19), "from 1 September 2026 to 18 December 2026"),
        ([AUTUMN], AUTUMN.end, ""),
        ([SINCE, PLANNED], TODAY, ""),
        ([AUTUMN, PLANNED], TODAY, "must be from 1 September 2026 to 18 December 2026"),
        ([PLANNED], PLANNED.start - DAY, "on or after 1 September 2027"),
        ([AUTUMN, PLANNED], PLANNED.start, ""),
        ([BEFORE, Placed(CLOSED_ON + DAY)], dt.date(2026, 9, 30), ""),
        ([BEFORE, Placed(CLOSED_ON + 20 * DAY)], CLOSED_ON + 5 * DAY, ""),
        ([BEFORE, Placed(dt.date(2027, 2, 1))], CLOSED_ON, "on or after 1 February 2027"),
    ],
)
def test_last_day_lies_in_the_stay_that_is_meant(placed, left, says):
    found = problem(left, *placed)
    assert says in found
    assert bool(found) == bool(says)


@pytest.mark.parametrize("reference", [None, TODAY - 400 * DAY, TODAY + 90 * DAY])
def test_a_year_before_and_after_today_and_the_day_of_the_return(reference):
    about = {TODAY, reference or TODAY}
    long = Placed(dt.date(2020, 9, 1))
    earliest, latest = min(about) - YEAR, max(about) + YEAR
    assert [problem(day, long, reference=reference) for day in (earliest, latest)] == ["", ""]
    instead = "ask the authority" if reference is None else "choose “Not our pupil”"
    assert instead in problem(earliest - DAY, long, reference=reference)
    assert "on or before" in problem(latest + DAY, long, reference=reference)


# The rule in the plain: what a pupil's days at the school are afterwards

DAYS = st.integers(-40, 40)


@st.composite
def placements(draw):
    """Any placements at one school, overlapping ones too; none twice from one day."""
    starts = draw(st.lists(DAYS, min_size=1, max_size=5, unique=True))
    lengths = [draw(st.none() | st.integers(0, 30)) for _ in starts]
    begun = [TODAY + start * DAY for start in starts]
    return [
        Placed(day, OPEN if length is None else day + length * DAY, id=day)
        for day, length in zip(begun, lengths, strict=True)
    ]


@settings(max_examples=200)
@given(placed=placements(), left=DAYS)
def test_who_left_is_there_on_no_later_day_but_as_planned(placed, left):
    left_on = TODAY + left * DAY
    refused = problem_of_last_day("Amira", left_on, placed=placed, today=TODAY)
    stay = stay_on(placed, TODAY, left_on)
    if refused:
        assert not stay.start <= left_on <= stay.end
        assert f"{stay.start.day} {stay.start:%B} {stay.start.year}" in refused
        return
    ending = ending_of(stay, left_on)
    after = [
        Placed(each.start, min(each.end, left_on)) if each in ending.cut else each
        for each in placed
        if each not in ending.never_begun
    ]
    on_roll = [each for each in after if each.start <= left_on <= each.end]
    assert on_roll, "The last day itself is a day at the school."
    still = [each for each in after if each.end > left_on and each.start <= max(TODAY, left_on)]
    assert still == []
    planned = {each.id for each in placed if each.start > max(TODAY, left_on)}
    assert planned <= {each.id for each in placed} - {each.id for each in ending.never_begun}


@pytest.mark.django_db
@time_machine.travel(NOON)
@settings(max_examples=10)
@given(placed=placements(), left=DAYS)
def test_acceptance_leaves_no_open_placement_behind(placed, left):
    with transaction.atomic():
        school, pupil, left_on = SchoolFactory(), PupilFactory(), TODAY + left * DAY
        for each in placed:
            end = None if each.end == OPEN else each.end
            PlacementFactory(pupil=pupil, school=school, start=each.start, end=end)
        senco, officer = person(Role.SENCO, school=school), person(Role.SEND_OFFICER)
        with suppress(RefusalError):
            leaver = tell_leaver(school=school, pupil=pupil, left_on=left_on, by=senco)
            accept_leaver(leaver=leaver, by=officer)
            later = Placement.objects.since(left_on + DAY).filter(pupil=pupil)
            assert all(each.start > max(TODAY, left_on) for each in later)
        transaction.set_rollback(True)


# Accepting, on real placements


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def row(db):
    with time_machine.travel(NOON):
        yield return_with_pupils()[1][0]


def days_of(pupil):
    return list(pupil.placements.order_by("start").values_list("start", "end"))


def test_day_between_two_placements_is_refused_on_a_return(row):
    row.pupil.placements.update(end=AUTUMN.end)
    PlacementFactory(pupil=row.pupil, school=row.pupil_return.school, start=SINCE.start)
    with pytest.raises(RefusalError, match="on or after 11 January 2027"):
        account_for(
            return_pupil=row, change="left", change_date=AUTUMN.end, by=senco_of(row.pupil_return)
        )


def test_who_has_come_again_is_not_taken_off_by_accepting(row, officer):
    """The day was right when it was told; the authority has placed the pupil again since."""
    pupil, school = row.pupil, row.pupil_return.school
    left = TODAY - 20 * DAY
    account_for(return_pupil=row, change="left", change_date=left, by=senco_of(row.pupil_return))
    submit(school)
    pupil.placements.update(end=left)
    again = PlacementFactory(pupil=pupil, school=school, start=left + 5 * DAY)
    before = days_of(pupil)
    with pytest.raises(RefusalError, match=f"{pupil} is reported to have left on 21 January 2027"):
        accept_return(pupil_return=row.pupil_return, by=officer)
    assert days_of(pupil) == before
    Placement.objects.filter(pk=again.pk).update(start=TODAY + DAY)
    accept_return(pupil_return=row.pupil_return, by=officer)
    assert days_of(pupil) == [(dt.date(2025, 9, 1), left), (TODAY + DAY, None)]


@time_machine.travel(NOON)
def test_leaver_who_has_come_again_is_not_accepted(officer):
    school, pupil = SchoolFactory(), PupilFactory()
    PlacementFactory(pupil=pupil, school=school)
    by = person(Role.SENCO, school=school)
    leaver = tell_leaver(school=school, pupil=pupil, left_on=TODAY - 9 * DAY, by=by)
    PlacementFactory(pupil=pupil, school=school, start=TODAY)
    pupil.placements.filter(end=None, start__lt=TODAY).update(end=TODAY - 9 * DAY)
    with pytest.raises(RefusalError, match="has been placed at"):
        accept_leaver(leaver=leaver, by=officer)


@time_machine.travel(NOON)
@pytest.mark.parametrize("at", [0, 1])
def test_who_left_before_a_conversion_was_never_at_the_new_school(officer, at):
    """Told by the new school, or by the old one before it closed."""
    schools = converted("Brook Academy")
    pupil, left = PupilFactory(), CLOSED_ON - 30 * DAY
    PlacementFactory(pupil=pupil, school=schools[0], end=CLOSED_ON)
    PlacementFactory(pupil=pupil, school=schools[1], start=CLOSED_ON + DAY)
    by = person(Role.SENCO, school=schools[at])
    accept_leaver(
        leaver=tell_leaver(school=schools[at], pupil=pupil, left_on=left, by=by), by=officer
    )
    assert days_of(pupil) == [(dt.date(2025, 9, 1), left)]
