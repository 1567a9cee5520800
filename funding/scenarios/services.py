"""Scenarios made, changed, worked out, shared, put aside and adopted (rules.md F14)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from banding.models import Band
from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.services import start_job_once
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day as day_words
from banding_portal.words import money
from funding.choices import ScenarioState
from funding.models import Period
from funding.scenarios.actions import actions_on_scenarios, scenario_actions
from funding.scenarios.adopting import adopted_steps, mark_of_terms
from funding.scenarios.caseloads import Reading
from funding.scenarios.models import CaseloadReading, Scenario, ScenarioWork
from funding.scenarios.outcome import work_out
from funding.scenarios.packing import packed, unpacked
from funding.scenarios.preparing import Known, known_terms, read_for, supposed_of
from funding.scenarios.proposing import Proposal
from funding.scenarios.results import as_json
from funding.scenarios.selectors import key_of, mark_of_values, reading_for, terms_of_row
from funding.scenarios.terms import Candidate
from funding.scenarios.terms import Scenario as Terms
from funding.scenarios.wishes import Wish
from funding.services.protecting import look_up_for
from funding.services.values import set_band_value
from schools.models import User

STEPS = ("the pupils of the year", "the scenario")
NOTHING = "This scenario has today’s values, so there is nothing to adopt."
CHANGED = (
    "The scenario was changed since you opened this page. Look at its values again, then decide."
)


def as_numbers(terms: Terms) -> dict[str, Any]:
    """The terms as a scenario’s file has them: numbers, and days as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, Mapping):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, list) else value

    found = plain(terms.model_dump())
    return found | {"values": found["values"] or "current"}


@verb
def make_scenario(*, terms: Terms, note: str, by: User) -> Scenario:
    actions_on_scenarios(by).require("make")
    known_terms(terms)
    return Scenario.objects.create(name=terms.name, note=note, terms=as_numbers(terms), made_by=by)


@verb
def change_scenario(*, scenario: Scenario, terms: Terms, note: str, by: User) -> Scenario:
    """What it supposes from now on; it is worked out anew."""
    locked = locked_scenario(scenario)
    scenario_actions(locked, by).require("edit")
    known_terms(terms)
    locked.name, locked.note, locked.terms = terms.name, note, as_numbers(terms)
    locked.result, locked.fingerprint, locked.worked_out_at = None, "", None
    locked.save()
    return locked


@verb
def keep_found(*, scenario: Scenario, wish: Wish, proposal: Proposal, by: User) -> Scenario:
    """A draft of one's own with the values found and nothing else, for they fit the budget by
    themselves; what binds stands in its note.
    """
    scenario_actions(scenario, by).require("find")
    refuse_name(wish.name, by)
    values = [
        Candidate(band=each.band, sector=each.sector, annual_value=each.annual_value)
        for each in proposal.values
    ]
    kept = terms_of_row(scenario).model_copy(
        update={
            "name": wish.name,
            "values": values,
            "budget": wish.budget,
            "uplift": None,
            "go_live": {},
            "protection": None,
            "growth": None,
        }
    )
    binds = [
        f"{rule.words} Without this rule, pupils’ values would move {money(by_how)} less in all."
        for rule, by_how in proposal.binding
    ]
    found = (
        f"Found for a budget of {money(wish.budget)}, from “{scenario}”, near the values of "
        f"{day_words(proposal.day)}."
    )
    note = "\n".join([found, *proposal.without_value, *binds])[:2000]
    return Scenario.objects.create(name=wish.name, note=note, terms=as_numbers(kept), made_by=by)


def refuse_name(name: str, by: User) -> None:
    """Two results of one name could not be told apart where scenarios are compared."""
    if Scenario.objects.visible_to(by).filter(name=name).exists():
        raise RefusalError(
            f"There is a scenario called “{name}” already. Give this one another name.",
            field="name",
        )


@verb
def duplicate_scenario(*, scenario: Scenario, by: User) -> Scenario:
    """A draft of one's own with the same terms."""
    scenario_actions(scenario, by).require("duplicate")
    name = f"Copy of {scenario.name}"[:80]
    return Scenario.objects.create(
        name=name, note=scenario.note, terms=scenario.terms | {"name": name}, made_by=by
    )


