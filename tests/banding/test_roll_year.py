"""The roll-over on 1 September: phase leavers, staying on, previews and repeats (S7)."""

import datetime as dt
import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from banding.choices import PupilChange
from schools.models import Placement
from tests.factories import (
    CollectionFactory,
    PlacementFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
)
from tests.reporting import submit

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2027, 8, 31)
YEAR_5, YEAR_6, YEAR_7 = dt.date(2016, 10, 1), dt.date(2015, 10, 1), dt.date(2014, 10, 1)


def placed(birth_date=YEAR_6, school=None, **placement):
    """A pupil in that year group in 2026-27, at a primary school up to Year 6."""
    pupil = PupilFactory(date_of_birth=birth_date)
    PlacementFactory(pupil=pupil, school=school or SchoolFactory(), **placement)
    return pupil


def stays_on(pupil, reference_date, reason="Waiting for a place", school=None, is_sent=True):
    collection = CollectionFactory(reference_date=reference_date)
    school = school or pupil.placements.get().school
    pupil_return = ReturnFactory(collection=collection, school=school)
    ReturnPupilFactory(
        pupil_return=pupil_return,
        pupil=pupil,
        change=PupilChange.STAYING_ON,
        change_reason=reason,
    )
    if is_sent:
        submit(pupil_return)


def roll(*args, to="2027-28"):
    out = StringIO()
    call_command("roll_year", "--to", to, "--early", *args, "--json", stdout=out)
    return json.loads(out.getvalue())


def numbers(*args):
    told = roll(*args)
    return told["leavers"], told["staying"]


def end_of(pupil):
    return pupil.placements.get().end


def test_pupil_of_the_last_year_group_leaves_on_31_august():
    leaver, younger = placed(YEAR_6), placed(YEAR_5)
    told = roll()
    assert (told["leavers"], told["staying"]) == (1, 0)
    assert [p["pupil_id"] for p in told["leaving_pupils"]] == [leaver.reference]
    assert (end_of(leaver), end_of(younger)) == (LAST_DAY, None)


def test_pupil_older_than_the_last_year_group_leaves():
    pupil = placed(YEAR_7)
    assert numbers() == (1, 0)
    assert end_of(pupil) == LAST_DAY


def test_recorded_year_group_goes_before_the_derived_one():
    pupil = placed(YEAR_6)
    pupil.recorded_year_group, pupil.recorded_for = 4, 2025
    pupil.save()
    assert numbers() == (0, 0)


def test_school_without_ages_has_no_leavers():
    placed(YEAR_6, school=SchoolFactory(low_age=None, high_age=None))
    assert numbers() == (0, 0)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2027, 9, 1), None),
        (dt.date(2025, 9, 1), LAST_DAY),
        (dt.date(2025, 9, 1), dt.date(2027, 1, 31)),
    ],
)
def test_placement_that_is_over_or_not_begun_stays_as_it_is(start, end):
    pupil = placed(start=start, end=end)
    assert numbers() == (0, 0)
    assert end_of(pupil) == end


def test_later_end_is_brought_forward():
    pupil = placed(end=dt.date(2028, 7, 31))
    assert numbers() == (1, 0)
    assert end_of(pupil) == LAST_DAY


@pytest.mark.parametrize(
    "said_on", [dt.date(2026, 10, 1), dt.date(2027, 5, 1), dt.date(2027, 9, 15)]
)
def test_pupil_recorded_as_staying_on_stays(said_on):
    pupil = placed()
    stays_on(pupil, said_on)
    told = roll()
    assert (told["leavers"], told["staying"]) == (0, 1)
    assert told["staying_pupils"][0]["reason"] == "Waiting for a place"
    assert end_of(pupil) is None


def test_staying_on_counts_only_in_a_return_that_is_sent_in():
    stays_on(placed(), dt.date(2027, 5, 1), is_sent=False)
    assert numbers() == (1, 0)


@pytest.mark.parametrize("said_on", [dt.date(2026, 8, 31), dt.date(2028, 9, 1)])
def test_staying_on_of_another_year_does_not_count(said_on):
    stays_on(placed(), said_on)
    assert numbers() == (1, 0)


def test_autumn_word_about_last_september_does_not_keep_a_pupil_another_year():
    """Said in October 2026 of a pupil who was in the last year group in 2025-26 already."""
    pupil = placed(YEAR_7)
    stays_on(pupil, dt.date(2026, 10, 1))
    assert numbers() == (1, 0)
    Placement.objects.update(end=None)
    stays_on(pupil, dt.date(2027, 5, 1))
    assert numbers() == (0, 1)


def test_staying_on_without_a_reason_does_not_count():
    stays_on(placed(), dt.date(2027, 5, 1), reason=" ")
    assert numbers() == (1, 0)


def test_another_school_s_word_does_not_count():
    stays_on(placed(), dt.date(2027, 5, 1), school=SchoolFactory())
    assert numbers() == (1, 0)


def test_dry_run_tells_and_changes_nothing():
    pupil = placed()
    assert numbers("--dry-run") == (1, 0)
    assert end_of(pupil) is None


def test_rolling_twice_is_rolling_once():
    placed()
    stays_on(placed(), dt.date(2027, 5, 1))
    assert numbers() == (1, 1)
    before = list(Placement.objects.order_by("pk").values())
    assert numbers() == (0, 1)
    assert list(Placement.objects.order_by("pk").values()) == before


def test_audit_says_which_command_ended_the_placement():
    pupil = placed()
    roll()
    event = Placement.pgh_event_model.objects.get(pgh_label="update", pupil=pupil)
    assert event.pgh_context.metadata == {"command": "roll_year", "to": "2027-28"}


@pytest.mark.parametrize("to", ["2027", "2027-29", "27-28", "2027/28"])
def test_anything_but_an_academic_year_is_wrong_usage(to):
    with pytest.raises(CommandError, match="is not an academic year"):
        roll(to=to)


def test_number_of_queries_does_not_grow_with_the_pupils(django_assert_max_num_queries):
    for _ in range(4):
        placed()
    with django_assert_max_num_queries(14):
        roll()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_year_that_is_over_is_refused(more):
    pupil = placed(YEAR_6)
    out = StringIO()
    with time_machine.travel("2027-01-10", tick=False), pytest.raises(CommandError) as refused:
        call_command("roll_year", "--to", "2025-26", *more, "--json", stdout=out)
    problems = json.loads(out.getvalue())["problems"]
    assert problems == ["2025-26 is over. Choose 2026-27, which is now, or 2027-28."]
    assert refused.value.returncode == 1
    assert end_of(pupil) is None
