"""A term with an adjustment in the next one, in a browser: from a late leaver to the statement."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from funding.models import Line, Run
from tests.browser import finance
from tests.browser.visitor import Visitor
from tests.factories import PeriodFactory, SchoolFactory
from tests.funding.funded import funded_pupil, set_value

AUTUMN, SPRING = "Autumn term 2026", "Spring term 2027"
LEFT = dt.date(2026, 10, 31)


@pytest.fixture
def school(transactional_db):
    """£1,220.00 a pupil for the autumn, £915.00 for the spring."""
    set_value()
    autumn = PeriodFactory(name=AUTUMN)
    PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name=SPRING,
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
        numerator=3,
    )
    school = SchoolFactory(name="Alderbrook Primary School")
    funded_pupil(school, surname="Bell", forename="Ben")
    return school


def test_late_leaver_is_taken_back_in_the_next_term(visit, member, worker, school):
    leaver = funded_pupil(school, surname="Adair", forename="Amira")
    officer = visit(member(Role.FINANCE_OFFICER))
    authoriser = visit(member(Role.FINANCE_AUTHORISER))
    assert pay(officer, authoriser, AUTUMN) == "£2,440.00"

    end_placement(visit(member(Role.SEND_OFFICER)), leaver)
    # The draft begun before is calculated again, and says what is another line now.
    assert pay(officer, authoriser, SPRING, left=leaver.reference) == "£305.00"

    head = visit(member(Role.HEADTEACHER, school=school))
    head.open_menu("Statements")
    head.follow(SPRING)
    assert head.figure("Paid for this term") == "£305.00"
    head.sees("What changed since Autumn term 2026")
    head.sees("£2,135.00 less than the £2,440.00 for Autumn term 2026")
    head.sees("−£610.00 for Autumn term 2026, 1 November 2026 to 31 December 2026 (61 days)")
    ask_about_the_adjustment(head, leaver.reference)
    assert_database_agrees()


def pay(officer: Visitor, authoriser: Visitor, term: str, left: str = "") -> str:
    """Calculated, compared, sent and published; returns the control total as on screen."""
    officer.go("/runs/new/")
    officer.page.get_by_label(term).check()
    officer.press("Calculate")
    officer.wait_for_job()
    officer.sees_heading(term)
    if left:
        officer.follow("Schools compared with Autumn term 2026")
        officer.follow("Alderbrook Primary School")
        officer.sees("£2,135.00 less than the £2,440.00 for Autumn term 2026")
        officer.sees(left)
        officer.sees("Left")
        officer.go(reverse("funding:run_detail", args=[Run.objects.get(state="draft").pk]))
    finance.send_for_checking(officer)
    total = officer.figure("Control total")
    authoriser.go(reverse("funding:run_detail", args=[Run.objects.get(state="checked").pk]))
    finance.publish(authoriser)
    return total


def end_placement(visitor: Visitor, pupil) -> None:
    visitor.go(reverse("schools:placement_end", args=[pupil.placements.get().pk]))
    visitor.fill_date("Last day", LEFT)
    visitor.press("Save")
    visitor.sees("This changes money that is published")
    visitor.leave_by(visitor.page.locator("main form").get_by_role("button").first)
    visitor.sees("The placement’s last day is saved.")


def ask_about_the_adjustment(visitor: Visitor, reference: str) -> None:
    link = re.compile(rf"Ask about this line\s*: {reference},\s*−£610\.00")
    visitor.leave_by(visitor.page.get_by_role("link", name=link))
    visitor.sees("This goes with your question")
    visitor.fill("Your question", "Who told you that she left in October?")
    visitor.press("Send your question")
    visitor.sees("1 November 2026 to 31 December 2026 (61 days)")


def assert_database_agrees() -> None:
    autumn, spring = Run.objects.order_by("period__start")
    assert (autumn.control_total, spring.control_total) == (Decimal("2440.00"), Decimal("305.00"))
    [adjustment] = Line.objects.filter(kind="adjustment")
    assert (adjustment.run, adjustment.amount) == (spring, Decimal("-610.00"))
