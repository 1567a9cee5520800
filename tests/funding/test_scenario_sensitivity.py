"""What moves the cost: each value by 1%, and one more plan on each band (rules.md F14)."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from funding.models import CaseloadReading
from funding.scenarios.pricing import price
from funding.scenarios.sensitivity import OneMore, Swing, moved, one_more, swings
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.funding.test_scenario_pages import stored, url
from tests.funding.test_scenario_pricing import LONG_AGO, PRICES, caseload, state, whole_year
from tests.pages import flat


def test_each_value_moves_the_cost_by_a_hundredth_of_what_it_pays():
    """Two pupils on A at £2,240.00 all year and one on B at £4,044.00: £44.80 and £40.44."""
    found = caseload(*whole_year(0), *whole_year(1), *whole_year(2, band=1))
    assert swings(found, PRICES) == [
        Swing(0, "mainstream", -4480, 4480),
        Swing(1, "mainstream", -4044, 4044),
    ]


def test_swings_are_what_pricing_all_of_it_again_comes_to():
    """Somebody moves from one sector to another in the year, at the same and at another value."""
    moves = [
        *whole_year(0),
        state(1, term=0, end="2026-10-31"),
        state(1, term=0, start="2026-11-01", sector="special"),
        state(2, band=1, term=1),
    ]
    same = {**PRICES, (0, "special"): ((LONG_AGO, 224_000),)}
    for prices in (PRICES, same):
        found = caseload(*moves)
        usual = price(found, prices).total
        for swing in swings(found, prices):
            cell = swing.band, swing.sector
            for percent, change in ((99, swing.down), (101, swing.up)):
                whole = price(found, {**prices, cell: moved(prices[cell], percent)}).total
                assert whole - usual == change


def test_value_that_nobody_knows_moves_nothing_and_other_authorities_are_left_out():
    unknown = {**PRICES, (1, "mainstream"): ((LONG_AGO, None),)}
    found = caseload(*whole_year(0, band=1), *whole_year(1, own=False))
    assert swings(found, unknown) == [Swing(1, "mainstream", 0, 0)]


def test_one_more_plan_costs_what_the_band_pays_on_average_by_day():
    """A: one all year in a mainstream school (365 days at £2,240), one at £3,000 for 122."""
    found = caseload(*whole_year(0), state(1, term=0, sector="special"))
    average = round((365 * 224_000 + 122 * 300_000) / 487)
    assert one_more(found, PRICES, (0, 1)) == [OneMore(0, average), OneMore(1, None)]


@pytest.fixture
def year(db):
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    funded_pupil(code="A")
    funded_pupil(code="B")
    return make_year()


def test_page_shows_the_swings_and_one_more_plan(sign_in, year):
    """B at £3,000 in the scenario: 1% is £30.00; A's £22.40."""
    finance = sign_in(Role.FINANCE_OFFICER)
    page = flat(finance.get(url(stored(finance.user), "sensitivity")).content.decode())
    rows = re.findall(r"<th scope=\"row\">([^<]*)</th>\s*<td[^>]*>([^<]*)</td>", page)
    assert rows[:2] == [("Band B, Mainstream", "−£30.00"), ("Band A, Mainstream", "−£22.40")]
    assert ("Band A", "£2,240.00") in rows
    assert ("Band B", "£3,000.00") in rows
    assert ("Band C", "–") in rows


def test_page_waits_until_the_scenario_is_worked_out(sign_in, year):
    finance = sign_in(Role.FINANCE_OFFICER)
    scenario = stored(finance.user)
    CaseloadReading.objects.all().delete()
    answer = finance.get(url(scenario, "sensitivity"))
    assert answer.url == url(scenario)
    assert "Read the pupils again first" in flat(finance.get(answer.url).content.decode())


def test_page_names_no_pupil_and_only_its_readers_see_it(sign_in, year):
    finance = sign_in(Role.FINANCE_OFFICER)
    draft = stored(finance.user)
    other = sign_in(Role.FINANCE_OFFICER)
    assert other.get(url(draft, "sensitivity")).status_code == 404
    assert other.get(reverse("funding:scenario_list")).status_code == 200
    assert Decimal(draft.result["cost_total"]) == Decimal("5240.00")
