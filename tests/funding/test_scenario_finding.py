"""`find_values FILE --json` (docs/commands.md, F15)."""

from decimal import Decimal

import pytest

from tests.factories import FrameworkFactory, SchoolFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import command_on, make_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    """Two pupils on A at £2,240, one on B at £4,044: £8,524.00 a year."""
    make_year()
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    funded_pupil(code="A")
    funded_pupil(code="A")
    funded_pupil(code="B")
    return FrameworkFactory()


def look(tmp_path, among, **wanted):
    wish = {"year": "2026-27", "framework": among.code, "budget": 10_000}
    return command_on(tmp_path, "find_values", wish | wanted)


def found_in(answer) -> dict[str, Decimal]:
    return {each["band"]: Decimal(each["annual_value"]) for each in answer["values"]}


def test_values_stay_nearest_to_today(tmp_path, framework):
    answer = look(tmp_path, framework)
    assert answer["status"] == "optimal"
    # £4,044 is no multiple of £5; C has no value today and is worth no less than B.
    assert found_in(answer) == {"A": 2240, "B": 4045, "C": 4045}
    assert (answer["cost_total"], answer["headroom"]) == ("8525.00", "1475.00")
    assert answer["cost_today"] == "8524.00"
    assert answer["infeasible_because"] == []
    assert answer["binding"] == []
    assert answer["values"][0] == {
        "band": "A",
        "sector": "mainstream",
        "annual_value": "2240.00",
        "today": "2240.00",
        "years": "2.0",
    }


def test_budget_that_binds_is_named(tmp_path, framework):
    """£524 less than today, each pound of which is a pound moved."""
    answer = look(tmp_path, framework, budget=8000)
    values = found_in(answer)
    assert 2 * values["A"] + values["B"] == 8000
    assert answer["binding"] == [
        {"rule": "The budget is £8,000.00.", "kind": "budget", "nearer_by": "524.00"}
    ]


def test_found_values_cost_what_they_are_said_to(tmp_path, framework):
    answer = look(tmp_path, framework, budget=7777.77, minimum_step=300, maximum_step=1500)
    values = [
        {
            "band": each["band"],
            "sector": each["sector"],
            "annual_value": float(each["annual_value"]),
        }
        for each in answer["values"]
    ]
    scenario = {"name": "Found", "year": "2026-27", "framework": framework.code, "values": values}
    modelled = command_on(tmp_path, "model_scenario", scenario | {"budget": 7777.77})
    assert modelled["cost_total"] == answer["cost_total"]
    assert modelled["headroom"] == answer["headroom"]
    assert Decimal(answer["headroom"]) >= 0
    found = found_in(answer)
    steps = [found["B"] - found["A"], found["C"] - found["B"]]
    assert all(300 <= step <= 1500 for step in steps)
    assert all(value % 5 == 0 for value in found.values())


def test_fixed_values_limits_and_largest_change(tmp_path, framework):
    answer = look(
        tmp_path, framework,
        fixed=[{"band": "A", "sector": "mainstream", "annual_value": 2001.50}],
        limits=[{"band": "C", "sector": "mainstream", "least": 5000, "most": 5000}],
        largest_change=1,
    )  # fmt: skip
    assert found_in(answer) == {"A": Decimal("2001.50"), "B": 4045, "C": 5000}


def test_contradiction_is_told_with_what_leaving_each_out_costs(tmp_path, framework):
    answer = look(
        tmp_path, framework, budget=6000, minimum_step=1000,
        limits=[{"band": "A", "sector": "mainstream", "least": 2000}],
    )  # fmt: skip
    assert (answer["status"], answer["values"], answer["cost_total"]) == ("infeasible", [], None)
    assert answer["infeasible_because"] == [
        "The budget is £6,000.00.",
        "Mainstream: Band B is at least £1,000.00 above Band A.",
        "Band A, Mainstream: at least £2,000.00.",
    ]
    told = [(each["kind"], each["relax_to"], each["least_cost"]) for each in answer["relaxing"]]
    assert told == [
        ("budget", "7000.00", "7000.00"),
        ("minimum_step", "0", "6000.00"),
        ("limits", "1665", "5995.00"),
    ]
    assert answer["relaxing"][2]["sentence"] == (
        "£1,665.00 would do: the values then cost £5,995.00 at least."
    )


def test_no_school_below_its_floor(tmp_path, framework):
    school = SchoolFactory()
    for _ in range(3):
        funded_pupil(school=school, code="B")
    answer = look(tmp_path, framework, budget=20_500, school_floor=99)
    assert answer["status"] == "optimal"
    floor = look(tmp_path, framework, budget=18_000, school_floor=99)
    assert floor["status"] == "infeasible"
    assert floor["infeasible_because"][0].startswith("The budget is £18,000.00")
    assert any("at least 99% of today" in words for words in floor["infeasible_because"])


def test_share_and_ratio_of_sectors(tmp_path, framework):
    set_value("A", "3000.00", sector="special")
    funded_pupil(school=SchoolFactory(sector="special"), code="A")
    answer = look(
        tmp_path, framework, budget=20_000,
        shares=[{"sector": "special", "least": 40}],
        ratios=[{"sector": "special", "to_sector": "mainstream", "least": 1.5}],
    )  # fmt: skip
    values = {
        (each["band"], each["sector"]): Decimal(each["annual_value"]) for each in answer["values"]
    }
    for band in "ABC":
        assert values[band, "special"] >= values[band, "mainstream"] * Decimal("1.5")
    mainstream = 2 * values["A", "mainstream"] + values["B", "mainstream"]
    special = values["A", "special"]
    assert special >= (special + mainstream) * Decimal("0.4")


def test_the_rest_of_the_budget_pays_other_sectors(tmp_path, framework):
    set_value("A", "3000.00", sector="special")
    funded_pupil(school=SchoolFactory(sector="special"), code="A")
    answer = look(tmp_path, framework, budget=11_000, sectors=["mainstream"])
    assert {each["sector"] for each in answer["values"]} == {"mainstream"}
    assert Decimal(answer["cost_total"]) <= 11_000
    words = "The budget is £11,000.00, of which £3,000.00 is paid for all else."
    assert [each["rule"] for each in answer["binding"]] == [words]


SECTOR_LIST = (
    "Write a list of sectors: mainstream, special, alternative_provision, early_years, post_16, "
    "independent, out_of_school."
)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"budget": 0}, "Write the budget in pounds and whole pence, more than nought."),
        ({"year": "2031-32"}, "There is no payment calendar for 2031-32. The portal has 2026-27."),
        ({"framework": "other"}, "There is no framework other."),
        ({"round_to": 0}, "Write pounds and whole pence, more than nought, like 5."),
        ({"minimum_step": -1}, "Write pounds and whole pence, from 0 to 99999999.99."),
        ({"sectors": ["prep"]}, SECTOR_LIST),
        ({"fixed": [{"band": "Q", "sector": "mainstream", "annual_value": 1}]},
         "The framework test-framework has no band Q. It has A, B, C."),
        ({"sectors": ["special"], "shares": [{"sector": "mainstream", "least": 1}]},
         "Mainstream has a rule, but is not among the sectors."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(tmp_path, framework, wanted, sentence):
    assert look(tmp_path, framework, **wanted) == [sentence]


def test_nobody_on_its_bands_is_refused(tmp_path):
    make_year()
    framework = FrameworkFactory()
    assert look(tmp_path, framework) == ["Nobody is on a band of test-framework in 2026-27."]
