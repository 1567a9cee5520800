"""An officer adds a pupil who may be known already: asked, looked up, answered once."""

import datetime as dt

import pytest

from banding_portal.roles import Role
from schools.models import Pupil, PupilAnswer
from tests.factories import PupilFactory, SchoolFactory

BORN = dt.date(2018, 3, 31)
QUESTION = "Is this a pupil the portal knows already?"


@pytest.fixture
def officer(visit, member):
    known = {"surname": "Núñez", "forename": "Zoë", "reference": "K-1", "date_of_birth": BORN}
    PupilFactory(school=SchoolFactory(), **known)
    visitor = visit(member(Role.SEND_OFFICER))
    visitor.go("/pupils/new/")
    return fill_in(visitor)


def fill_in(visitor):
    visitor.fill("Surname", "Nunez")
    visitor.fill("Forename", "Zoe")
    visitor.fill_date("Date of birth", BORN)
    visitor.fill("The authority’s reference", "N-1")
    visitor.fill("Responsible authority", "999")
    visitor.press("Save")
    visitor.sees("Say whether this is a pupil the portal knows already")
    return visitor


def test_known_pupil_is_opened_and_none_added(officer):
    officer.choose(QUESTION, "Yes: Zoë Núñez, K-1")
    officer.press("Save")
    officer.sees("Nothing is added. This is the record of the pupil.")
    officer.sees_heading("Zoë Núñez")
    assert Pupil.objects.count() == 1


def test_another_child_is_added_and_found_in_any_spelling(officer):
    officer.choose(QUESTION, "No, this is another child")
    officer.fill("Why it is another child (optional)", "Cousins")
    officer.press("Save")
    officer.sees("The pupil is added")
    assert (Pupil.objects.count(), PupilAnswer.objects.get().reason) == (2, "Cousins")
    officer.go("/pupils/?q=zoe+n%C3%BA%C3%B1ez")
    officer.sees("K-1")
    officer.sees("N-1")
