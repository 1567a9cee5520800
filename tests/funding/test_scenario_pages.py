"""Scenarios on screen: made, worked out, shared, adopted (F14)."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from banding_portal.roles import Role
from funding.models import BandValue, Period, Scenario, ScenarioWork
from funding.scenarios.adopting import mark_of_terms
from funding.scenarios.services import make_scenario, share_scenario, work_out_scenario
from funding.scenarios.terms import read_scenario
from funding.services.runs import calculate_run
from tests.factories import FrameworkFactory, person
from tests.funding.funded import band, funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.jobs import work_on
from tests.pages import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """A pupil on A at £2,240 and one on B at £4,044: £6,284.00 a year."""
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    funded_pupil(code="A")
    funded_pupil(code="B")
    return make_year()


@pytest.fixture
def finance(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def stored(by, **wanted) -> Scenario:
    """A scenario with B at £3,000, worked out."""
    values = [{"band": "B", "sector": "mainstream", "annual_value": 3000}]
    asked = {"name": "Cheaper", "year": "2026-27", "framework": FrameworkFactory().code}
    terms, issues = read_scenario(asked | {"values": values} | wanted)
    assert issues == []
    scenario = make_scenario(terms=terms, note="Why not", by=by)
    if work := work_out_scenario(scenario=scenario, by=by):
        work_on(work)
    scenario.refresh_from_db()
    return scenario


def url(scenario, name="detail", *more):
    return reverse(f"funding:scenario_{name}", args=[scenario.pk, *more])


def filled(scenario, **wanted):
    """What the form sends: today's values but for what is wanted."""
    values = {
        f"value_{band(code).pk}_mainstream": value
        for code, value in {"A": "2240.00", "B": "4044.00", "C": ""}.items()
    }
    return {
        "name": scenario.name, "note": "", "decisions": "agreed", "unbanded": "left_out",
        "values_from": "today", "protection": "none", "per": "pupil", "phased_per": "pupil",
        **values, **wanted,
    }  # fmt: skip


def test_made_changed_and_worked_out(finance, year):
    asked = {"name": "New", "year": year.pk, "framework": FrameworkFactory().pk}
    answer = finance.post(reverse("funding:scenario_create"), asked)
    scenario = Scenario.objects.get()
    assert answer.url == url(scenario, "edit")
    page = flat(finance.get(answer.url).content.decode())
    assert 'value="2240.00"' in page
    assert 'value="4044.00"' in page
    value = {f"value_{band('B').pk}_mainstream": "£3,000"}
    sent = filled(
        scenario, values_from="table", protection="floor", floor="98.5", years="2",
        budget="6000", **value,
    )  # fmt: skip
    answer = finance.post(url(scenario, "edit"), sent)
    work = ScenarioWork.objects.get()
    assert answer.url == reverse("funding:scenario_work", args=[work.pk])
    work_on(work)
    assert finance.get(answer.url).url == url(scenario)
    page = flat(finance.get(url(scenario)).content.decode())
    for words in (
        "£6,223.34",
        "£6,284.00",
        "Over the budget by",
        "£223.34",
        "Pupils at a school: 0 would gain £0.00",
        "Year 2",
    ):
        assert words in page
    assert "98.5% of what is paid today, for each pupil at a school, for 2 years" in page


def test_a_changed_value_is_worked_out_at_once(finance, year):
    scenario = stored(finance.user)
    value = {f"value_{band('B').pk}_mainstream": "3500"}
    answer = finance.post(url(scenario, "edit"), filled(scenario, values_from="table", **value))
    assert answer.url == url(scenario)
    scenario.refresh_from_db()
    assert scenario.cost == Decimal("5740.00")
    assert ScenarioWork.objects.count() == 1


def test_pupils_are_read_again_when_somebody_asks(finance, year):
    scenario = stored(finance.user)
    before = scenario.fingerprint
    funded_pupil(code="A")
    answer = finance.post(url(scenario, "read"))
    work_on(ScenarioWork.objects.first())
    scenario.refresh_from_db()
    assert "scenario-works" in answer.url
    assert scenario.cost == Decimal("7480.00")
    assert scenario.fingerprint != before


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            {"budget": "0"},
            "Enter the budget in pounds, more than £0 and at most £99,999,999,999.99",
        ),
        ({"growth": "-101"}, "Write the growth as a percentage from −100 to 1,000"),
        ({"protection": "floor", "years": "2"}, "Enter the floor as a percentage, like 98.5"),
        ({"protection": "floor", "floor": "98"}, "Enter how many years it lasts, like 2"),
        ({"protection": "phased", "weights": "some"}, "Enter how much of a fall is felt"),
        ({"protection": "phased", "weights": "75, 50"}, "each more than the one before or as much"),
        ({"values_from": "uplift"}, "Enter the uplift as a percentage, like 2.5"),
        ({"values_from": "uplift", "uplift": "much"}, "Enter the uplift as a percentage, like 2.5"),
        ({"name": ""}, "Enter a name for the scenario"),
    ],
)
def test_what_makes_no_sense_stands_at_its_field(finance, year, wanted, sentence):
    scenario = stored(finance.user)
    page = flat(finance.post(url(scenario, "edit"), filled(scenario, **wanted)).content.decode())
    assert sentence in page
    scenario.refresh_from_db()
    assert scenario.cost == Decimal("5240.00")


