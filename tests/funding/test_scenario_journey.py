"""Build, find, compare, adopt, and the next run uses it (F14, F15)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from funding.models import BandValue, Period, Scenario, ScenarioWork
from funding.scenarios.adopting import mark_of_terms
from funding.services.runs import calculate_run
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.funding.test_scenario_pages import stored, url
from tests.jobs import work_on
from tests.pages import flat

pytestmark = pytest.mark.django_db
COMPARE = "funding:scenario_compare"


@pytest.fixture
def finance(sign_in):
    """With a pupil on A at £2,240 and one on B at £4,044: £6,284.00 a year."""
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    funded_pupil(code="A")
    funded_pupil(code="B")
    make_year()
    return sign_in(Role.FINANCE_OFFICER)


def page(client, address, **asked):
    return flat(client.get(address, asked).content.decode())


def test_build_find_compare_adopt_and_run(finance, sign_in):
    first = stored(finance.user)
    answer = finance.post(
        url(first, "find"), {"name": "Fits", "budget": "6,000", "keep_order": "on"}
    )
    found = Scenario.objects.get(name="Fits")
    for work in ScenarioWork.objects.filter(scenario=found):
        work_on(work)
    found.refresh_from_db()
    assert answer.status_code == 302
    assert found.cost <= 6000
    assert "The budget is £6,000.00." in found.note
    shown = page(finance, reverse(COMPARE), scenario=[str(first.pk), str(found.pk)])
    for words in ("Against “", "£5,240.00", "£6,000.00"):
        assert words in shown
    finance.post(url(found, "share"))
    day = {
        "day_0": "1",
        "day_1": "9",
        "day_2": "2026",
        "is_right": "on",
        "asked_about": f"2026-09-01 {mark_of_terms(found)}",
    }
    sign_in(Role.FINANCE_AUTHORISER).post(url(found, "adopt"), day)
    assert BandValue.objects.filter(effective_from="2026-09-01").count() == 3
    periods = Period.objects.order_by("start")
    total = sum(calculate_run(period=period, by=None).control_total for period in periods)
    assert total == found.cost


def test_contradiction_stands_on_the_page(finance):
    scenario = stored(finance.user)
    sent = {"name": "Fits", "budget": "100", "largest_change": "5"}
    shown = flat(finance.post(url(scenario, "find"), sent).content.decode())
    assert "No values fit, because these rules contradict each other." in shown
    assert "The budget is £100.00. A budget of £" in shown
    assert "would do: the values then cost" in shown
    assert Scenario.objects.count() == 1


def test_least_spend_and_sectors_are_asked_for(finance):
    scenario = stored(finance.user)
    sent = {"name": "Fits", "budget": "6000", "spend_at_least": "5,900", "sectors": ["mainstream"]}
    finance.post(url(scenario, "find"), sent)
    found = Scenario.objects.get(name="Fits")
    for work in ScenarioWork.objects.filter(scenario=found):
        work_on(work)
    found.refresh_from_db()
    assert 5900 <= found.cost <= 6000
    shown = page(finance, url(scenario, "find"))
    assert "Today’s values are those in force on" in shown
    assert all(f"share {number}" in shown for number in range(1, 8))


def test_rule_about_a_sector_that_is_not_looked_at_is_refused(finance):
    sent = {
        "name": "Fits", "budget": "6000", "sectors": ["special"],
        "shares_0_sector": "mainstream", "shares_0_least": "5",
    }  # fmt: skip
    shown = flat(finance.post(url(stored(finance.user), "find"), sent).content.decode())
    assert "Mainstream has a rule, but is not among the sectors" in shown


def test_rows_say_what_is_missing_or_turned_round(finance):
    sent = {
        "name": "Fits", "budget": "6000", "minimum_step": "-5",
        "ratios_0_sector": "special", "ratios_0_to_sector": "mainstream",
        "ratios_0_least": "3", "ratios_0_most": "2",
        "shares_1_least": "5", "fixed_0_annual_value": "12", "limits_0_band": "A",
    }  # fmt: skip
    shown = flat(finance.post(url(stored(finance.user), "find"), sent).content.decode())
    for words in (
        "The most must not be less than the least", "Choose a sector", "Choose a band",
        "Enter the least, the most or both", "The step must not be below £0",
    ):  # fmt: skip
        assert words in shown
    assert Scenario.objects.count() == 1


def test_found_ones_have_names_of_their_own_and_are_made_once(finance):
    scenario = stored(finance.user, name="Values that fit")
    shown = page(finance, url(scenario, "find"))
    assert 'value="Values that fit 2"' in shown
    sent = {"name": "Values that fit", "budget": "6000"}
    refused = flat(finance.post(url(scenario, "find"), sent).content.decode())
    assert "There is a scenario called “Values that fit” already." in refused
    for _ in range(2):
        finance.post(url(scenario, "find"), sent | {"name": "Another"})
    assert Scenario.objects.count() == 2


def test_budget_of_nothing_is_refused_at_its_field(finance):
    scenario = stored(finance.user)
    shown = flat(finance.post(url(scenario, "find"), {"name": "F", "budget": "0"}).content.decode())
    assert "Write the budget in pounds and whole pence, more than nought" in shown


def test_one_scenario_is_not_compared_and_five_are_not_either(finance):
    made = [stored(finance.user, name=f"Number {number}") for number in range(5)]
    asked = [str(each.pk) for each in made]
    assert "Tick at least two scenarios" in page(finance, reverse(COMPARE), scenario=asked[:1])
    shown = page(finance, reverse(COMPARE), scenario=asked)
    assert "Only the first 4 of them are compared." in shown
    assert Decimal("5240.00") == made[0].cost
    assert page(finance, reverse(COMPARE), scenario="nonsense").count("<table") == 0


def test_anothers_draft_is_not_offered(finance, sign_in):
    stored(finance.user)
    assert "No scenario has been worked out yet" in page(
        sign_in(Role.FINANCE_AUTHORISER), reverse(COMPARE)
    )
