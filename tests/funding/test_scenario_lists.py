"""Lists on screen: who comes and goes, phase ends, go-live days, and rules of values (F14, F15)."""

import datetime as dt

import pytest

from banding_portal.roles import Role
from funding.models import BandValue, Scenario
from funding.scenarios.adopting import mark_of_terms
from funding.scenarios.services import adopt_scenario, share_scenario
from tests.funding.funded import band
from tests.funding.test_scenario_pages import filled, stored, url, year  # noqa: F401
from tests.jobs import work_on
from tests.pages import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def scenario(finance, year):  # noqa: F811
    return stored(finance.user)


def sent(finance, scenario: Scenario, **wanted):
    answer = finance.post(url(scenario, "edit"), filled(scenario, **wanted))
    scenario.refresh_from_db()
    for work in scenario.works.filter(state="waiting"):
        work_on(work)
    return answer


def test_who_comes_and_goes_is_saved_shown_and_priced(finance, scenario):
    """Two on £3,142.00 on average who join each month, one leaving from the second on."""
    coming = {
        "monthly_1_sector": "mainstream", "monthly_1_need": "", "monthly_1_joiners": "2",
        "monthly_1_leavers": "1", "phase_ends_0_after_year": "11", "phase_ends_0_percent": "25",
    }  # fmt: skip
    sent(finance, scenario, **coming)
    growth = scenario.terms["growth"]
    assert [
        {key: value for key, value in kind.items() if value is not None}
        for kind in growth["monthly"]
    ] == [{"sector": "mainstream", "joiners": 2, "leavers": 1}]
    assert growth["phase_ends"] == [{"after_year": 11, "percent": 25}]
    page = flat(finance.get(url(scenario)).content.decode())
    assert "2 join and 1 leaves a month: Mainstream" in page
    assert "25% of plans cease after Year 11" in page
    page = flat(finance.get(url(scenario, "edit")).content.decode())
    assert 'name="monthly_0_joiners" value="2"' in page
    assert 'name="monthly_3_joiners"' in page


def test_what_is_wrong_in_a_row_stands_at_its_box(finance, scenario):
    answer = sent(finance, scenario, monthly_2_joiners="3", phase_ends_1_percent="300",
                  phase_ends_1_after_year="6")  # fmt: skip
    page = flat(answer.content.decode())
    assert "Choose the sector of these pupils" in page
    assert 'href="#id_monthly_2_sector"' in page
    assert 'href="#id_phase_ends_1_percent"' in page
    assert 'name="monthly_2_joiners" value="3"' in page
    answer = sent(finance, scenario, monthly_0_sector="mainstream", monthly_0_leavers="many")
    assert "The pupils who leave must be a whole number, 0 or more" in flat(answer.content.decode())


def test_sector_goes_live_on_its_day(finance, scenario):
    day = {f"go_live_mainstream_{place}": part for place, part in enumerate(("1", "4", "2027"))}
    value = {f"value_{band('B').pk}_mainstream": "3000"}
    sent(finance, scenario, values_from="table", **value, **day)
    assert scenario.terms["go_live"] == {"mainstream": "2027-04-01"}
    page = flat(finance.get(url(scenario)).content.decode())
    assert "Mainstream from 1 April 2027" in page
    page = flat(finance.get(url(scenario, "edit")).content.decode())
    assert 'value="2027"' in page
    wrong = {"go_live_mainstream_0": "31", "go_live_mainstream_1": "2",
             "go_live_mainstream_2": "2027"}  # fmt: skip
    answer = sent(finance, scenario, values_from="table", **value, **wrong)
    assert "The day Mainstream goes live must be a real date" in flat(answer.content.decode())
    sent(finance, scenario, values_from="today", **day)
    assert scenario.terms["go_live"] == {}


def test_adopted_sector_that_goes_live_later_begins_then(finance, year, sign_in):  # noqa: F811
    scenario = stored(finance.user, go_live={"mainstream": "2027-04-01"})
    share_scenario(scenario=scenario, by=finance.user)
    authoriser = sign_in(Role.FINANCE_AUTHORISER).user
    seen = mark_of_terms(scenario)
    adopt_scenario(scenario=scenario, day=dt.date(2026, 12, 1), seen=seen, by=authoriser)
    value = BandValue.objects.get(annual_value=3000)
    assert value.effective_from == dt.date(2027, 4, 1)


def looked_for(finance, scenario, **wanted):
    asked = {"name": "Found", "budget": "6284", "keep_order": "on", **wanted}
    return finance.post(url(scenario, "find"), asked)


def test_rules_of_bands_and_sectors_are_kept(finance, scenario):
    answer = looked_for(
        finance, scenario, round_to="10", fixed_0_band="A", fixed_0_sector="mainstream",
        fixed_0_annual_value="£2,000", limits_1_band="B", limits_1_sector="mainstream",
        limits_1_most="3900", shares_0_sector="mainstream", shares_0_least="100",
    )  # fmt: skip
    assert answer.status_code == 302
    made = Scenario.objects.get(name="Found")
    found = {each["band"]: each["annual_value"] for each in made.terms["values"]}
    assert (found["A"], found["B"]) == (2000, 3900)


def test_rules_that_contradict_each_other_are_told(finance, scenario):
    answer = looked_for(
        finance, scenario, limits_0_band="A", limits_0_sector="mainstream", limits_0_least="5000",
        limits_1_band="A", limits_1_sector="mainstream", limits_1_most="4000",
    )  # fmt: skip
    page = flat(answer.content.decode())
    assert "these rules contradict each other" in page
    assert 'name="limits_0_least" value="5000"' in page


def test_rule_that_is_not_complete_says_what_is_missing(finance, scenario):
    answer = looked_for(finance, scenario, ratios_2_sector="special", ratios_2_least="1.2",
                        fixed_0_annual_value="x")  # fmt: skip
    page = flat(answer.content.decode())
    assert "The fixed value must be in pounds, like 12000 or £12,000.50" in page
    answer = looked_for(finance, scenario, ratios_2_sector="special", ratios_2_least="1.2")
    page = flat(answer.content.decode())
    assert 'href="#id_ratios_2_to_sector"' in page