@verb
def share_scenario(*, scenario: Scenario, by: User) -> Scenario:
    """All of finance can look at it from now on."""
    return _moved(scenario, "share", ScenarioState.SHARED, by)


@verb
def archive_scenario(*, scenario: Scenario, by: User) -> Scenario:
    return _moved(scenario, "archive", ScenarioState.ARCHIVED, by)


@verb
def restore_scenario(*, scenario: Scenario, by: User) -> Scenario:
    """A draft again, which its maker alone sees."""
    return _moved(scenario, "restore", ScenarioState.DRAFT, by)


def _moved(scenario: Scenario, action: str, state: str, by: User) -> Scenario:
    locked = locked_scenario(scenario)
    scenario_actions(locked, by).require(action)
    locked.move(state, by=by)
    return locked


@verb
def adopt_scenario(*, scenario: Scenario, day: dt.date, seen: str, by: User) -> Scenario:
    """Its values apply from a day on, each set as if by hand (F2), by a second person, who saw the
    terms of which `seen` is the mark. Raises RefusalError where they are others by now.
    """
    locked = locked_scenario(scenario)
    scenario_actions(locked, by).require("adopt")
    if mark_of_terms(locked) != seen:
        raise RefusalError(CHANGED)
    set_values(locked, day, by)
    locked.move(ScenarioState.ADOPTED, by=by, adopted_from=day, adopted_by=by)
    return locked


def set_values(scenario: Scenario, day: dt.date, by: User) -> None:
    """From a day; in a sector that goes live later, from then. Raises RefusalError where there is
    nothing to set.
    """
    steps = adopted_steps(scenario, day)
    if not steps:
        raise RefusalError(NOTHING)
    bands = Band.objects.in_bulk([step.band for step in steps])
    for step in steps:
        set_band_value(
            band=bands[step.band],
            sector=step.sector,
            effective_from=step.since,
            annual_value=step.annual,
            by=by,
        )


def locked_scenario(scenario: Scenario) -> Scenario:
    return Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)


def work_out_scenario(*, scenario: Scenario, by: User, again: bool = False) -> ScenarioWork | None:
    """Work it out at once where its pupils have been read; else ask for them to be read first, and
    return the work that does it. Raises RefusalError.
    """
    known = known_terms(terms_of_row(scenario))
    kept = None if again else reading_for(known)
    if kept is None:
        return start_job_once(ScenarioWork(scenario=scenario, started_by=by), scenario=scenario)
    keep_result(scenario, known, Reading(*unpacked(bytes(kept.content))), kept)
    return None


@transaction.atomic
def look_up_protection(year: str) -> None:
    """Whom the rules of protection in force in a year protect, as each run looks it up (F10)."""
    look_up_for(Period.objects.filter(calendar__year=year))


@lists_refusals
def read_and_work_out(job: ScenarioWork, progress: Progress) -> Result:
    """The work of a job: read the states of the year, keep them, work the scenario out."""
    progress(0, len(STEPS))
    scenario = locked_scenario(job.scenario)
    known = known_terms(terms_of_row(scenario))
    look_up_protection(known.terms.year)
    reading = read_for(known)
    content = packed(reading.caseload, reading.bands)
    kept, _ = CaseloadReading.objects.update_or_create(
        key=key_of(known),
        defaults={
            "content": content,
            "sha256": hashlib.sha256(content).hexdigest(),
            "read_at": timezone.now(),
        },
    )
    progress(1, len(STEPS))
    keep_result(scenario, known, reading, kept)
    progress(len(STEPS), len(STEPS))
    return Result(preview={"total": scenario.result["cost_total"] if scenario.result else None})


def keep_result(scenario: Scenario, known: Known, reading: Reading, kept: CaseloadReading) -> None:
    outcome = work_out(reading.caseload, supposed_of(known, reading))
    scenario.result = as_json(outcome) | {"values_mark": mark_of_values()}
    scenario.worked_out_at, scenario.read_at = timezone.now(), kept.read_at
    whole = json.dumps(scenario.terms, sort_keys=True) + kept.sha256
    scenario.fingerprint = hashlib.sha256(whole.encode()).hexdigest()
    scenario.save(update_fields=["result", "worked_out_at", "read_at", "fingerprint"])
