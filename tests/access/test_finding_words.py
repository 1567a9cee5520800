"""“Find” in any order of words, without dashes, and only what a person may open."""

import pytest
from django.urls import reverse

from banding_portal.finding.results import found_for
from banding_portal.roles import Role
from schools.selectors.pupils import with_dash
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory, SchoolFactory, person
from tests.pages import flat
from tests.schools.sheets import published_sheet
from tests.schools.training import training

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "dashed"),
    [("99912", "999-12"), ("WM12", "WM-12"), ("999-12", ""), ("KHAN", ""), ("12", "")],
)
def test_reference_without_its_dash(typed, dashed):
    assert with_dash(typed) == dashed


def kinds(user, text):
    return {group.heading: [row.title for row in group.rows] for group in found_for(user, text)}


def test_words_in_any_order(school):
    officer = person(Role.SEND_OFFICER)
    person(Role.SENCO, school=school, name="Nadia Brightwell")
    training(title="The descriptors, live")
    sheet = published_sheet(title="Autumn banding exercise")
    assert kinds(officer, "brightwell nadia")["People at schools"] == ["Nadia Brightwell"]
    assert kinds(officer, "live descriptors")["Training"] == ["The descriptors, live"]
    assert kinds(officer, "exercise autumn")["Information sheets"] == [sheet.title]
    assert kinds(officer, f"sheet {sheet.label}")["Information sheets"] == [sheet.title]


def test_partner_finds_the_returns_that_a_pupil_of_their_schools_is_on():
    school = SchoolFactory()
    partner = person(Role.INCLUSION_PARTNER, school=school)
    pupil = PupilFactory(school=school, reference="999-4711")
    row = ReturnPupilFactory(pupil=pupil, pupil_return=ReturnFactory(school=school))
    ReturnPupilFactory(pupil=PupilFactory(reference="999-4712"))
    assert kinds(partner, "9994711")["Pupils on returns"] == ["Pupil 999-4711"]
    assert "Pupils on returns" not in kinds(partner, "999-4712")
    assert row.pupil_return.school == school


def test_only_hit_says_that_it_is_all(sign_in):
    school = SchoolFactory(name="Zymurgy Academy")
    page = sign_in(Role.SEND_OFFICER).get(reverse("find"), {"q": "zymurgy"}, follow=True)
    assert "This page is all that was found for “zymurgy”." in flat(page.text)
    assert school.name in page.text


def test_help_of_a_page_that_is_closed_is_not_offered(school):
    senco, administrator = person(Role.SENCO, school=school), person(Role.ADMINISTRATOR)
    assert "Emails" in kinds(administrator, "mail server answers").get("Help", [])
    assert "Emails" not in kinds(senco, "mail server answers").get("Help", [])
