"""How time grows with the work: each thing at one, four and sixteen times as many pupils."""

import csv
import io
import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from statistics import mean
from uuid import UUID

from django.db import transaction

from banding.caseload.services import import_caseload
from banding_portal.roles import Role
from benchmarks.database import own_database
from benchmarks.pages import member
from benchmarks.runs import empty, execute, timed
from benchmarks.screens import read_and_keep
from funding.models import Period, Scenario, ScenarioWork
from funding.scenarios.outcome import work_out
from funding.scenarios.preparing import known_terms, supposed_of
from funding.scenarios.reporting import reported
from funding.scenarios.selectors import states_for, terms_of_row
from funding.scenarios.services import make_scenario
from funding.scenarios.terms import Scenario as Terms
from funding.services.runs import calculate_run
from funding.services.scale import seed_scale
from moderation.agreement import confusion_matrix, measure_agreement
from moderation.sampling import Decision, Stratum, draw, sample_size

TIMES = (1, 4, 16)
PUPILS, A_SCHOOL = 2_000, 26
MOST = 1.1
PURE = 25
"""So many times the pupils for what takes no time with a few."""
BANDS = ("1", "2", "3", "4", "5", "6")
HEADINGS = (
    "pupil_id", "upn", "surname", "forename", "date_of_birth", "ncy", "school_urn",
    "placement_start", "placement_end", "plan_type", "plan_start", "plan_end", "primary_need",
    "responsible_la", "band_framework", "band", "band_effective_from",
)  # fmt: skip
TERMS = {
    "name": "Growth", "year": "2026-27", "framework": "invented", "uplift": 3, "growth": 2,
    "unbanded": "imputed", "protection": {"floor": 99, "years": 3}, "budget": 60_000_000,
}  # fmt: skip


def measure_growth(rounds: int) -> Iterator[str]:
    """Yield the report: a line for each, its seconds and the exponent fitted to them."""
    taken: dict[str, list[float]] = {}
    for times in TIMES:
        with own_database():
            seed_scale(schools=max(60, times * PUPILS // A_SCHOOL), pupils=times * PUPILS)
            execute("VACUUM ANALYZE")
            for name, action in actions(times * PUPILS).items():
                best = min(timed(action) for _ in range(rounds))
                taken.setdefault(name, []).append(best)
    for name, seconds in taken.items():
        exponent = exponent_of(seconds)
        reached = "reached" if exponent <= MOST else "missed"
        shown = ", ".join(f"{each:.3f}" for each in seconds)
        yield (
            f"growth of {name}: {shown} s at {', '.join(f'{times}×' for times in TIMES)}; "
            f"exponent {exponent:.2f} (at most {MOST}: {reached})"
        )


def exponent_of(seconds: Sequence[float]) -> float:
    """The slope of the line nearest to the logarithms of work and time."""
    works, times = [math.log(each) for each in TIMES], [math.log(each) for each in seconds]
    work, time = mean(works), mean(times)
    pairs = zip(works, times, strict=True)
    above = sum((each - work) * (other - time) for each, other in pairs)
    return above / sum((each - work) ** 2 for each in works)


def actions(pupils: int) -> dict[str, Callable[[], object]]:
    period = Period.objects.get(code="2026-autumn")
    scenario = scenario_of()
    _, reading = states_for(scenario)
    supposed = supposed_of(known_terms(terms_of_row(scenario)), reading)
    population = population_of(PURE * pupils)
    judged = [(BANDS[place % 6], BANDS[(place % 7) % 6]) for place in range(PURE * pupils)]
    content = caseload_of(pupils)

    def run() -> None:
        empty()
        calculate_run(period=period, by=None)

    def caseload() -> None:
        with transaction.atomic():
            found = import_caseload(
                lambda done, total: None, filename="caseload.csv", content=content
            )
            if found.issues:
                raise RuntimeError(found.issues[0].message)
            transaction.set_rollback(True)

    return {
        "a run": run,
        "a caseload": caseload,
        "a sample": lambda: draw(population, seed="growth", allot=tenth),
        "statistics": lambda: measure_agreement(confusion_matrix(BANDS, judged)),
        "a report": lambda: reported(scenario),
        "a scenario": lambda: work_out(reading.caseload, supposed),
    }


def scenario_of() -> Scenario:
    """Its pupils read and worked out."""
    user = member("finance@invented.example", Role.FINANCE_OFFICER)
    scenario = make_scenario(terms=Terms.model_validate(TERMS), note="", by=user)
    job = ScenarioWork.objects.create(scenario=scenario, started_by=user)
    read_and_keep(job)
    scenario.refresh_from_db()
    return scenario


def population_of(count: int) -> list[Decision]:
    strata = [Stratum("North", "mainstream", band) for band in BANDS]
    return [Decision(UUID(int=place), strata[place % 6]) for place in range(count)]


def tenth(counts: dict[Stratum, int]) -> dict[Stratum, int]:
    return {stratum: sample_size(count, Decimal("0.1")) for stratum, count in counts.items()}


def caseload_of(count: int) -> bytes:
    """A file of pupils whom nobody knows yet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for place in range(count):
        day = f"{2010 + place % 9}-{1 + place % 12:02}-{1 + place % 28:02}"
        writer.writerow([
            f"N{place:06}", "", f"Newcomer{place}", f"Pupil{place % 97}", day, "",
            str(800_001 + place % 60), "2025-09-01", "", "EHCP", "2025-05-05", "", "ASD", "", "",
            "", "",
        ])  # fmt: skip
    return out.getvalue().encode()
