"""How things stand, on the home page of every role."""

import pytest
from django.urls import reverse

from banding.standing import standing_of
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.factories import ReturnFactory, person

pytestmark = pytest.mark.django_db


def test_school_sees_its_own_pupils_counted():
    pupil_return, rows = return_with_pupils(3)
    decide(rows[0])
    (standing,) = standing_of(senco_of(pupil_return))
    assert dict(standing.figures) == {
        "Pupils": "3",
        "Done": "1",
        "Still to do": "2",
        "The return is": "in progress",
    }
    assert standing.chart == ()


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_authority_sees_every_school_and_a_stranger_none(role):
    pupil_return = ReturnFactory()
    ReturnFactory(collection=pupil_return.collection)
    (standing,) = standing_of(person(role))
    assert [(bar["label"], bar["value"]) for bar in standing.chart] == [
        ("Submitted", 0),
        ("In progress", 0),
        ("Not started", 2),
    ]
    assert standing_of(person(Role.FINANCE_OFFICER)) == []


def test_home_shows_the_figures(client):
    pupil_return, _ = return_with_pupils(2)
    client.force_login(senco_of(pupil_return))
    page = client.get(reverse("home")).content.decode()
    assert "Still to do" in page
