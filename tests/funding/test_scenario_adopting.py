"""What a second person adopts is what was modelled, and what they saw (rules.md F14)."""

import datetime as dt
from decimal import Decimal

import pytest

from banding.models import Band
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import BandValue, Period
from funding.scenarios.adopting import adopted_steps, mark_of_terms, value_table
from funding.scenarios.services import (
    CHANGED,
    adopt_scenario,
    change_scenario,
    share_scenario,
    work_out_scenario,
)
from funding.scenarios.terms import read_scenario
from funding.services.runs import calculate_run
from tests.factories import FrameworkFactory, person
from tests.funding.funded import band, set_value
from tests.funding.test_scenario_pages import filled, stored, url
from tests.funding.test_scenario_pages import year as payment_year
from tests.pages import flat

year = payment_year
FIRST_DAY, APRIL = dt.date(2026, 9, 1), dt.date(2027, 4, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def later(year):
    """B rises to £4,500 and A to £2,300 on 1 April 2027."""
    for code, annual in (("A", 2_300), ("B", 4_500)):
        BandValue.objects.create(
            band=band(code), sector="mainstream", effective_from=APRIL, annual_value=annual
        )


def other_band():
    """Z of a framework that does not pay."""
    framework = FrameworkFactory(code="other")
    return Band.objects.create(framework=framework, code="Z", name="Band Z", rank=99)


def paid_in_the_year():
    periods = Period.objects.order_by("start")
    return sum(calculate_run(period=period, by=None).control_total for period in periods)


def adopted(scenario, day=FIRST_DAY):
    share_scenario(scenario=scenario, by=scenario.made_by)
    adopter = person(Role.FINANCE_AUTHORISER)
    return adopt_scenario(scenario=scenario, day=day, seen=mark_of_terms(scenario), by=adopter)


def shown_in_table(finance, scenario, **wanted):
    """What the page sends when the table was opened and only this was changed."""
    form = finance.get(url(scenario, "edit")).context["form"]
    boxes = {name: form[name].value() for name in form.fields if name.startswith("value_")}
    boxes = {name: "" if value is None else str(value) for name, value in boxes.items()}
    return filled(scenario, values_from="table", **boxes | wanted)


def test_table_that_nobody_touched_supposes_nothing(finance, later):
    scenario = stored(finance.user, values="current")
    finance.post(url(scenario, "edit"), shown_in_table(finance, scenario))
    scenario.refresh_from_db()
    assert scenario.terms["values"] == "current"
    assert scenario.result["cost_total"] == scenario.result["cost_today"]


def test_only_boxes_that_were_changed_are_the_scenarios_own(finance, later):
    scenario = stored(finance.user, values="current")
    changed = {f"value_{band('B').pk}_mainstream": "3000"}
    finance.post(url(scenario, "edit"), shown_in_table(finance, scenario, **changed))
    scenario.refresh_from_db()
    own = [{"band": "B", "sector": "mainstream", "annual_value": 3000}]
    assert scenario.terms["values"] == own
    finance.post(url(scenario, "edit"), shown_in_table(finance, scenario, note="Again"))
    scenario.refresh_from_db()
    assert scenario.terms["values"] == own


def test_bands_that_do_not_pay_yet_count_with_all_their_values(finance, later):
    """A framework that is to pay from now on has every value of the table, changed or not."""
    other = other_band()
    set_on = {"sector": "mainstream", "effective_from": dt.date(2020, 9, 1)}
    BandValue.objects.create(band=other, annual_value=1_000, **set_on)
    scenario = stored(finance.user, values="current")
    scenario.terms |= {"framework": "other"}
    scenario.save()
    finance.post(url(scenario, "edit"), shown_in_table(finance, scenario))
    scenario.refresh_from_db()
    assert [each["band"] for each in scenario.terms["values"]] == ["Z"]


@pytest.mark.parametrize("supposed", [{}, {"values": "current", "uplift": 10}])
def test_adopted_from_the_first_day_the_year_costs_what_was_modelled(finance, later, supposed):
    scenario = stored(finance.user, **supposed)
    adopted(scenario)
    assert paid_in_the_year() == scenario.cost


def test_value_set_for_the_next_year_stays(finance, later):
    next_year = dt.date(2027, 9, 1)
    BandValue.objects.create(
        band=band("B"), sector="mainstream", effective_from=next_year, annual_value=5_000
    )
    adopted(stored(finance.user))
    values = dict(
        BandValue.objects.filter(band=band("B")).values_list("effective_from", "annual_value")
    )
    assert (values[APRIL], values[next_year]) == (Decimal(3_000), Decimal(5_000))


def test_uplift_raises_the_bands_of_its_framework_alone(finance, year):
    other = other_band()
    set_on = {"sector": "mainstream", "effective_from": dt.date(2020, 9, 1)}
    BandValue.objects.create(band=other, annual_value=1_000, **set_on)
    scenario = stored(finance.user, values="current", uplift=10)
    assert {step.band for step in adopted_steps(scenario, FIRST_DAY)} == {
        band("A").pk,
        band("B").pk,
    }


def test_tick_does_not_hold_for_a_scenario_changed_meanwhile(finance, sign_in, year):
    scenario = stored(finance.user)
    share_scenario(scenario=scenario, by=finance.user)
    second = sign_in(Role.FINANCE_AUTHORISER)
    day = {"day_0": "1", "day_1": "1", "day_2": "2027"}
    asked = second.post(url(scenario, "adopt"), day).context["form"]["asked_about"].value()
    terms, _ = read_scenario(scenario.terms | {"values": "current", "uplift": 40})
    change_scenario(scenario=scenario, terms=terms, note="", by=scenario.made_by)
    ticked = {"is_right": "on", "asked_about": asked}
    page = flat(second.post(url(scenario, "adopt"), day | ticked).text)
    assert "Tick that this is right, or correct it" in page
    scenario.refresh_from_db()
    assert scenario.state == "shared"


def test_adopting_other_terms_than_were_seen_is_refused(finance, year):
    scenario = stored(finance.user)
    share_scenario(scenario=scenario, by=finance.user)
    seen = mark_of_terms(scenario)
    terms, _ = read_scenario(scenario.terms | {"budget": 5})
    change_scenario(scenario=scenario, terms=terms, note="", by=finance.user)
    with pytest.raises(RefusalError, match=CHANGED[:30]):
        adopt_scenario(
            scenario=scenario, day=FIRST_DAY, seen=seen, by=person(Role.FINANCE_AUTHORISER)
        )


def test_values_stand_beside_todays_where_they_are_decided_on(finance, sign_in, year):
    scenario = stored(finance.user)
    share_scenario(scenario=scenario, by=finance.user)
    [row] = value_table(scenario)["rows"]
    assert row == ("Mainstream", [("Band B", Decimal(3_000), Decimal(4_044))])
    second = sign_in(Role.FINANCE_AUTHORISER)
    for name in ("detail", "report", "adopt"):
        page = flat(second.get(url(scenario, name)).text)
        assert "£3,000.00" in page
        assert "today £4,044.00" in page


def test_result_older_than_a_value_says_so(finance, year):
    scenario = stored(finance.user)
    words = "Band values or protection were set since this was worked out"
    assert words not in flat(finance.get(url(scenario)).text)
    set_value("C", "9000.00")
    for name in ("detail", "report"):
        assert words in flat(finance.get(url(scenario, name)).text)
    work_out_scenario(scenario=scenario, by=finance.user)
    assert words not in flat(finance.get(url(scenario)).text)


def test_older_form_undoes_nothing_newer_unseen(finance, year):
    scenario = stored(finance.user)
    older = finance.get(url(scenario, "edit")).context["form"]["seen"].value()
    finance.post(url(scenario, "edit"), filled(scenario, budget="6000"))
    sent = filled(scenario, note="Mine", seen=older)
    page = flat(finance.post(url(scenario, "edit"), sent).text)
    assert "Somebody has changed this since you opened the page" in page
    assert "“Budget for the year” now says “6000”" in page
    scenario.refresh_from_db()
    assert scenario.terms["budget"] == 6000


def test_more_cannot_leave_than_there_are(finance, year):
    scenario = stored(finance.user)
    leaving = {"monthly_0_sector": "mainstream", "monthly_0_leavers": "1"}
    sent = shown_in_table(finance, scenario, **leaving)
    page = flat(finance.post(url(scenario, "edit"), sent).text)
    assert "11 more pupils would leave in the year than join it: Mainstream. There are 2" in page
    scenario.refresh_from_db()
    assert scenario.terms["growth"] is None
