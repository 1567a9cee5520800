"""Q30: a scenario over 20,000 pupils after a changed value; values found for them."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from benchmarks.runs import execute, timed
from funding.scenarios.caseloads import read_caseload
from funding.scenarios.doubting import doubts_of
from funding.scenarios.outcome import work_out
from funding.scenarios.preparing import known_terms, supposed_of, wanted_of
from funding.scenarios.proposing import propose
from funding.scenarios.simulating import DRAWS, Coming, Doubts, Found, Growing, simulate
from funding.scenarios.terms import Scenario
from funding.scenarios.wishes import Wish
from funding.services.scale import seed_scale

PUPILS = 20_000
MOST_SECONDS, MOST_SECONDS_FINDING, MOST_SECONDS_DRAWING = 1.0, 5.0, 2.0
WISH = {
    "year": "2026-27",
    "framework": "invented",
    "sectors": ["mainstream", "special", "post_16", "early_years", "alternative_provision"],
    "budget": 60_000_000,
    "minimum_step": 250,
    "maximum_step": 6_000,
}


def doubtful(doubts: Doubts) -> Doubts:
    """With six kinds of pupils who come and go, and 2,000 judged cases, one in nine changed."""
    months = [4000.0 - 330 * month for month in range(12)]
    return replace(
        doubts,
        coming=[Coming(20, 12, 4000.0, months)] * 6,
        unbanded=(1_000_000.0, 50_000.0),
        found=[Found(10.0, 0.0 if case % 9 else 900.0) for case in range(2_000)],
        population=PUPILS,
    )


def measure_scenarios(rounds: int) -> Iterator[str]:
    seed_scale(schools=PUPILS // 26, pupils=PUPILS)
    execute("VACUUM ANALYZE")
    terms = Scenario.model_validate(
        {"name": "Uplift", "year": "2026-27", "uplift": 3, "protection": {"floor": 99}}
    )
    known = known_terms(terms)
    found = []
    reading_takes = timed(lambda: found.append(read_caseload(known.basis)))
    (reading,) = found
    supposed = supposed_of(known, reading)
    states = len(reading.caseload.states)
    yield f"{states:,} states of {PUPILS:,} pupils read in {reading_takes:.2f} s"
    seconds = median(timed(lambda: work_out(reading.caseload, supposed)) for _ in range(rounds))
    reached = "reached" if seconds < MOST_SECONDS else "missed"
    yield f"Q30 worked out after a changed value in {seconds:.2f} s (under 1 s: {reached})"
    doubts = doubtful(doubts_of(known, reading, Growing(0, 4)).doubts)
    seconds = median(timed(lambda: simulate(doubts, 1)) for _ in range(rounds))
    reached = "reached" if seconds < MOST_SECONDS_DRAWING else "missed"
    yield f"Q30 {DRAWS:,} draws of three years in {seconds:.2f} s (under 2 s: {reached})"
    wish = Wish.model_validate(WISH)
    seconds = timed(lambda: propose(wanted_of(wish))) - reading_takes
    reached = "reached" if seconds < MOST_SECONDS_FINDING else "missed"
    yield f"Q30 values found, the reading left out, in {seconds:.1f} s (under 5 s: {reached})"
