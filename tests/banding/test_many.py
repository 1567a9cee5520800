"""As many rows as a county has: 600 schools of a collection, 300 pupils of a return (Q28)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banding.models import Return, ReturnPupil
from banding_portal.roles import Role
from schools.models import Pupil, School
from tests.factories import (
    CollectionFactory,
    PupilFactory,
    QuadrantFactory,
    ReturnFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db
MOST = 20
"""Queries of a page."""


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def queries_of(client, name, pk):
    url = reverse(f"banding:{name}", args=[pk])
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200, response
    return len(seen), response.content.decode()


def add_returns(collection, count):
    schools = School.objects.bulk_create(
        SchoolFactory.build_batch(count, quadrant=QuadrantFactory())
    )
    return Return.objects.bulk_create(
        Return(collection=collection, school=school) for school in schools
    )


def add_pupils(pupil_return, count):
    pupils = Pupil.objects.bulk_create(PupilFactory.build_batch(count))
    collection = pupil_return.collection
    return ReturnPupil.objects.bulk_create(
        ReturnPupil(pupil_return=pupil_return, collection=collection, pupil=pupil)
        for pupil in pupils
    )


@pytest.mark.parametrize("name", ["collection_detail", "collection_returns"])
@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.ADMINISTRATOR])
def test_overview_of_600_schools_takes_the_queries_of_three(sign_in, name, role):
    collection, client = CollectionFactory(), sign_in(role)
    add_returns(collection, 3)
    few, _ = queries_of(client, name, collection.pk)
    for each in add_returns(collection, 597)[:50]:
        add_pupils(each, 2)
    many, text = queries_of(client, name, collection.pk)
    assert "600" in text
    assert many <= few <= MOST


@pytest.mark.parametrize("kind", ["exercise", "round"])
@pytest.mark.parametrize("name", ["return_detail", "return_grid", "return_check"])
def test_return_of_300_pupils_takes_the_queries_of_three(sign_in, school, kind, name):
    pupil_return = ReturnFactory(school=school, collection__kind=kind)
    client = sign_in(Role.SENCO, school=school)
    add_pupils(pupil_return, 3)
    few, _ = queries_of(client, name, pupil_return.pk)
    add_pupils(pupil_return, 297)
    many, text = queries_of(client, name, pupil_return.pk)
    assert "300" in text
    assert many <= few <= MOST
