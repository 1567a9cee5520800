"""A person's private calendar address: what it shows, to whom, and how it ends."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding.feeds.services import make_feed, token_of
from banding.models import CalendarFeed
from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from schools.models import Membership, TrainingSession
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import CollectionFactory, SchoolFactory, UserFactory, person
from tests.schools.training import place, training

pytestmark = pytest.mark.django_db
PAGE = "banding:calendar_feed"


def read(user):
    feed = CalendarFeed.objects.filter(person=user).first() or make_feed(by=user)
    return read_at(reverse("banding:calendar_feed_file", args=[token_of(feed)]))


def read_at(address):
    """As a calendar does: without a session, and with its long lines joined again."""
    response = Client().get(address)
    return response.status_code, response.content.decode().replace("\r\n ", "")


def test_address_on_the_page_opens_the_calendar_without_signing_in(school, sign_in):
    pupil = pupil_at(school, surname="Quillon")
    collection = open_round(reference=timezone.localdate())
    client = sign_in(Role.SENCO, school=school)
    assert "Make an address" in client.get(reverse(PAGE)).content.decode()
    client.post(reverse("banding:calendar_feed_make"))
    page = " ".join(client.get(reverse(PAGE)).content.decode().split())
    status, text = read_at(re.search(r'value="http://testserver([^"]+)"', page)[1])
    assert (status, f"SUMMARY:{collection.name}: Deadline" in text) == (200, True)
    assert f"{collection.deadline:%Y%m%d}" in text
    assert "No calendar has read it yet" in page
    assert "A calendar last read it on" in " ".join(
        client.get(reverse(PAGE)).content.decode().split()
    )
    assert pupil.surname not in text


def test_school_sees_its_own_collections_and_its_own_extension(school):
    today = timezone.localdate()
    pupil_at(school)
    collection = open_round(reference=today)
    CollectionFactory(name="Of other schools")
    pupil_return = return_of(collection, school)
    pupil_return.extended_to = collection.deadline + dt.timedelta(days=9)
    pupil_return.save()
    extension = f"SUMMARY:{collection.name}\\, {school}: Deadline"
    _, text = read(person(Role.SENCO, school=school))
    assert ("Of other schools" in text, extension in text) == (False, True)
    assert f"DTSTART;VALUE=DATE:{pupil_return.extended_to:%Y%m%d}" in text
    _, text = read(person(Role.SENCO, school=SchoolFactory()))
    assert "SUMMARY" not in text
    _, text = read(person(Role.SEND_OFFICER))
    assert ("Of other schools" in text, extension in text) == (True, False)


def test_old_collections_leave_the_calendar_after_a_year():
    today = timezone.localdate()
    for name, days in (("Kept", 365), ("Gone", 366)):
        day = today - dt.timedelta(days=days)
        CollectionFactory(name=name, opens_on=day, deadline=day, reference_date=day)
    _, text = read(person(Role.AUDITOR))
    assert ("SUMMARY:Kept" in text, "SUMMARY:Gone" in text) == (True, False)


def test_new_address_ends_the_old_one_and_ending_it_ends_both(sign_in):
    client = sign_in(Role.SEND_OFFICER)
    old = reverse("banding:calendar_feed_file", args=[token_of(make_feed(by=client.user))])
    client.post(reverse("banding:calendar_feed_make"))
    status, text = read_at(old)
    assert (status, "no longer in use" in text) == (410, True)
    assert CalendarFeed.objects.filter(person=client.user).count() == 1
    new = token_of(CalendarFeed.objects.get(person=client.user))
    for _ in range(2):
        client.post(reverse("banding:calendar_feed_end"))
    assert read_at(reverse("banding:calendar_feed_file", args=[new]))[0] == 410
    assert "Make an address" in client.get(reverse(PAGE)).content.decode()


def test_address_ends_with_the_person_and_with_their_roles():
    user = person(Role.SEND_OFFICER)
    assert read(user)[0] == 200
    user.is_active = False
    user.save()
    assert read(user)[0] == 410
    contact = person(Role.SCHOOL_FINANCE, school=SchoolFactory())
    assert read(contact)[0] == 200
    Membership.objects.filter(user=contact).update(ended_on=timezone.localdate())
    assert read(contact)[0] == 410


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":" + "A" * 43])
def test_address_that_nobody_was_given_is_gone(token):
    assert read_at(reverse("banding:calendar_feed_file", args=[token]))[0] == 410


def test_signature_of_another_row_does_not_fit():
    one, two = (token_of(make_feed(by=person(Role.SEND_OFFICER))) for _ in range(2))
    forged = two.partition(":")[0] + ":" + one.partition(":")[2]
    assert read_at(reverse("banding:calendar_feed_file", args=[forged]))[0] == 410


@pytest.mark.parametrize("role", Role.values)
def test_everybody_has_a_calendar_of_their_own(school, sign_in, role):
    at = school if role in ROLES_AT_A_SCHOOL else None
    quadrant = school.quadrant if role in ROLES_IN_A_QUADRANT else None
    client = sign_in(role, school=at, quadrant=quadrant)
    assert reverse(PAGE) in client.get(reverse("schools:account")).content.decode()
    client.post(reverse("banding:calendar_feed_make"))
    assert "Your private address" in client.get(reverse(PAGE)).content.decode()
    assert read(client.user)[0] == 200


def test_finance_contact_sees_the_days_of_the_schools_own_collections(school):
    pupil_at(school)
    collection = open_round(reference=timezone.localdate())
    CollectionFactory(name="Of other schools")
    pupil_return = return_of(collection, school)
    pupil_return.extended_to = collection.deadline + dt.timedelta(days=9)
    pupil_return.save()
    status, text = read(person(Role.SCHOOL_FINANCE, school=school))
    assert (status, "Of other schools" in text) == (200, False)
    assert f"SUMMARY:{collection.name}: Deadline" in text
    assert f"SUMMARY:{collection.name}\\, {school}: Deadline" in text
    _, text = read(person(Role.SCHOOL_FINANCE, school=SchoolFactory()))
    assert "SUMMARY" not in text
    _, text = read(person(Role.FINANCE_OFFICER))
    assert "Of other schools" in text


def test_training_one_has_a_place_at_is_in_the_calendar(school):
    senco = person(Role.SENCO, school=school)
    begins = dt.datetime(2027, 6, 3, 16, tzinfo=timezone.get_default_timezone())
    booked = training(title="The descriptors", starts_at=begins, place="Room 4, County Hall")
    place(booked, senco)
    place(training(title="Full"), senco, state="waiting")
    place(training(title="Not going"), senco, state="given_up")
    place(training(title="Of somebody else"), UserFactory())
    cancelled = training(title="Cancelled")
    place(cancelled, senco)
    TrainingSession.objects.filter(pk=cancelled.pk).update(cancelled_because="The trainer is ill.")
    status, text = read(senco)
    assert (status, text.count("BEGIN:VEVENT")) == (200, 1)
    assert "SUMMARY:Live session: The descriptors" in text
    assert "DTSTART:20270603T150000Z" in text  # British Summer Time
    assert "DTEND:20270603T160000Z" in text
    assert "LOCATION:Room 4\\, County Hall" in text
