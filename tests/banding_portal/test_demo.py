"""What the demonstration rests on: its dates, its clock and its repeatable ids."""

import datetime as dt
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from banding.demo.pupils import Caseload, as_csv
from banding_portal.demo.clock import acting
from banding_portal.demo.ids import repeatable_ids
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.demo import seed
from schools.demo.people import account_lines
from schools.models import School, User
from tests.factories import SchoolFactory, UserFactory, person

EVERY_TENTH_DAY = [dt.date(2026, 8, 30) + dt.timedelta(days=n) for n in range(0, 740, 10)]


def timeline(day):
    return Timeline(day, Path("unused"))


@pytest.mark.parametrize("day", [*EVERY_TENTH_DAY, dt.date(2028, 2, 29)])
def test_last_term_is_the_one_before_this_one(day):
    story = timeline(day)
    assert story.term.start <= day <= story.term.end
    assert story.last_term.end + dt.timedelta(days=1) == story.term.start
    assert story.last_term.day(80) <= story.last_term.end


def test_terms_of_a_year_leave_no_gap_and_sum_to_a_year():
    terms = timeline(dt.date(2026, 11, 5)).terms
    assert [term.code for term in terms[3:]] == ["2026-autumn", "2027-spring", "2027-summer"]
    assert sum(term.twelfths for term in terms[3:]) == 12
    for before, after in pairwise(terms):
        assert before.end + dt.timedelta(days=1) == after.start


@pytest.mark.django_db
def test_clock_shows_the_day_and_names_the_person_and_then_stops():
    by = person(Role.SEND_OFFICER)
    with acting(by, dt.date(2026, 7, 1), minutes=30):
        assert timezone.localtime().isoformat() == "2026-07-01T09:30:00+01:00"
        school = SchoolFactory()
        member = person(Role.SENCO, school=school).memberships.get()
    assert member.started_on == dt.date(2026, 7, 1)
    event = type(member).pgh_event_model.objects.get(pgh_obj_id=member.pk)
    assert event.pgh_context.metadata["user"] == str(by.pk)
    assert timezone.localdate() != dt.date(2026, 7, 1)


def test_ids_come_out_the_same_and_by_chance_again_afterwards():
    with repeatable_ids("one"):
        first = [School().pk, User().pk]
    with repeatable_ids("one"):
        again = [School().pk, User().pk]
    with repeatable_ids("two"):
        other = [School().pk, User().pk]
    assert first == again != other
    assert School().pk not in {*first, *other}


@pytest.mark.django_db
def test_pupils_are_the_same_each_time():
    story = timeline(dt.date(2026, 11, 5))
    seed(story)
    assert as_csv(Caseload(story).rows()) == as_csv(Caseload(story).rows())


@pytest.mark.django_db
def test_nobody_can_sign_in_where_it_is_no_demonstration(settings):
    settings.DEMO = False
    seed(timeline(dt.date(2026, 11, 5)))
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert "nobody can sign in" in account_lines()[-1]


@pytest.mark.django_db
def test_database_of_one_s_own_has_no_accounts_to_list():
    UserFactory()
    with pytest.raises(CommandError, match="no demonstration accounts"):
        call_command("seed_demo", "--accounts", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("make", [UserFactory, SchoolFactory])
def test_database_with_anything_in_it_is_left_alone(make, tmp_path):
    make()
    before = User.objects.count(), School.objects.count()
    out = StringIO()
    call_command("seed_demo", "--folder", str(tmp_path), stdout=out)
    assert "Nothing has been changed" in out.getvalue()
    assert (User.objects.count(), School.objects.count()) == before
    assert list(tmp_path.iterdir()) == []
