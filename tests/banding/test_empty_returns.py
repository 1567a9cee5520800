"""A school without pupils confirms that it has none, or reports who joined (rules.md B6, B8)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.joiners.services import add_joiner
from banding.models import Return
from banding.returns.services import submit_return
from banding.returns.starting import start_return, unasked
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import SchoolStatus, Sector
from schools.models import School
from tests.banding.races import at_once
from tests.factories import CollectionFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return CollectionFactory()


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


def start(collection, school, by):
    return start_return(collection=collection, school=school, by=by)


def test_school_confirms_that_it_has_none(collection, school, senco):
    found = start(collection, school, senco)
    submit_return(pupil_return=found, by=senco, declared_name="Sam Carter")
    found.refresh_from_db()
    assert (found.state, found.pupils.count()) == ("submitted", 0)


def test_school_reports_a_joiner(collection, school, senco):
    joiner = add_joiner(
        pupil_return=start(collection, school, senco),
        by=senco,
        surname="Newcomer",
        forename="Nell",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=timezone.localdate() - dt.timedelta(3),
        plan_type="EHCP",
    )
    assert joiner.pupil_return.school == school


def test_return_that_is_there_is_the_answer(collection, school, senco):
    assert start(collection, school, senco) == start(collection, school, senco)
    assert unasked([school.pk]) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"sectors": [Sector.SPECIAL]},
        {"closed_at": timezone.now()},
        {"opens_on": timezone.localdate() + dt.timedelta(30)},
        {"deadline": timezone.localdate() - dt.timedelta(1)},
    ],
    ids=["sector", "closed", "not_yet", "late"],
)
def test_collection_that_does_not_ask_is_refused(collection, school, senco, facts):
    type(collection).objects.update(**facts)
    collection.refresh_from_db()
    with pytest.raises(RefusalError, match="does not ask your school"):
        start(collection, school, senco)
    assert not Return.objects.exists()


def test_closed_school_opens_none(collection, school, senco):
    School.objects.update(status=SchoolStatus.CLOSED)
    school.refresh_from_db()
    with pytest.raises(RefusalError):
        start(collection, school, senco)


def test_others_open_none(collection, school):
    for other in (person(Role.SENCO, school=SchoolFactory()), person(Role.SEND_OFFICER)):
        with pytest.raises(RefusalError, match="own SENCO or headteacher"):
            start(collection, school, other)


def test_page_offers_it_and_leads_on(collection, school, sign_in):
    client = sign_in(Role.HEADTEACHER, school=school)
    assert "Collections that list none of your pupils" in client.get("/returns/").text
    url = reverse("banding:return_start", args=[collection.pk, school.pk])
    page = client.post(url, follow=True)
    assert "submit the return as it is" in page.text
    assert "Check answers and submit" in page.text
    assert "No pupils are listed for your school" in client.get("/").text
    assert "Collections that list none of your pupils" not in client.get("/returns/").text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_open_one(collection, school, senco):
    results = at_once([lambda: start(collection, school, senco)] * 6)
    assert len({found.pk for found in results}) == Return.objects.count() == 1
