"""A scenario is built, values are found, compared and adopted, and the next run pays them (F14)."""

import datetime as dt

import pytest

from banding_portal.roles import Role
from funding.models import Run, Scenario
from tests.browser.finance import money
from tests.browser.visitor import Visitor
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year

FIRST_DAY = dt.date(2026, 9, 1)


@pytest.fixture
def year(transactional_db):
    """A pupil on A at £2,240 and one on B at £4,044: £6,284.00 a year."""
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    funded_pupil(code="A")
    funded_pupil(code="B")
    return make_year()


def build(finance: Visitor) -> None:
    finance.open_menu("Funding")
    finance.follow("Scenarios")
    finance.press("Make a scenario")
    finance.fill("Name of the scenario", "Cheaper B")
    finance.press("Continue")
    finance.page.get_by_label("The values in the table below").check()
    finance.fill("Band B, Mainstream", "3000")
    finance.press("Save and work it out")
    finance.wait_for_job()
    finance.sees_heading("Cheaper B")
    assert money(finance.figure("Cost of the year")) == 5240


def find(finance: Visitor) -> None:
    finance.press("Find values that fit")
    finance.fill("Name of the scenario that is made of them", "Values that fit")
    finance.fill("Budget for the year", "6000")
    finance.page.get_by_text("Limits of values").first.click()
    finance.select("Band, limit 1", "Band A")
    finance.select("Sector, limit 1", "Mainstream")
    finance.fill("At least, in pounds, limit 1", "2200")
    finance.press("Find the values")
    finance.wait_for_job()
    finance.sees_heading("Values that fit")
    assert money(finance.figure("Cost of the year")) <= 6000


def compare(finance: Visitor) -> None:
    finance.go("/scenarios/compare/")
    for box in finance.page.get_by_role("checkbox").all():
        box.check()
    finance.press("Compare")
    finance.sees("Against “Values that fit”")


def adopt(authoriser: Visitor, scenario: Scenario) -> None:
    authoriser.go(f"/scenarios/{scenario.pk}/")
    authoriser.press("Adopt its values")
    authoriser.fill_date("From which day do these values count?", FIRST_DAY)
    authoriser.press("Adopt the values")
    authoriser.page.get_by_label("This is right").check()
    authoriser.press("Adopt the values")
    authoriser.sees("Runs from then on use them.")


def test_built_found_compared_adopted_and_paid(visit, member, worker, year):
    finance = visit(member(Role.FINANCE_OFFICER))
    build(finance)
    find(finance)
    compare(finance)
    found = Scenario.objects.get(name="Values that fit")
    finance.go(f"/scenarios/{found.pk}/")
    finance.press("Share with finance")
    adopt(visit(member(Role.FINANCE_AUTHORISER)), found)
    for term in ("2026-autumn", "2027-spring", "2027-summer"):
        finance.go("/runs/new/")
        finance.page.get_by_label(term).check()
        finance.press("Calculate")
        finance.wait_for_job()
    found.refresh_from_db()
    assert sum(run.control_total for run in Run.objects.all()) == found.cost
