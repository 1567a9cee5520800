"""The whole life of a case: judged, evidence asked for and answered, settled, published,
challenged, decided by a panel, final; each by its own person at the page they find it on.
"""

import datetime as dt

from django.utils import timezone

from banding.models import BandDecision, Collection
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case, Outcome
from tests.browser.office import RATIONALE, change_band, judge
from tests.documents import pdf
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import decided, given_case


def test_case_is_judged_answered_challenged_and_decided_for_good(visit, member):
    school, today = SchoolFactory(), timezone.localdate()
    moderator = member(Role.MODERATOR, quadrant=school.quadrant)
    collection = CollectionFactory(feedback_on=today + dt.timedelta(days=1))
    given_case(decided(collection, school, "B", rationale=RATIONALE), moderator)
    at_school = visit(member(Role.SENCO, school=school), width=320)
    office = visit(moderator)
    leads = visit(member(Role.MODERATION_LEAD))
    members = [member(Role.SEND_OFFICER, name=f"Officer {name}") for name in ("One", "Two")]

    office.do_what_is_due()
    judge(office, "2", "C")
    ask_for_evidence(office)
    answer(at_school)
    settle(office)
    publish(leads, at_school, collection)
    challenge(at_school)
    call_panel(leads, [str(one) for one in members], today)
    decide(visit(members[0]), [str(one) for one in members])
    read_decision(at_school)

    outcome = Outcome.objects.select_related("band", "case").get()
    assert (outcome.band.code, outcome.case.state) == ("B", CaseState.SETTLED)


def ask_for_evidence(office):
    office.press("Ask for evidence")
    office.fill("Message to the school", "How often is there help?")
    office.fill("What you ask for", "The therapist’s report")
    office.press("Ask the school")
    office.sees("The school has until")
    office.sees("Waiting for evidence")


def answer(at_school):
    at_school.go("/")
    at_school.leave_by(at_school.page.get_by_text("Answer the request"))
    at_school.sees("How often is there help?")
    at_school.attach("report.txt", b"words")
    at_school.fill("What it is", "Report of March")
    at_school.press("Add the document")
    at_school.sees("This type of file cannot be sent")
    at_school.attach("report.pdf", pdf())
    at_school.press("Add the document")
    at_school.sees("Added: Report of March")
    at_school.press("Answer the request")
    at_school.press("Send the answer")
    at_school.sees("can read your answer now")


def settle(office):
    office.go(f"/cases/{Case.objects.get().pk}/")
    assert office.download("Report of March") == pdf()
    change_band(office, "C")
    office.sees("Changed")


def publish(leads, at_school, collection):
    at_school.go("/outcomes/")
    at_school.sees("No outcomes")
    leads.open_menu("Moderation")
    leads.page.locator("table").get_by_role("link", name=collection.name).first.click()
    leads.sees("Outcomes are held until")
    Collection.objects.update(feedback_on=timezone.localdate())
    yesterday = timezone.now() - dt.timedelta(days=1)
    Outcome.objects.update(recorded_at=yesterday)
    BandDecision.objects.filter(source="moderation").update(submitted_at=yesterday)
    leads.page.reload()
    leads.press("Tell schools of the outcomes")
    leads.sees("Published to 1 school")
    at_school.go("/outcomes/")
    at_school.leave_by(at_school.page.get_by_role("link", name="Letter of"))
    at_school.sees("Challenge until")


def challenge(at_school):
    at_school.go("/outcomes/")
    at_school.leave_by(at_school.page.locator("tbody").get_by_role("link").first)
    at_school.press("Challenge this outcome")
    at_school.fill("Why the outcome is wrong", "It leaves out the report.")
    at_school.press("Send the challenge")
    at_school.sees("A panel of people who neither judged nor settled it decides")


def call_panel(leads, members, today):
    leads.open_menu("Moderation")
    leads.follow("Panels")
    leads.sees("Challenged by the school")
    leads.press("Call a panel")
    leads.fill_date("Day", today)
    leads.fill("Where it meets", "Room 2")
    for name in members:
        leads.choose("Members", name)
    leads.press("Call the panel")
    leads.leave_by(leads.page.get_by_role("button", name="Put on the agenda"))
    leads.sees("is on the agenda")


def decide(officer, members):
    officer.open_home()
    officer.press("See the agenda")
    officer.leave_by(officer.page.locator("tbody").get_by_role("link").first)
    officer.sees("It leaves out the report.")
    officer.press("Record the decision")
    officer.choose("Band", "Band B")
    officer.fill("Explain it to the school", "The report describes what you said.")
    for name in members:
        officer.choose("Who took part", name)
    officer.fill("Minutes", "The report was read. All agreed.")
    officer.press("Check the decision")
    officer.press("Record the decision")
    officer.sees("Decided. This is final for the collection.")


def read_decision(at_school):
    at_school.go("/outcomes/")
    at_school.leave_by(at_school.page.locator("tbody").get_by_role("link").first)
    at_school.sees("Its decision is final for")
    at_school.sees("The report describes what you said.")
    assert at_school.page.evaluate("document.documentElement.scrollWidth") == 320
