"""A query in two browsers: asked from a page on a phone, answered, read."""

from django.urls import reverse

from banding_portal.roles import Role
from schools.models import Query
from schools.queries.services.answering import reply_to_query
from tests.factories import PupilFactory, QueryFactory, SchoolFactory


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


def test_two_queries_are_merged_and_answered_as_one(visit, member):
    school = SchoolFactory(name="Alderbrook")
    asker = member(Role.SENCO, school=school)
    first = QueryFactory(school=school, subject="Which day counts?", asked_by=asker)
    QueryFactory(school=school, subject="The day again", asked_by=asker, message="First of term?")
    officer = visit(member(Role.SEND_OFFICER), width=320)
    officer.go(reverse("schools:query_list"))
    officer.follow("The day again")
    officer.press("Merge into another query")
    box = officer.page.get_by_label("Which query is it about the same as?")
    box.select_option(str(first.pk))
    officer.press("Merge")
    officer.sees_heading("Which day counts?")
    assert "First of term?" in officer.text()
    officer.page.get_by_label("Your reply").fill("The first day of term.")
    officer.press("Send the reply")
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 320
    senco = visit(asker)
    senco.go("/")
    senco.follow("was answered")
    assert "First of term?" in senco.text()
    assert "The first day of term." in senco.text()


def test_answer_is_published_for_every_school_without_telling_who_asked(visit, member):
    answers = member(Role.SEND_OFFICER)
    query = QueryFactory(school=SchoolFactory(name="Alderbrook"), subject="Which day counts?")
    reply_to_query(query=query, text="The first of term.", seen=1, by=answers)
    officer = visit(answers)
    officer.go(reverse("schools:query_detail", args=[query.pk]))
    officer.press("Publish the answer as a question")
    officer.page.get_by_label("Question").fill("Which day counts at Alderbrook?")
    officer.page.get_by_label("Answer", exact=True).fill("It is the first of term.")
    officer.page.get_by_role("button", name="Publish").click()
    officer.page.get_by_role("link", name="Take out “Alderbrook”").wait_for()
    officer.page.get_by_label("Question").fill("Which day counts?")
    officer.page.get_by_role("button", name="Publish").click()
    officer.sees_heading("Questions and answers")
    other = visit(member(Role.SENCO, school=SchoolFactory()), width=320)
    other.go(reverse("schools:question_list"))
    other.page.get_by_text("Which day counts?").click()
    assert "It is the first of term." in other.text()
