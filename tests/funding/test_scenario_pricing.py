"""Hand-worked scenarios, to the penny (F3, F4, F10, F14). The year: 4, 3 and 5 twelfths
of 122, 90 and 153 days.
"""

import datetime as dt
from decimal import Decimal
from random import Random

import pytest

from funding.calculation import line_amount
from funding.scenarios.candidates import from_day, uplifted
from funding.scenarios.growing import elapsed, grown, joined, months_from
from funding.scenarios.outcome import Supposed, work_out
from funding.scenarios.pricing import (
    BandFacts,
    Caseload,
    Extra,
    PupilFacts,
    SchoolFacts,
    State,
    Term,
    pence,
    price,
    share_of,
)
from funding.scenarios.protecting import protected
from funding.scenarios.terms import Joining, Protection, Scenario


def on(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


AUTUMN = Term("autumn", "Autumn", on("2026-09-01"), on("2026-12-31"), 4, 12)
SPRING = Term("spring", "Spring", on("2027-01-01"), on("2027-03-31"), 3, 12)
SUMMER = Term("summer", "Summer", on("2027-04-01"), on("2027-08-31"), 5, 12)
YEAR = [AUTUMN, SPRING, SUMMER]
LONG_AGO = on("2020-09-01")
PRICES = {
    (0, "mainstream"): ((LONG_AGO, 224_000),),
    (1, "mainstream"): ((LONG_AGO, 404_400),),
    (0, "special"): ((LONG_AGO, 300_000),),
}


def state(pupil=0, school=0, band=0, term=0, start=None, end=None, **other) -> State:
    facts = {"sector": "mainstream", "plan": "EHCP", "own": True} | other
    start = on(start) if start else YEAR[term].start
    end = on(end) if end else YEAR[term].end
    return State(pupil=pupil, school=school, band=band, term=term, start=start, end=end, **facts)


def caseload(*states: State, terms=YEAR, **more) -> Caseload:
    return Caseload(
        terms=terms,
        states=states,
        pupils=[PupilFacts(f"P{n}", "ASD" if n else "SLCN") for n in range(4)],
        schools=[SchoolFacts(f"10000{n}", f"School {n}", "Primary", "North") for n in range(2)],
        bands=[BandFacts("f", "A", "Band A", 1), BandFacts("f", "B", "Band B", 2)],
        **more,
    )


def whole_year(pupil=0, **other) -> list[State]:
    return [state(pupil=pupil, term=place, **other) for place in range(3)]


def worked(found: Caseload, prices=PRICES, today=PRICES, **wanted):
    terms = Scenario.model_validate({"name": "S", "year": "2026-27", **wanted})
    return work_out(found, Supposed(terms, today, prices, (0, 1)))


def test_line_is_the_share_of_its_days():
    """£4,044.00 × 4/12 × 62 of 122 days = £685.05, the example of the rules."""
    found = caseload(state(band=1, start="2026-10-31"))
    assert price(found, PRICES).amounts == [68_505]


def test_a_year_of_terms_is_the_annual_value():
    found = price(caseload(*whole_year()), PRICES)
    assert found.amounts == [74_667, 56_000, 93_333]
    assert found.total == 224_000


def test_value_that_changes_in_a_term_makes_two_lines():
    """£2,240 to 15 November (76 days), £2,400 from the 16th (46): 465.14 + 301.64."""
    prices = {(0, "mainstream"): ((LONG_AGO, 224_000), (on("2026-11-16"), 240_000))}
    assert price(caseload(state()), prices).amounts == [46_514 + 30_164]


def test_a_change_to_the_same_value_makes_no_line():
    prices = {(0, "mainstream"): ((LONG_AGO, 100_001), (on("2026-11-16"), 100_001))}
    assert price(caseload(state()), prices).amounts == [share_of(100_001, AUTUMN, 122)]


def test_sector_changing_at_the_same_value_is_one_line():
    same = {(0, "mainstream"): ((LONG_AGO, 100_001),), (0, "special"): ((LONG_AGO, 100_001),)}
    states = state(end="2026-09-10"), state(start="2026-09-11", sector="special")
    assert price(caseload(*states), same).amounts == [share_of(100_001, AUTUMN, 122), 0]


@pytest.mark.parametrize("other", [{"pupil": 1}, {"school": 1}, {"plan": "SEN_SUPPORT"}])
def test_another_pupil_school_or_plan_begins_a_line(other):
    states = state(end="2026-09-10"), state(start="2026-09-11", **other)
    expected = [share_of(224_000, AUTUMN, 10), share_of(224_000, AUTUMN, 112)]
    assert price(caseload(*states), PRICES).amounts == expected


def test_band_without_a_value_has_no_amount_and_is_counted():
    outcome = worked(caseload(state(sector="independent"), state(pupil=1)))
    assert (outcome.unvalued, outcome.total) == (1, Decimal("746.67"))
    assert outcome.pupils.same == 1


def test_other_authorities_pupils_cost_nothing():
    found = caseload(state(own=False), extras={0: [Extra(100_000, LONG_AGO, None)]})
    assert price(found, PRICES).total == 0


def test_what_is_agreed_beside_the_band_is_a_line_of_its_own():
    """£1,000 from 1 to 30 November: × 4/12 × 30 of 122 days = £81.97."""
    extra = Extra(100_000, on("2026-11-01"), on("2026-11-30"))
    found = price(caseload(state(), extras={0: [extra]}), PRICES)
    assert (found.amounts, found.extras) == ([74_667], [8_197])


def test_whole_period_pays_all_of_it_for_the_count_date():
    term = AUTUMN._replace(counted=on("2026-10-01"))
    late = {(0, "mainstream"): ((LONG_AGO, 224_000), (on("2026-10-02"), 1))}
    extras = {0: [Extra(90_000, on("2026-10-01"), on("2026-10-01")), Extra(5, 1, 2)]}
    found = price(caseload(state(), terms=[term], extras=extras), late)
    assert (found.amounts, found.extras) == ([74_667], [30_000])


def test_share_is_the_rule_of_the_run():
    random = Random(7)
    for _ in range(500):
        annual, numerator, days = (
            random.randint(0, 9_999_999),
            random.randint(1, 9),
            random.randint(1, 122),
        )
        term = AUTUMN._replace(numerator=numerator, denominator=random.choice([12, 7, 3, 39]))
        expected = line_amount(Decimal(annual).scaleb(-2), numerator, term.denominator, days, 122)
        assert share_of(annual, term, days) == pence(expected)


def test_parts_of_a_penny_are_refused():
    with pytest.raises(ValueError, match="whole pence"):
        pence(Decimal("1.005"))


def test_candidate_holds_from_its_day_whatever_would_have_come():
    steps = ((LONG_AGO, 1), (on("2026-10-01"), 2), (on("2027-01-01"), 3))
    day = on("2026-10-15")
    assert from_day(steps, day, 9) == ((LONG_AGO, 1), (on("2026-10-01"), 2), (day, 9))


def test_uplift_is_rounded_half_up_on_each_value():
    prices = {(0, "mainstream"): ((LONG_AGO, 10_050), (on("2026-10-01"), None))}
    assert uplifted(prices, Decimal("2.5")) == {
        (0, "mainstream"): ((LONG_AGO, 10_301), (on("2026-10-01"), None))
    }


def test_result_against_budget_and_today():
    """One pupil of A rises from £2,240 to £2,500, one of B falls from £4,044 to £3,000."""
    prices = PRICES | {
        (0, "mainstream"): ((LONG_AGO, 250_000),),
        (1, "mainstream"): ((LONG_AGO, 300_000),),
    }
    states = [*whole_year(), *whole_year(1, band=1, school=1)]
    outcome = worked(caseload(*states), prices, budget=6000)
    assert (outcome.total, outcome.today, outcome.headroom) == (5500, 6284, 500)
    assert outcome.tables["band"] == {"A": 2500, "B": 3000}
    assert outcome.tables["need"] == {"SLCN": 2500, "ASD": 3000}
    assert outcome.heads["need"] == {"SLCN": 1, "ASD": 1}
    assert outcome.heads["sector"] == {"mainstream": 2}
    assert (outcome.pupils.winners, outcome.pupils.losers, outcome.pupils.same) == (1, 1, 0)
    assert [each.change for each in outcome.pupils.most_lost] == [-1044]
    assert [each.reference for each in outcome.pupils.most_gained] == ["P0"]
    assert [each.urn for each in outcome.schools.most_lost] == ["100001"]
    assert (outcome.pupils.gained, outcome.pupils.lost) == (260, 1044)
    average = (3142, 2750)
    assert outcome.averages["sector"] == {"mainstream": average}
    assert outcome.averages["phase"] == {"Primary": average}
    assert outcome.averages["all"] == {"all": average}
    assert set(outcome.averages["need"]) == {"SLCN", "ASD"}
    assert outcome.full_year == 5500


def test_protection_keeps_its_floor_for_its_years():
    """98.5 % of £4,044.00 is £3,983.34, which is £983.34 more than £3,000.00."""
    floor = Protection.model_validate({"floor": Decimal("98.5"), "years": 2})
    assert [protected(404_400, 300_000, floor, year) for year in range(3)] == [98_334, 98_334, 0]
    assert protected(300_000, 404_400, floor) == 0
    assert protected(404_400, 404_000, floor) == 0


def test_protection_phases_a_fall_in_and_no_rise():
    """A quarter of the fall of £1,044 is felt in the first year: £783.00 is kept."""
    phased = Protection.model_validate({"weights": [25, 50]})
    assert [protected(404_400, 300_000, phased, year) for year in range(3)] == [78_300, 52_200, 0]
    assert protected(300_000, 404_400, phased) == 0


def test_protection_of_a_school_sets_gains_against_losses():
    prices = PRICES | {
        (0, "mainstream"): ((LONG_AGO, 324_000),),
        (1, "mainstream"): ((LONG_AGO, 314_400),),
    }
    states = [*whole_year(), *whole_year(1, band=1)]
    for per, expected in (("pupil", Decimal("900.00")), ("school", Decimal("0.00"))):
        outcome = worked(caseload(*states), prices, protection={"per": per, "floor": 100})
        assert (outcome.protection, outcome.schools.losers) == (expected, 0)
    assert outcome.pupils.losers == 1


def test_growth_comes_evenly_over_the_year():
    """In the middle of autumn 61 of 365 days have gone: 61/365 × 10 % of £746.67 is £12.48."""
    assert elapsed(YEAR, AUTUMN) * 365 == 61
    assert elapsed(YEAR, SUMMER) * 365 == 122 + 90 + Decimal("76.5")
    assert grown({("mainstream", 0, 0): 74_667}, YEAR, Decimal(10)) == {("mainstream", 0, 0): 1_248}
    outcome = worked(caseload(*whole_year()), growth=10)
    # 12.48 + 56.00 × 167/365 + 93.33 × 288.5/365
    assert outcome.growth == Decimal("12.48") + Decimal("25.62") + Decimal("73.77")
    for table in outcome.tables.values():
        assert sum(table.values()) == outcome.total == 2240 + outcome.growth
    assert worked(caseload(*whole_year()), growth=-100).growth == -10 * outcome.growth + Decimal(
        "-0.02"
    )


def test_pupils_who_join_cost_their_days():
    """One a month at £3,650, one period: the first all of it, the last 31 of 365 days."""
    year = [Term("year", "Year", on("2026-09-01"), on("2027-08-31"), 1, 1)]
    months = months_from(dt.date(2026, 9, 1), year[0].end)
    days = [on("2027-09-01") - day for day in months]
    assert (len(days), days[0], days[-1]) == (12, 365, 31)
    one = Joining(sector="mainstream", joiners=1)
    assert joined(365_000, one, year) == {0: 1_000 * sum(days)}
    both = Joining(sector="mainstream", joiners=1, leavers=1)
    assert joined(365_000, both, year) == {0: 365_000}


def test_who_joins_costs_what_the_kind_costs_on_average():
    states = [*whole_year(), *whole_year(1, band=1), *whole_year(2, sector="special")]
    found = caseload(*states)
    for kind, annual in (
        ({"sector": "mainstream"}, 314_200),
        ({"sector": "mainstream", "band": "B"}, 404_400),
        ({"sector": "mainstream", "need": "SLCN"}, 224_000),
        ({"sector": "special", "phase": "Primary"}, 300_000),
        ({"sector": "special", "phase": "Secondary"}, 0),
    ):
        outcome = worked(found, growth={"monthly": [{**kind, "joiners": 2}]})
        expected = sum(joined(annual, Joining(joiners=2, **kind), YEAR).values())
        assert outcome.growth == Decimal(expected).scaleb(-2)
        for table in outcome.tables.values():
            assert sum(table.values()) == outcome.total
