"""A pupil placed at a school that has submitted its return: everybody is told, with a way (S10)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.collections.services import sync_return_pupils
from banding.joiners.services import add_joiner
from banding.models import ReturnPupil
from banding.returns.services import accept_return, confirm_nothing_to_tell, withdraw_return
from banding_portal.notices.models import Notice
from banding_portal.roles import Role
from schools.services.pupils import place_pupil
from tests.banding.helpers import senco_of
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.banding.test_told_elsewhere import JOINER
from tests.factories import PlanFactory, PupilFactory, SchoolFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
NOT_SENT = "Autumn round: a pupil placed with you is not on the return you sent"


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def sent(school):
    """A return that was confirmed, with a joiner who waits."""
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    by = senco_of(pupil_return)
    confirm_nothing_to_tell(pupil_return=pupil_return, by=by)
    add_joiner(pupil_return=pupil_return, by=by, **JOINER)
    pupil_return.refresh_from_db()
    return pupil_return


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def place(officer, pupil_return):
    joiner = pupil_return.joiners.get()
    url = reverse("banding:joiner_detail", args=[joiner.pk])
    return flat(officer.post(url, {"match": "new"}, follow=True).text)


def page(client, pupil_return):
    return flat(client.get(reverse("banding:return_detail", args=[pupil_return.pk])).text)


def test_officer_is_told_and_offered_to_return_it(officer, sent):
    said = place(officer, sent)
    assert "Ada Quill is placed" in said
    assert "has been submitted without the pupil: return it for correction if" in said
    text = page(officer, sent)
    assert "Placed at the school since this return was submitted, and not on it: Ada Quill" in text
    assert reverse("banding:return_send_back", args=[sent.pk]) in text


def test_school_is_told_and_takes_it_back_to_choose_a_band(officer, sent, client):
    place(officer, sent)
    by = sent.submitted_by
    client.force_login(by)
    assert NOT_SENT in flat(client.get(reverse("home")).text)
    text = page(client, sent)
    assert "Placed with you since this return was submitted, and not on it: Ada Quill" in text
    assert reverse("banding:return_withdraw", args=[sent.pk]) in text
    withdraw_return(pupil_return=sent, by=by, reason="Somebody joined")
    assert sent.pupils.filter(pupil__surname="Quill").exists()
    assert "and not on it" not in page(client, sent)


def test_after_acceptance_the_officer_opens_it_again(officer, sent, client):
    accept_return(pupil_return=sent, by=officer.user)
    said = place(officer, sent)
    assert "has been submitted without the pupil: open it again for correction" in said
    assert "open it again for correction" in page(officer, sent)
    assert not Notice.objects.filter(title=NOT_SENT).exists()
    client.force_login(senco_of(sent))
    assert "Ask the authority to return it to you" in page(client, sent)


def test_an_old_round_asks_no_more_once_a_later_one_lists_the_pupil(officer, sent, client):
    accept_return(pupil_return=sent, by=officer.user)
    with time_machine.travel(dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)):
        open_round("spring", reference=dt.date(2027, 1, 15))
        officer.force_login(officer.user)
        said = place(officer, sent)
    assert "The return of" in said
    assert "open it again for correction" not in said
    assert "open it again for correction" not in page(officer, sent)


def test_school_is_told_once_however_many_come(sent, school, officer):
    for _ in range(2):
        pupil = PupilFactory()
        PlanFactory(pupil=pupil)
        place_pupil(pupil=pupil, school=school, start=dt.date(2026, 10, 19), by=officer.user)
    recipients = Notice.objects.filter(title=NOT_SENT).values_list("recipient", flat=True)
    assert len(recipients) == len(set(recipients)) > 0


def test_who_is_still_on_another_open_list_is_told_of_too(sent, school, officer):
    elsewhere = SchoolFactory()
    pupil = pupil_at(elsewhere)
    collection = sent.collection
    sync_return_pupils(collection)
    pupil.placements.update(end=dt.date(2026, 10, 18))
    place_pupil(pupil=pupil, school=school, start=dt.date(2026, 10, 19), by=officer.user)
    assert ReturnPupil.objects.get(collection=collection, pupil=pupil).pupil_return != sent
    assert f"and not on it: {pupil}" in page(officer, sent)


def test_page_of_a_submitted_return_promises_what_happens(sent, client):
    client.force_login(senco_of(sent))
    text = page(client, sent)
    assert "you are told, and can take this return back to choose a band" in text
    assert "the pupil comes onto your list" not in text


def test_who_is_placed_at_two_schools_is_named_to_both_sides(school, officer, client):
    """Not silently missing from the list of the school whose placement began first (F3)."""
    twice = pupil_at(school)
    pupil_at(school)
    later = SchoolFactory()
    place_pupil(pupil=twice, school=later, start=dt.date(2026, 10, 5), by=officer.user)
    pupil_return = return_of(open_round(), school)
    assert not pupil_return.pupils.filter(pupil=twice).exists()
    text = page(officer, pupil_return)
    assert "from a later day, at another school as well" in text
    assert f"also at {later}" in text
    client.force_login(senco_of(pupil_return))
    text = page(client, pupil_return)
    assert f"{twice} is not on this return" in text
    assert str(later) not in text
