"""The whole way once: from an empty portal to a published payment schedule."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from banding.models import BandDecision
from banding_portal.roles import Role
from funding.models import Line, Run
from schools.models import Quadrant
from tests.browser import files, finance, office, school
from tests.browser.visitor import Visitor
from tests.factories import FrameworkFactory

COLLECTION = "Autumn banding exercise"
SCHOOL = "Alderbrook Primary School"
BANDS = {"Adair": "A", "Bell": "B", "Cole": "B", "Dunn": "C"}


@pytest.fixture
def framework(transactional_db):
    return FrameworkFactory()


def test_main_job_from_register_to_statement(visit, member, worker, framework):
    link = authority_sets_up(visit(member(Role.ADMINISTRATOR)))
    senco: Visitor = visit()
    office.accept_invitation(senco, link)
    school_makes_its_return(senco)
    assert submitted_bands() == BANDS

    moderator = member(Role.MODERATOR, quadrant=Quadrant.objects.get())
    office.draw_sample(visit(member(Role.MODERATION_LEAD)))
    moderator_settles(visit(moderator))

    officer = visit(member(Role.FINANCE_OFFICER))
    total = finance_prepares(officer, framework.code)
    authoriser = visit(member(Role.FINANCE_AUTHORISER))
    authoriser.do_what_is_due()
    finance.publish(authoriser)
    schedule_equals_screen(officer, total)
    statement_equals_lines(senco)


def authority_sets_up(visitor: Visitor) -> str:
    """Returns where the SENCO's invitation leads."""
    office.load_schools(visitor)
    office.make_quadrant(visitor, "North")
    office.load_pupils(visitor)
    link = office.invite(visitor, "senco@example.org", "SENCO", SCHOOL)
    office.open_collection(visitor, COLLECTION)
    return link


def school_makes_its_return(visitor: Visitor) -> None:
    """Two pupils on screen, two by template: at first with faults, then right."""
    visitor.sees(COLLECTION)
    visitor.begin_with("Amira Adair")
    visitor.sees_heading("Amira Adair")
    school.see_suggestion(visitor, "1", "A")
    school.band_on_screen(visitor, "1", "A")
    school.band_on_screen(visitor, "2", "B")
    visitor.go("/returns/")
    visitor.follow(COLLECTION)
    visitor.sees("2 of 4 pupils done")
    template_with_faults(visitor, school.download_template(visitor))
    visitor.press("Upload your file again")
    template_put_right(visitor)
    visitor.press("Check answers and submit")
    school.submit(visitor)


def template_with_faults(visitor: Visitor, template: files.Template) -> None:
    template.decide("Cole", "2", "G").decide("Dunn", "9", "C")
    visitor.follow("Upload a filled-in template")
    school.upload_template(visitor, template)
    visitor.sees("There are 3 problems in this file")
    visitor.sees("Nothing has been saved")
    visitor.sees("Enter A, B or C")
    marked = visitor.download("Download your sheet with the problems marked")
    headings = [cell.value for cell in files.Template(marked).sheet[1]]
    assert "Errors" in headings


def template_put_right(visitor: Visitor) -> None:
    template = files.Template(visitor.download("Download the template"))
    for surname, level in (("Cole", "2"), ("Dunn", "3")):
        template.decide(surname, level, BANDS[surname], Rationale=office.RATIONALE)
    school.upload_template(visitor, template)
    assert visitor.figure("New decisions") == "2"
    assert visitor.figure("Unchanged") == "2"
    office.apply(visitor, "Apply these decisions")


def submitted_bands(source: str = "school") -> dict[str, str]:
    rows = BandDecision.objects.filter(state="submitted", source=source)
    return dict(rows.values_list("pupil__surname", "band__code"))


def moderator_settles(visitor: Visitor) -> None:
    """All four blind; then one case is changed to another band, the others are upheld."""
    visitor.open_menu("Moderation")
    for _ in range(4):
        visitor.press("Judge the next case")
        office.judge(visitor, "2", "B")
    for left in (3, 2, 1, 0):
        office.settle(visitor, changing="A", to="B")
        if left:
            visitor.press("Settle the next case")
    assert submitted_bands("moderation") == BANDS | {"Adair": "B"}


def finance_prepares(visitor: Visitor, framework: str) -> str:
    """Returns the control total as on screen."""
    finance.load_calendar_and_values(visitor, framework)
    finance.calculate(visitor)
    finance.clear_exceptions(visitor, "Two placements on the same day")
    finance.clear_exceptions(visitor, "No agreed band")
    finance.send_for_checking(visitor)
    return visitor.figure("Control total")


def schedule_equals_screen(visitor: Visitor, total: str) -> None:
    visitor.page.reload()
    assert visitor.figure("Control total") == total
    visitor.follow("Download the schedule")
    amounts = files.column(visitor.download("CSV"), "Amount")
    in_database = Line.objects.aggregate(total=Sum("amount"))["total"]
    assert sum(map(Decimal, amounts)) == in_database == finance.money(total)
    assert Run.objects.get().state == "published"


def statement_equals_lines(visitor: Visitor) -> None:
    visitor.open_menu("Statements")
    visitor.follow("This term")
    paid = visitor.figure("Paid for this term")
    expected = Line.objects.filter(school__urn=files.ALDERBROOK).aggregate(total=Sum("amount"))
    assert finance.money(paid) == expected["total"]
    amounts = files.column(visitor.download("CSV"), "Amount")
    assert sum(map(Decimal, amounts)) == expected["total"]
