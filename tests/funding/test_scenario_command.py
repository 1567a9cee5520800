"""`model_scenario FILE --json` (docs/commands.md, F14)."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banding_portal.words import signed_money
from funding.models import PaymentCalendar, ProtectionRule, SchoolDay
from funding.scenarios.terms import PERCENT
from tests.factories import (
    FrameworkFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
)
from tests.funding.funded import SINCE, agree, funded_pupil, set_value
from tests.funding.scenario_year import command_on, make_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> PaymentCalendar:
    return make_year()


@pytest.fixture
def framework(year):
    set_value("A", "2240.00")
    set_value("B", "4044.00")
    return FrameworkFactory()


def run(tmp_path, **wanted):
    """What the command prints for a scenario; its exit code is 1 where it is refused."""
    scenario = {
        "name": "New values", "year": "2026-27", "framework": None, "values": "current",
        "decisions": "agreed", "protection": None, "growth": None, "budget": None,
    }  # fmt: skip
    return command_on(tmp_path, "model_scenario", scenario | wanted)


def test_current_values_cost_the_year(tmp_path, framework):
    funded_pupil(code="A")
    funded_pupil(code="B")
    found = run(tmp_path)
    assert found["cost_total"] == "6284.00"
    assert found["cost_by_sector"] == {"mainstream": "6284.00"}
    assert found["cost_by_band"] == {"A": "2240.00", "B": "4044.00"}
    assert (found["protection_total"], found["headroom"]) == ("0.00", None)
    assert (found["winners"], found["losers"], found["pupils"]) == (0, 0, 2)
    assert found["cost_today"] == "6284.00"


def test_protection_in_force_is_paid_on_top_at_the_scenarios_values(tmp_path, framework):
    """A is cut from £2,240 to £2,000 from 1 April 2027 and 98% of £2,240 is kept: 98% of £933.33
    is £914.66, and summer pays £833.33: £81.33 on top. With £2,100 it is £39.66.
    """
    funded_pupil(code="A")
    set_value("A", "2000.00", effective_from=dt.date(2027, 4, 1))
    days = {"changed_on": "2027-04-01", "starts_on": "2027-04-01", "ends_on": "2028-03-31"}
    ProtectionRule.objects.create(sector="mainstream", kind="floor", share="0.98", **days)
    found = run(tmp_path)
    assert found["protection_in_force"] == "81.33"
    assert found["cost_total"] == "2221.33"
    listed = [{"band": "A", "sector": "mainstream", "annual_value": 2100}]
    go_live = {"mainstream": "2027-04-01"}
    found = run(tmp_path, framework=framework.code, values=listed, go_live=go_live)
    assert found["protection_in_force"] == "39.66"
    assert (found["winners"], found["losers"]) == (0, 0)


def test_year_paid_by_school_days_needs_its_days(tmp_path, framework):
    """Ten of the twenty days of the first financial year are in autumn, five in spring, and all of
    ten of the second in summer: £1,120, £560 and £2,240.
    """
    PaymentCalendar.objects.update(proration="school_days")
    first, second = "from 1 April 2026 to 31 March 2027", "from 1 April 2027 to 31 March 2028"
    words = "No school days are known {}. Load them first."
    assert run(tmp_path) == [words.format(first), words.format(second)]
    for month, count in (("2026-06", 5), ("2026-10", 10), ("2027-02", 5), ("2027-06", 10)):
        for day in range(1, count + 1):
            SchoolDay.objects.create(date=f"{month}-{day:02}", is_school_day=True)
    funded_pupil(code="A")
    found = run(tmp_path)
    assert list(found["cost_by_term"].values()) == ["1120.00", "560.00", "2240.00"]
    school = funded_pupil(code="A").placements.get().school
    SchoolDay.objects.create(date="2026-06-01", is_school_day=False, school=school)
    found = run(tmp_path)
    assert found["cost_by_term"]["2026-autumn"] == "2298.95"


def test_values_protection_and_budget(tmp_path, framework):
    """A rises to £2,500; B falls to £3,000 and keeps 98.5 % of £4,044."""
    funded_pupil(code="A")
    loser = funded_pupil(code="B")
    values = [
        {"band": "A", "sector": "mainstream", "annual_value": 2500},
        {"band": "B", "sector": "mainstream", "annual_value": 3000.00},
    ]
    wanted = {"framework": framework.code, "values": values, "protection": {"floor": 98.5}}
    found = run(tmp_path, **wanted, budget=7000)
    assert found["protection_total"] == "983.34"
    assert found["cost_total"] == "6483.34"
    assert found["headroom"] == "516.66"
    assert (found["winners"], found["losers"]) == (1, 1)
    assert found["by_pupil"]["most_lost"] == [
        {
            "pupil_id": loser.reference,
            "urn": loser.placements.get().school.urn,
            "school": loser.placements.get().school.name,
            "today": "4044.00",
            "then": "3983.34",
            "change": "-60.66",
        }
    ]


def test_values_from_the_day_a_sector_goes_live(tmp_path, framework):
    funded_pupil(code="A")
    values = [{"band": "A", "sector": "mainstream", "annual_value": 2400}]
    wanted = {"framework": framework.code, "values": values}
    found = run(tmp_path, **wanted, go_live={"mainstream": "2027-04-01"})
    assert found["cost_by_term"] == {
        "2026-autumn": "746.67",
        "2027-spring": "560.00",
        "2027-summer": "1000.00",
    }


def test_submitted_bands_count_before_moderation(tmp_path, framework):
    """At SEN Support a school's own band pays nothing; a scenario can count it all the same."""
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=SINCE)
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT", start=SINCE)
    decision = agree(pupil, "A")
    type(decision).objects.filter(pk=decision.pk).update(source="school")
    outcome = agree(pupil, "B")
    type(outcome).objects.filter(pk=outcome.pk).update(source="moderation", moderates=decision)
    assert run(tmp_path)["cost_total"] == "4044.00"
    assert run(tmp_path, decisions="corrected")["cost_total"] == "4044.00"
    assert run(tmp_path, decisions="submitted")["cost_total"] == "2240.00"
    outcome.delete()
    assert run(tmp_path)["cost_total"] == "0.00"
    assert run(tmp_path, decisions="corrected")["cost_total"] == "2240.00"


