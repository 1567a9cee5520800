"""The report for the Schools Forum: no pupil can be recognised in it (rules.md F13, F14)."""

import re
from decimal import Decimal

import pytest

from banding_portal.roles import Role
from funding.scenarios.reported import Reported, averages_of, moves_of, table_of, to_unit
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.funding.test_scenario_pages import stored, url
from tests.pages import flat

POUNDS = Decimal("12345.67")


def result(pupils, **more):
    costs = dict.fromkeys(pupils, POUNDS)
    averages = {key: {"today": POUNDS, "then": POUNDS} for key in pupils}
    return {
        "cost_by_sector": costs, "pupils_by_sector": pupils, "average_by_sector": averages, **more,
    }  # fmt: skip


def test_small_count_hides_its_amount_and_the_next_smallest():
    found = table_of(result({"a": 3, "b": 9, "c": 40}), "sector")
    assert found == [Reported("a", None, None), Reported("b", None, None), Reported("c", 40, 12000)]


def test_where_two_rows_are_left_all_is_hidden():
    assert [row.pupils for row in table_of(result({"a": 3, "b": 9}), "sector")] == [None, None]


def test_growth_and_protection_stand_beside_without_pupils():
    some = result({"a": 7})
    some["cost_by_sector"] = {"a": POUNDS, "growth": Decimal("-600.00")}
    assert table_of(some, "sector")[-1] == Reported("growth", None, -1000)


def test_average_of_a_hidden_count_is_hidden():
    averages = averages_of(result({"a": 3, "b": 9, "c": 40}))
    assert {each.sector: each.then for each in averages} == {"a": None, "b": None, "c": 12350}


def test_changes_of_few_are_hidden_and_empty_ones_left_out():
    counts = {(None, -2000): 2, (-2000, -1000): 0, (-1000, -500): 6, (0, 100): 50}
    moves = {
        "distribution": [
            {"from": low, "to": high, "count": count} for (low, high), count in counts.items()
        ]
    }
    assert [(each.high, each.parties) for each in moves_of(moves)] == [
        (-2000, None), (-500, None), (100, 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pounds", "rounded"), [("499.99", 0), ("500.00", 1000), ("-500.01", -1000)]
)
def test_amounts_are_rounded_to_a_thousand(pounds, rounded):
    assert to_unit(Decimal(pounds)) == rounded


@pytest.fixture
def year(db):
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    for _ in range(6):
        funded_pupil(code="A")
    funded_pupil(code="B")
    return make_year()


def test_page_hides_the_one_pupil_on_a_band_and_names_nobody(sign_in, year):
    """£13,440.00 + £3,000.00 is £16,000 to the thousand; the £4,044.00 of today would tell of B."""
    finance = sign_in(Role.FINANCE_OFFICER)
    scenario = stored(finance.user, budget=20_000)
    page = flat(finance.get(url(scenario, "report")).content.decode())
    assert "would cost £16,000 for 7 pupils." in page
    assert "What today’s values cost is left out" in page
    assert "The budget is £20,000, which is £4,000 more." in page
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Mainstream 7 £16,000" in words
    assert "Band A – – Band B – –" in words
    assert "At today’s values" not in words
    assert "The scenario £16,000 All of these but the first, added up." in words
    assert words.count("worked out on") == 9
    assert 'scope="col">Gain or loss</th>' in page
    party = scenario.result["by_pupil"]["most_lost"][0]
    assert party["pupil_id"] not in page
    assert party["school"] not in page
    assert party["urn"] not in page


def test_scenario_from_before_pupils_were_counted_is_worked_out_first(sign_in, year):
    finance = sign_in(Role.FINANCE_OFFICER)
    scenario = stored(finance.user)
    del scenario.result["pupils_by_need"]
    scenario.save()
    answer = finance.get(url(scenario, "report"), follow=True)
    assert "read the pupils again first" in flat(answer.content.decode())


def test_others_do_not_see_the_report_of_a_draft(sign_in, year):
    draft = stored(sign_in(Role.FINANCE_OFFICER).user)
    assert sign_in(Role.FINANCE_OFFICER).get(url(draft, "report")).status_code == 404
