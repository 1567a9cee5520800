"""Plans that cease at phase ends, and what moderation found carried over, by hand (F14)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
import time_machine

from banding.found_moves import FoundMove, FoundMoves
from funding.scenarios import preparing
from funding.scenarios.caseloads import Basis, phase_end, read_caseload
from funding.scenarios.outcome import Supposed, work_out
from funding.scenarios.packing import packed, unpacked
from funding.scenarios.preparing import model_scenario
from funding.scenarios.pricing import PupilFacts, price, price_by_line
from funding.scenarios.terms import Scenario, read_scenario
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.funding.test_scenario_pricing import PRICES, caseload, on, state, whole_year, worked
from tests.funding.test_scenario_property import terms

ENDS = {"phase_ends": [{"after_year": 11, "percent": 25}]}
FOUND = FoundMoves(
    "Autumn",
    dt.date(2026, 10, 1),
    8,
    [
        FoundMove(Fraction(4), "mainstream", "A", "B", is_settled=True),
        FoundMove(Fraction(4), "mainstream", "A", "A", is_settled=True),
    ],
)
"""Two of eight judged, one of them from A (£2,240) to B (£4,044): £1,804 a year more."""


def finishing(*years: int, ends="2026-09-01", states=None):
    found = caseload(*(states or [each for n in range(len(years)) for each in whole_year(n)]))
    pupils = [PupilFacts(f"P{n}", "ASD", year) for n, year in enumerate(years)]
    return replace(found, pupils=pupils, phase_end=on(ends))


def test_quarter_of_the_plans_of_year_11_cease():
    """Two pupils on A at £2,240.00; of the one who finishes Year 11 a quarter is not spent."""
    outcome = worked(finishing(11, 10), growth=ENDS)
    assert (outcome.ceasing, outcome.total) == (Decimal("-560.00"), Decimal("3920.00"))
    assert outcome.full_year == Decimal("3920.00")
    for table in outcome.tables.values():
        assert sum(table.values()) == outcome.total


def test_only_days_from_september_on_cease():
    """A year from April would have them: here the summer of £933.33, 31 of 153 days of it: a
    quarter of £189.11 is £47.28.
    """
    outcome = worked(finishing(11, ends="2027-08-01"), growth=ENDS)
    assert outcome.ceasing == Decimal("-47.28")


def test_phase_end_that_was_over_when_pupils_were_read_is_left_out():
    found = replace(finishing(11), phase_end=None)
    assert worked(found, growth=ENDS).ceasing == 0


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([{"after_year": 22, "percent": 5}],
         "Write the year group that is finished, from -2 to 21."),
        ([{"after_year": 6, "percent": 101}],
         "Write how many per cent of plans cease, from 0 to 100, like 12.5."),
        ([{"after_year": 6, "percent": 1}] * 2, "The end of year group 6 is there twice."),
    ],
)  # fmt: skip
def test_phase_end_that_cannot_be(ends, said):
    asked = {"name": "S", "year": "2026-27", "growth": {"phase_ends": ends}}
    assert [issue.message for issue in read_scenario(asked)[1]] == [said]


def corrected(found=FOUND, begins=None, **wanted):
    states = [*whole_year(0), *whole_year(1, band=1)]
    some = replace(caseload(*states), moderated=found)
    asked = {"name": "S", "year": "2026-27", "decisions": "corrected", **wanted}
    return work_out(
        some, Supposed(Scenario.model_validate(asked), PRICES, PRICES, (0, 1), begins or {})
    )


def test_what_moderation_found_is_carried_over_to_the_others():
    """4 × £1,804 less the one that is agreed already: £5,412.00 beside £6,284.00."""
    outcome = corrected()
    assert outcome.moderation == Decimal("5412.00")
    assert outcome.total == Decimal("11696.00")
    assert outcome.tables["sector"] == {"mainstream": outcome.total}
    assert outcome.tables["need"]["moderation"] == Decimal("5412.00")
    for table in outcome.tables.values():
        assert sum(table.values()) == outcome.total


def test_interval_is_that_of_the_carried_sum_drawn_in():
    """Mean £902, so each case lies 4 × £902 away: √(2 × 3608² × 2/1 × 6/8) = £6,249.24, 1.96
    times of which is £12,248.28.
    """
    outcome = corrected()
    assert outcome.interval == (
        outcome.total - Decimal("12248.28"), outcome.total + Decimal("12248.28"),
    )  # fmt: skip
    assert corrected(replace_moves(1)).interval is None


def replace_moves(count: int) -> FoundMoves:
    return FOUND._replace(moves=FOUND.moves[:count])


def test_sector_that_goes_live_in_april_has_five_twelfths_of_it():
    outcome = corrected(begins={"mainstream": dt.date(2027, 4, 1)})
    assert outcome.moderation == Decimal("2255.00")
    assert outcome.tables["term"]["autumn"] == Decimal("2094.67")


def test_nothing_is_carried_over_where_other_decisions_count():
    assert corrected(decisions="submitted").moderation == 0
    assert corrected(None).moderation == 0


def test_all_at_once_comes_to_the_same_as_line_by_line():
    dice = Random(5)
    prices = {
        (band, sector): tuple(
            (on(day), dice.choice([None, 224_001, 403_333]))
            for day in ("2020-09-01", "2026-11-05", "2027-04-01")
        )
        for band in range(2)
        for sector in ("mainstream", "special")
    }
    states = []
    for pupil in range(4):
        for term in range(3):
            first = state(pupil, term=term, band=dice.randrange(2), own=dice.random() < 0.8)
            cut = dice.randint(first.start, first.end - 1)
            second = first._replace(start=cut + 1, sector=dice.choice(["mainstream", "special"]))
            states += [first._replace(end=cut), second]
    found = caseload(*states)
    assert price(found, prices) == price_by_line(found, prices)


@pytest.mark.django_db
def test_readings_hold_who_finishes_and_what_moderation_found(monkeypatch):
    set_value("A", "2240.00")
    funded_pupil(code="A")
    year = make_year()
    periods = tuple(year.periods.select_related("calendar").order_by("start"))
    assert phase_end(periods) == dt.date(2026, 9, 1)
    with time_machine.travel("2026-05-01 12:00Z", tick=False):
        reading = read_caseload(Basis(periods))
    assert reading.caseload.phase_end == on("2026-09-01")
    assert reading.caseload.pupils[0].finishes is not None
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        assert read_caseload(Basis(periods)).caseload.phase_end is None
    kept = replace(reading.caseload, moderated=FOUND)
    assert unpacked(packed(kept, ()))[0].moderated == FOUND
    monkeypatch.setattr(preparing, "moves_found", lambda known: FOUND)
    outcome = model_scenario(terms(decisions="corrected"))
    assert outcome.carried.population == 8
