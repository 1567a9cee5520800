"""A duplicate found, compared and merged in a browser, and taken back."""

import pytest

from banding.collections.services import sync_return_pupils
from banding.models import ReturnPupil
from banding_portal.roles import Role
from schools.models import Pupil
from tests.factories import CollectionFactory, PupilFactory, SchoolFactory


@pytest.fixture
def officer(visit, member):
    """Before two records of a child, each on the list of another school."""
    collection = CollectionFactory()
    for name, reference in (("Nuñez", "K-1"), ("Nunez", "D-1")):
        PupilFactory(school=SchoolFactory(), surname=name, forename="Zoë", reference=reference)
    sync_return_pupils(collection)
    return visit(member(Role.SEND_OFFICER))


def test_duplicate_is_found_compared_merged_and_taken_back(officer):
    merge(officer)
    assert (Pupil.objects.count(), ReturnPupil.objects.count()) == (1, 1)
    officer.follow("Take back")
    officer.press("Take the merge back")
    officer.sees("They are two records again")
    assert ReturnPupil.objects.count() == 2


def merge(visitor):
    visitor.open_menu("Pupils")
    visitor.press("Possible duplicates")
    visitor.sees("1 pair")
    visitor.follow("Nu")
    visitor.sees_heading("Are these the same child?")
    visitor.press("Same child: show what this will change")
    visitor.sees("Say how you know")
    visitor.choose("Which record stands?", "Zoë Nuñez, K-1")
    visitor.choose("Which is right: name?", "Nuñez, Zoë")
    visitor.choose("Which is right: the authority’s reference?", "K-1")
    visitor.fill("How do you know?", "Same form, same mother")
    visitor.press("Same child: show what this will change")
    visitor.sees("1 placement of the other record moved over.")
    visitor.press("Merge the two records")
    visitor.sees("The two records are one now")
