"""Q30: a scenario over 20,000 pupils after a changed value; values found for them."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from benchmarks.frames import frame_of, worked_out
from benchmarks.runs import execute, timed
from funding.scenarios.caseloads import read_caseload
from funding.scenarios.doubting import doubts_of
from funding.scenarios.outcome import Supposed, work_out
from funding.scenarios.preparing import known_terms, supposed_of, wanted_of
from funding.scenarios.pricing import Caseload, pence
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


def against_pandas(caseload: Caseload, rounds: int) -> Iterator[str]:
    """The same figures of one scenario both ways: each value 3% down, a floor of 99%."""
    bands = sorted({(state.band, state.sector) for state in caseload.states})
    today = {cell: ((1, 100_000 * (cell[0] % 7 + 1)),) for cell in bands}
    then = {cell: ((1, steps[0][1] * 97 // 100),) for cell, steps in today.items()}
    terms = Scenario.model_validate({"name": "S", "year": "2026-27", "protection": {"floor": 99}})
    supposed = Supposed(terms, today, then)
    frame = frame_of(caseload)
    ours = [work_out(caseload, supposed)]
    theirs = [worked_out(frame, today, then, 99)]
    same = pence(ours[0].total) == theirs[0]["total"] and (
        (ours[0].pupils.winners, ours[0].pupils.losers)
        == (theirs[0]["winners"], theirs[0]["losers"])
    )
    if not same:
        raise AssertionError("pandas comes to another total")
    mine = median(timed(lambda: work_out(caseload, supposed)) for _ in range(rounds))
    panda = median(timed(lambda: worked_out(frame, today, then, 99)) for _ in range(rounds))
    yield (
        f"the same total, winners and losers in pandas {panda:.2f} s; here {mine:.2f} s with all "
        f"else that the page shows ({mine / panda:.1f} ×)"
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
    yield from against_pandas(reading.caseload, rounds)
    doubts = doubtful(doubts_of(known, reading, Growing(0, 4)).doubts)
    seconds = median(timed(lambda: simulate(doubts, 1)) for _ in range(rounds))
    reached = "reached" if seconds < MOST_SECONDS_DRAWING else "missed"
    yield f"Q30 {DRAWS:,} draws of three years in {seconds:.2f} s (under 2 s: {reached})"
    wish = Wish.model_validate(WISH)
    seconds = timed(lambda: propose(wanted_of(wish))) - reading_takes
    reached = "reached" if seconds < MOST_SECONDS_FINDING else "missed"
    yield f"Q30 values found, the reading left out, in {seconds:.1f} s (under 5 s: {reached})"
