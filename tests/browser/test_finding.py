"""From any page to a pupil, a school, a person, a case, a run or the help, by a few letters."""

from django.urls import reverse

from banding_portal.roles import Role
from tests.factories import PupilFactory, SchoolFactory


def find(visitor, text):
    box = visitor.page.locator("header input[name=q]")
    box.fill(text)
    visitor.press("Find")


def test_senco_finds_a_pupil_and_help_from_a_page(visit, member):
    school = SchoolFactory(name="Alderbrook Primary School")
    for forename in ("Amira", "Sana"):
        PupilFactory(school=school, surname="Khan", forename=forename)
    PupilFactory(school=SchoolFactory(), surname="Khan", forename="Elsewhere")
    senco = visit(member(Role.SENCO, school=school), width=320)
    senco.go(reverse("help"))
    find(senco, "khan")
    senco.sees("Khan, Sana")
    assert senco.page.get_by_text("Elsewhere").count() == 0
    assert senco.page.evaluate("document.documentElement.scrollWidth") <= 320
    senco.follow("Khan, Amira")
    senco.sees_heading("Khan, Amira")
    find(senco, "deadline")
    senco.page.get_by_role("heading", name="Help", exact=True).wait_for()
