"""Q26: the run over all plans in England, against writing its rows by hand and against a loop.

The hand-written statement copies the very rows the run made into the same table, with the same
indexes, constraints and triggers: no statement that also has to work them out can do less.
"""

import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from django.db import connection, transaction

from benchmarks.loop import calculate_in_a_loop
from funding.models import Line, Period
from funding.services.runs import calculate_run
from funding.services.scale import seed_scale

PLACEMENTS_A_PUPIL = 1.025
PUPILS_A_SCHOOL = 26
MOST_FOR_HAND_WRITTEN, LEAST_FOR_LOOP = 1.5, 20


def measure_runs(placements: int, rounds: int, loop_pupils: int) -> Iterator[str]:
    """Yield the report, a line at a time."""
    pupils = round(placements / PLACEMENTS_A_PUPIL)
    seconds = timed(lambda: seed_scale(schools=max(60, pupils // PUPILS_A_SCHOOL), pupils=pupils))
    execute("VACUUM ANALYZE")
    say(f"{placements:,} placements invented in {seconds:.0f} s")
    period = Period.objects.get(code="2026-autumn")
    runs, copies, loops = [], [], []
    lines = 0
    for number in range(1, rounds + 1):
        empty()
        runs.append(timed(lambda: calculate_run(period=period, by=None)))
        lines = Line.objects.count()
        execute("DROP TABLE IF EXISTS lines_of_the_run")
        execute("CREATE TABLE lines_of_the_run AS SELECT * FROM funding_line")
        empty()
        copies.append(timed(copy_rows))
        empty()
        loops.append(timed(lambda: calculate_in_a_loop(period, loop_pupils)))
        loops[-1] *= lines / Line.objects.count()
        took = f"run {runs[-1]:.1f} s, hand-written {copies[-1]:.1f} s, loop {loops[-1]:.0f} s"
        say(f"round {number}: {took}")
    run, copy, loop = median(runs), median(copies), median(loops)
    yield f"Q26 run over {placements:,} placements, {lines:,} lines: {run:.1f} s"
    yield verdict("Q26 run ÷ hand-written INSERT … SELECT of the same rows", run / copy, copy)
    yield verdict("Q26 loop with bulk_create ÷ run", loop / run, loop, least=True)


def verdict(label: str, ratio: float, seconds: float, *, least: bool = False) -> str:
    wanted = f"at least {LEAST_FOR_LOOP}" if least else f"at most {MOST_FOR_HAND_WRITTEN}"
    reached = ratio >= LEAST_FOR_LOOP if least else ratio <= MOST_FOR_HAND_WRITTEN
    return f"{label}: {ratio:.2f} ({seconds:.1f} s; {wanted}: {'reached' if reached else 'missed'})"


@transaction.atomic
def copy_rows() -> None:
    execute("INSERT INTO funding_line SELECT * FROM lines_of_the_run")


def empty() -> None:
    """The same start for each: no lines, and nothing left of them in table or indexes."""
    execute("TRUNCATE funding_line")
    execute("VACUUM schools_pupil, banding_banddecision")


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
