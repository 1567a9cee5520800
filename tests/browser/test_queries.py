"""A query in two browsers: asked from a page on a phone, answered, read."""

from django.urls import reverse

from banding_portal.roles import Role
from schools.models import Query
from tests.factories import PupilFactory, SchoolFactory


def test_school_asks_from_a_page_and_reads_the_answer(visit, member):
    school = SchoolFactory()
    pupil = PupilFactory(school=school, surname="Khan")
    senco = visit(member(Role.SENCO, school=school), width=320)
    senco.go(reverse("schools:pupil_detail", args=[pupil.pk]))
    senco.follow("Ask the authority")
    senco.choose("What is it about?", "Pupils, placements and plans")
    senco.fill("In a few words", "A date")
    senco.page.get_by_label("Your question").fill("Which date of Amira Khan is right?")
    senco.press("Send your question")
    senco.page.get_by_role("link", name="Take out the name Amira Khan").wait_for()
    senco.page.get_by_label("Your question").fill("Which date is right?")
    senco.press("Send your question")
    senco.sees_heading("A date")
    officer = visit(member(Role.SEND_OFFICER))
    officer.do_what_is_due()
    officer.follow("A date")
    assert pupil.reference in officer.text()
    officer.page.get_by_label("Your reply").fill("The first day of term.")
    officer.press("Send the reply")
    assert Query.objects.get().state == "answered"
    senco.go("/")
    senco.follow("was answered")
    assert "The first day of term." in senco.text()
    assert senco.page.evaluate("document.documentElement.scrollWidth") <= 320
