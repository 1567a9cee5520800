"""From any page to a pupil, a school or the help by a few letters, on a phone too."""

from django.urls import reverse

from banding_portal.roles import Role
from tests.factories import PupilFactory, SchoolFactory


def test_senco_finds_a_pupil_and_then_help_from_the_header(visit, member):
    school = SchoolFactory(name="Alderbrook Primary School")
    for forename in ("Amira", "Sana"):
        PupilFactory(school=school, surname="Khan", forename=forename)
    PupilFactory(school=SchoolFactory(), surname="Khan", forename="Elsewhere")
    senco = visit(member(Role.SENCO, school=school))
    senco.go(reverse("help"))
    find(senco, "khan")
    senco.sees("Khan, Sana")
    assert senco.page.get_by_text("Elsewhere").count() == 0
    senco.follow("Khan, Amira")
    senco.sees_heading("Amira Khan")
    find(senco, "deadline")
    senco.page.get_by_role("heading", name="Help", exact=True).wait_for()


def find(visitor, text):
    visitor.page.get_by_label("Find a pupil, school, person, case, run or help").fill(text)
    visitor.press("Find")


def test_officer_finds_a_school_on_a_phone(visit, member):
    for name in ("Alderbrook Primary School", "Alder Lane School"):
        SchoolFactory(name=name)
    officer = visit(member(Role.SEND_OFFICER), width=320)
    officer.go(reverse("schools:training_list"))
    officer.follow("Find")
    search = officer.page.get_by_role("search", name="What to look for")
    search.get_by_role("searchbox").or_(search.get_by_role("textbox")).fill("alder")
    officer.press("Find")
    officer.sees("Alder Lane School")
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 320
    officer.follow("Alderbrook Primary School")
    officer.sees_heading("Alderbrook Primary School")