def test_a_draft_is_seen_by_its_maker_and_auditors_alone(finance, sign_in, year):
    scenario = stored(person(Role.FINANCE_OFFICER))
    assert finance.get(url(scenario)).status_code == 404
    assert sign_in(Role.AUDITOR).get(url(scenario)).status_code == 200
    share_scenario(scenario=scenario, by=scenario.made_by)
    assert sign_in(Role.FINANCE_AUTHORISER).get(url(scenario)).status_code == 200


def test_duplicate_archive_and_take_back(finance, year):
    scenario = stored(finance.user)
    answer = finance.post(url(scenario, "duplicate"))
    copy = Scenario.objects.get(name="Copy of Cheaper")
    assert (answer.url, copy.terms["values"]) == (url(copy, "edit"), scenario.terms["values"])
    assert finance.post(url(scenario, "duplicate")).url == answer.url
    assert Scenario.objects.count() == 2
    finance.post(url(scenario, "archive"))
    scenario.refresh_from_db()
    assert scenario.state == "archived"
    finance.post(url(scenario, "restore"))
    scenario.refresh_from_db()
    assert scenario.state == "draft"


def test_files_hold_what_the_page_shows(finance, year):
    scenario = stored(finance.user, budget=6000)
    answer = finance.get(url(scenario, "file", "csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1] == ["Cost of the year", "Cheaper", "", "6284.00", "5240.00", "-1044.00"]
    assert ["Headroom", "", "", "", "760.00", ""] in rows
    values = ["Value of a band", "Band B, Mainstream", "", "4044.00", "3000.00", "-1044.00"]
    assert values in rows
    book = load_workbook(io.BytesIO(finance.get(url(scenario, "file", "xlsx")).content))
    cells = list(book.active.iter_rows(values_only=True))
    assert len(cells) == len(rows)
    assert cells[1][3:] == (6284, 5240, -1044)
    assert finance.get(url(scenario, "file", "pdf")).status_code == 404


def test_adopted_values_are_paid_by_the_next_run(finance, sign_in, year):
    """From 1 January 2027 B is worth £3,000: a quarter of the year at it is £750.00."""
    scenario = stored(finance.user)
    assert "Share it first" in flat(
        finance.get(url(scenario, "adopt"), follow=True).content.decode()
    )
    finance.post(url(scenario, "share"))
    day = {"day_0": "1", "day_1": "1", "day_2": "2027"}
    ticked = {"is_right": "on", "asked_about": f"2027-01-01 {mark_of_terms(scenario)}"}
    for answer in (
        finance.get(url(scenario, "adopt"), follow=True),
        finance.post(url(scenario, "adopt"), day | ticked),
    ):
        assert "Somebody else in finance adopts it, because you made it" in flat(
            answer.content.decode()
        )
    second = sign_in(Role.FINANCE_AUTHORISER)
    page = flat(second.post(url(scenario, "adopt"), day).content.decode())
    assert "Tick that this is right, or correct it" in page
    assert "2027-spring: 1 line of 1 pupil, −£261.00 in all" in page
    assert BandValue.objects.count() == 2
    answer = second.post(url(scenario, "adopt"), day | ticked)
    assert answer.url == url(scenario)
    assert BandValue.objects.get(effective_from="2027-01-01").annual_value == 3000
    scenario.refresh_from_db()
    assert (scenario.state, str(scenario.adopted_from)) == ("adopted", "2027-01-01")
    assert scenario.adopted_by == second.user != scenario.made_by
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.update(adopted_by=F("made_by"))
    run = calculate_run(period=Period.objects.get(code="2027-spring"), by=None)
    assert run.control_total == Decimal("560.00") + Decimal("750.00")


def test_list_asks_as_often_for_three_as_for_one(finance, year):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            stored(finance.user)
        with CaptureQueriesContext(connection) as asked:
            assert finance.get(reverse("funding:scenario_list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_empty_list_says_what_will_appear(finance):
    assert "No scenarios yet" in flat(
        finance.get(reverse("funding:scenario_list")).content.decode()
    )


def test_only_what_applies_is_revealed_and_all_of_it_is_there_without_javascript(finance, year):
    page = flat(finance.get(url(stored(finance.user), "edit")).content.decode())
    for place in ("values-uplift", "values-table", "protection-floor", "protection-phased"):
        assert page.count(f'data-aria-controls="{place}"') == 1
        assert re.search(f'class="govuk-radios__conditional[^"]*" id="{place}"', page)


def test_what_is_not_chosen_does_not_count(finance, year):
    """A floor and weights are filled in, but no protection is chosen."""
    scenario = stored(finance.user)
    sent = filled(scenario, floor="98", years="2", weights="50", uplift="7")
    finance.post(url(scenario, "edit"), sent)
    scenario.refresh_from_db()
    assert (scenario.terms["protection"], scenario.terms["uplift"]) == (None, None)
    sent |= {"protection": "phased", "per": "pupil", "phased_per": "school"}
    finance.post(url(scenario, "edit"), sent)
    scenario.refresh_from_db()
    assert scenario.terms["protection"]["per"] == "school"
    assert scenario.terms["protection"]["floor"] is None
