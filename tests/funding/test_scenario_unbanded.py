"""Pupils with a plan who are not banded yet: counted, and priced like pupils like them (F14)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from funding.models import Scenario
from funding.scenarios.caseloads import Basis, read_caseload
from funding.scenarios.imputing import LEAST, imputed, unbanded_pupils
from funding.scenarios.packing import packed, unpacked
from funding.scenarios.preparing import model_scenario
from funding.scenarios.pricing import PupilFacts, SchoolFacts
from tests.factories import PlacementFactory, PlanFactory
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.scenario_year import command_on, make_year
from tests.funding.test_scenario_pages import filled, stored, url
from tests.funding.test_scenario_pricing import PRICES, caseload, state, whole_year, worked
from tests.funding.test_scenario_property import terms
from tests.pages import flat

NONE = -1


def people(*needs: str) -> list[PupilFacts]:
    return [PupilFacts(f"P{place}", need) for place, need in enumerate(needs)]


def like(states, unbanded, needs, **more):
    found = caseload(*states, unbanded=unbanded, **more)
    return replace(found, pupils=people(*needs))


def test_costs_what_pupils_of_the_same_sector_need_and_phase_cost():
    """Five like the pupil on A (£2,240) and B (£4,044) by 3 to 2; one of another need on B."""
    bands = [0, 0, 0, 1, 1, 1]
    needs = ["ASD"] * 5 + ["SLCN", "ASD"]
    states = [each for pupil, band in enumerate(bands) for each in whole_year(pupil, band=band)]
    found = imputed(like(states, whole_year(6, band=NONE), needs), PRICES)
    average = round((3 * 224_000 + 2 * 404_400) / 5)
    assert sum(each.amount for each in found) == average
    assert {each.alike.pupils for each in found} == {LEAST}


def test_where_few_are_alike_all_of_the_sector_are_taken_and_where_none_everybody():
    states = [*whole_year(0), *whole_year(1, band=1)]
    unbanded = [*whole_year(2, band=NONE), *whole_year(3, band=NONE, sector="special")]
    found = imputed(like(states, unbanded, ["ASD", "SLCN", "SEMH", "HI"]), PRICES)
    assert {each.alike.pupils for each in found} == {2}
    assert {each.alike.average for each in found} == {Decimal(314_200)}


def test_nobody_is_priced_where_nobody_is_banded_nor_another_authoritys_pupil():
    assert imputed(like([], whole_year(0, band=NONE), ["ASD"]), PRICES) == []
    other = [state(1, band=NONE, own=False)]
    found = like(whole_year(0), other, ["ASD", "ASD"])
    assert (imputed(found, PRICES), unbanded_pupils(found)) == ([], 0)


def test_phase_counts_before_need_alone():
    schools = [SchoolFacts("1", "S", "Primary", "N"), SchoolFacts("2", "T", "Secondary", "N")]
    states = [each for pupil in range(5) for each in whole_year(pupil)]
    states += [each for pupil in range(5, 10) for each in whole_year(pupil, school=1, band=1)]
    found = like(states, whole_year(10, band=NONE, school=1), ["ASD"] * 11)
    found = replace(found, schools=schools)
    assert sum(each.amount for each in imputed(found, PRICES)) == 404_400


def test_they_are_counted_always_and_paid_for_only_where_the_scenario_says_so():
    """One on A all year and one not banded: £2,240.00, or twice that."""
    found = like(whole_year(0), whole_year(1, band=NONE), ["ASD", "ASD"])
    out, with_them = worked(found), worked(found, unbanded="imputed")
    assert (out.total, out.unbanded, out.not_banded) == (Decimal("2240.00"), 0, 1)
    assert with_them.total == Decimal("4480.00")
    assert (with_them.unbanded, with_them.not_banded) == (Decimal("2240.00"), 1)
    for table in with_them.tables.values():
        assert sum(table.values()) == with_them.total
    assert with_them.tables["band"] == {"A": Decimal("2240.00"), "unbanded": Decimal("2240.00")}
    assert with_them.pupils.winners == 0


def test_a_reading_keeps_them():
    found = like(whole_year(0), whole_year(1, band=NONE), ["ASD", "ASD"])
    assert unpacked(packed(found, ()))[0].unbanded == found.unbanded


@pytest.fixture
def year(db):
    set_value("A", "2240.00")
    funded_pupil(code="A")
    return make_year()


def with_a_plan(start: dt.date, **plan):
    placement = PlacementFactory(start=start, end=None)
    return PlanFactory(pupil=placement.pupil, start=start, end=None, **plan)


def test_read_are_the_days_with_a_plan_and_a_school_and_no_band(year):
    """From 1 March: the end of spring and all of summer. SEN Support without a band is not due."""
    with_a_plan(dt.date(2027, 3, 1), plan_type="EHCP")
    with_a_plan(dt.date(2026, 9, 1), plan_type="SEN Support")
    periods = tuple(year.periods.order_by("start"))
    found = read_caseload(Basis(periods=periods)).caseload.unbanded
    assert [(each.term, each.own) for each in found] == [(1, True), (2, True)]
    assert dt.date.fromordinal(found[0].start) == dt.date(2027, 3, 1)


def test_days_before_the_first_band_are_without_one(year):
    agree(funded_pupil(code=None), "A", dt.date(2026, 11, 16))
    periods = tuple(year.periods.order_by("start"))
    (days,) = read_caseload(Basis(periods=periods)).caseload.unbanded
    assert dt.date.fromordinal(days.end) == dt.date(2026, 11, 15)


def test_command_and_page_say_how_many_there_are(year, tmp_path, sign_in):
    with_a_plan(dt.date(2026, 9, 1), plan_type="EHCP")
    asked = {"name": "All", "year": "2026-27", "unbanded": "imputed"}
    answer = command_on(tmp_path, "model_scenario", asked)
    assert (answer["cost_total"], answer["not_banded"]) == ("4480.00", 1)
    assert answer["unbanded_total"] == "2240.00"
    assert model_scenario(terms()).total == Decimal("2240.00")
    finance = sign_in("finance_officer")
    scenario = stored(finance.user, values="current", unbanded="imputed")
    page = flat(finance.get(url(scenario)).content.decode())
    assert "They cost what pupils like them cost on average: 1 pupil" in page
    sent = filled(scenario, unbanded="left_out")
    finance.post(url(scenario, "edit"), {key: sent[key] for key in sent if "value_" not in key})
    assert Scenario.objects.get().terms["unbanded"] == "left_out"


def test_unknown_word_is_refused(year, tmp_path):
    asked = {"name": "All", "year": "2026-27", "unbanded": "guessed"}
    assert command_on(tmp_path, "model_scenario", asked) == ["Write one of left_out, imputed."]