GO_LIVE = (
    "Write an object of sectors and the day from which the values count in each, like 2027-04-01. "
    "The sectors are mainstream, special, alternative_provision, early_years, post_16, "
    "independent, out_of_school."
)
UNKNOWN_SECTOR = (
    "The sector must be one of mainstream, special, alternative_provision, early_years, post_16, "
    "independent, out_of_school."
)
VALUE = {"band": "A", "sector": "mainstream", "annual_value": 1}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"year": "2031-32"}, "There is no payment calendar for 2031-32. The portal has 2026-27."),
        ({"year": "next"}, "Write the year like 2026-27."),
        ({"budget": 0}, "Write the budget in pounds and whole pence, more than nought, or null."),
        (
            {"budget": "much"},
            "Write the budget in pounds and whole pence, more than nought, or null.",
        ),
        (
            {"growth": -101},
            PERCENT,
        ),
        ({"decisions": "all"}, "Write one of agreed, submitted, corrected."),
        ({"framework": "other"}, "There is no framework other."),
        (
            {"values": "none"},
            "Write “current”, or a list of objects with band, sector and annual_value.",
        ),
        ({"values": [VALUE]}, "Name the framework whose bands the values are of."),
        (
            {"protection": {"floor": 98, "until": 2030}},
            "“until” means nothing here. Known are per, floor, years, weights.",
        ),
        ({"go_live": {"mainstream": "soon"}}, GO_LIVE),
        ({"go_live": {"prep": "2027-04-01"}}, GO_LIVE),
        ({"protection": {}}, "Protection has either a floor or weights."),
        (
            {"protection": {"floor": 0.98}},
            "Write the floor as a percentage from 1 to 100, like 98.5.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, framework, wanted, sentence):
    assert run(tmp_path, **wanted) == [sentence]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([VALUE | {"band": "Q"}], "The framework {code} has no band Q. It has A, B, C."),
        ([VALUE, VALUE], "Band A has two values in mainstream."),
        ([VALUE | {"annual_value": -1}], None),
        ([VALUE | {"annual_value": 1.005}], None),
        ([VALUE | {"annual_value": True}], None),
        ([VALUE | {"sector": "prep"}], UNKNOWN_SECTOR),
    ],
)  # fmt: skip
def test_values_that_make_no_sense_are_refused(tmp_path, framework, values, sentence):
    pence = "Write the annual value in pounds and whole pence, from 0 to 99999999.99."
    wanted = {"framework": framework.code, "values": values}
    assert run(tmp_path, **wanted) == [(sentence or pence).format(code=framework.code)]


def test_every_problem_is_told_at_once(tmp_path, framework):
    found = run(tmp_path, budget=0, growth=-200, decisions="all")
    assert len(found) == 3


def test_day_outside_the_year_is_refused(tmp_path, framework):
    wanted = {"framework": framework.code, "values": [VALUE]}
    assert run(tmp_path, **wanted, go_live={"mainstream": "2028-04-01"}) == [
        "Mainstream goes live on 01/04/2028, which is not in 2026-27."
    ]
    assert run(tmp_path, **wanted, go_live={"special": "2027-04-01"}) == [
        "Special goes live, but the list has no value for it."
    ]


def test_a_sentence_without_json(tmp_path, framework):
    funded_pupil(code="A")
    file = tmp_path / "scenario.json"
    file.write_text('{"name": "Mine", "year": "2026-27", "budget": 3000}')
    out = io.StringIO()
    call_command("model_scenario", str(file), stdout=out)
    assert out.getvalue() == (
        "Mine: £2,240.00 in 2026-27, £2,240.00 at today’s values, "
        f"{signed_money(760)} of the budget left. 0 pupils would gain and 0 lose.\n"
    )


def test_queries_are_as_many_for_twenty_pupils_as_for_one(tmp_path, framework):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            funded_pupil(code="A")
        with CaptureQueriesContext(connection) as asked:
            run(tmp_path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
