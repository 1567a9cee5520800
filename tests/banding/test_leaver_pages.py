"""The pages of joiners and leavers told out of a return."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import LeaverState
from banding.due import due_items
from banding.leavers.services import tell_leaver
from banding.models import Joiner, Leaver
from banding_portal.roles import Role
from tests.banding.rounds import pupil_at
from tests.banding.test_office_pages import date_of
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def pupil(school):
    return pupil_at(school)


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


def leaver_of(school, pupil=None):
    by = person(Role.SENCO, school=school)
    return tell_leaver(school=school, pupil=pupil or pupil_at(school), left_on=TODAY, by=by)


def test_school_tells_of_a_leaver_and_takes_it_back(senco, school, pupil):
    stranger = pupil_at(SchoolFactory())
    url = reverse("banding:leaver_tell", args=[school.pk])
    text = senco.get(url).text
    assert (pupil.display_name in text, stranger.display_name in text) == (True, False)
    assert "Choose the pupil who has left" in senco.post(url, {}).text
    early = {"pupil": pupil.pk} | date_of("left_on", dt.date(2020, 1, 1))
    assert "when Amira started" in senco.post(url, early).text
    assert "gone, or “Not known”" in senco.post(url, {"pupil": pupil.pk}).text
    given = {"pupil": pupil.pk, "destination": "Moved to Wales"} | date_of("left_on", TODAY)
    told = senco.post(url, given, follow=True).text
    assert "to take" in told
    assert "Waiting for the authority" in told
    leaver = Leaver.objects.get()
    assert leaver.destination == "Moved to Wales"
    senco.post(reverse("banding:leaver_withdraw", args=[leaver.pk]))
    assert not Leaver.objects.exists()


def test_pupil_of_another_school_cannot_be_chosen(senco, school):
    stranger = pupil_at(SchoolFactory())
    given = {"pupil": stranger.pk} | date_of("left_on", TODAY)
    senco.post(reverse("banding:leaver_tell", args=[school.pk]), given)
    assert not Leaver.objects.exists()


def test_school_tells_of_a_joiner_while_nothing_is_open(senco, school):
    given = {"surname": "Quill", "forename": "Ada", "plan_type": "EHCP", "primary_need": ""}
    given |= date_of("joined_on", TODAY) | date_of("date_of_birth", dt.date(2018, 3, 4))
    told = senco.post(reverse("banding:joiner_tell", args=[school.pk]), given, follow=True).text
    assert "Quill, Ada" in told
    assert "Outside a return" in told
    joiner = Joiner.objects.get()
    senco.post(reverse("banding:joiner_withdraw", args=[joiner.pk]))
    assert not Joiner.objects.exists()


def test_returns_lead_there(senco):
    assert reverse("banding:told_list") in senco.get(reverse("banding:return_list")).text


def test_officer_takes_a_leaver_off_the_roll(sign_in, school, pupil):
    officer, leaver = sign_in(Role.SEND_OFFICER), leaver_of(school, pupil)
    assert [item.title for item in due_items(officer.user)] == ["Leavers"]
    url = reverse("banding:leaver_detail", args=[leaver.pk])
    assert leaver.display_name in officer.get(reverse("banding:leaver_list")).text
    assert "Take the pupil off the roll" in officer.get(url).text
    officer.post(url, {"accept": "1"})
    assert pupil.placements.get().end == TODAY


def test_officer_refuses_and_the_school_reads_why(sign_in, school):
    leaver = leaver_of(school)
    officer, url = sign_in(Role.SEND_OFFICER), reverse("banding:leaver_detail", args=[leaver.pk])
    assert "Tell the school why" in officer.post(url, {}).text
    officer.post(url, {"note": "Seen in class last week"})
    leaver.refresh_from_db()
    assert leaver.state == LeaverState.REFUSED
    senco = sign_in(Role.SENCO, school=school)
    assert "Seen in class last week" in senco.get(reverse("banding:told_list")).text


@pytest.mark.parametrize(
    ("name", "role"), [("leaver_list", Role.SEND_OFFICER), ("told_list", Role.SENCO)]
)
@pytest.mark.parametrize(("wanted", "found"), [("Zzz", 0), ("", 1)])
def test_lists_are_searched(name, role, sign_in, school, wanted, found):
    leaver_of(school)
    reader = sign_in(role, school=school if role == Role.SENCO else None)
    page = reader.get(reverse(f"banding:{name}"), {"q": wanted})
    assert len(page.context["page_obj"]) == found


@pytest.mark.parametrize(
    ("name", "role"), [("leaver_list", Role.SEND_OFFICER), ("told_list", Role.SENCO)]
)
def test_queries_of_the_lists_do_not_grow(
    name, role, sign_in, school, django_assert_max_num_queries
):
    reader = sign_in(role, school=school if role == Role.SENCO else None)
    counts = []
    for _ in range(2):
        leaver_of(school)
        with django_assert_max_num_queries(20) as queries:
            reader.get(reverse(f"banding:{name}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_officer_does_not_read_of_their_own_roll(sign_in, school):
    Leaver.objects.filter(pk=leaver_of(school).pk).update(state=LeaverState.ACCEPTED)
    officer = sign_in(Role.SEND_OFFICER)
    urls = [
        reverse("banding:leaver_list"),
        reverse("banding:leaver_detail", args=[Leaver.objects.get().pk]),
    ]
    for text in (officer.get(url).text for url in urls):
        assert "Taken off the roll" in text
        assert "your roll" not in text
    senco = sign_in(Role.SENCO, school=school)
    assert "Taken off your roll" in senco.get(reverse("banding:told_list")).text
