"""Who is rolled forward into a round, on which decision, and on which list (B10, S7)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from banding.choices import CollectionKind, PupilChange, ReturnState, RoundList
from banding.models import BandDecision, Collection, ReturnPupil
from banding.roll_over.selectors import reason_of, reasons_to_stay
from banding.rounds.rules import (
    Facts,
    Report,
    Standing,
    is_phase_leaver,
    last_day_before,
    standing_of,
)
from banding.rounds.states import (
    reported_on_returns,
    reported_out_of_a_return,
    states_of_rows,
)
from banding_portal.words import short_day
from schools.choices import PlanType
from schools.models import Placement
from schools.register_rules import is_last_year_group

Rows = Sequence[ReturnPupil]


@dataclass(frozen=True)
class Forward:
    """A pupil's standing, and the decision that it rests on."""

    standing: Standing
    decision: BandDecision | None

    def __str__(self) -> str:
        """Who decided, and from when."""
        if self.decision is None or self.decision.is_held:
            return ""
        source = "The school" if self.decision.school_id else self.decision.source_words
        return f"{source}, from {short_day(self.decision.effective_from)}"


def is_round(collection: Collection) -> bool:
    return collection.kind == CollectionKind.ROUND


def forwards_of(collection: Collection, rows: Rows) -> dict[UUID, Forward]:
    """By the id of each row how it comes into a round; empty for an exercise. Seven queries."""
    if not is_round(collection) or not rows:
        return {}
    by = max(collection.deadline, collection.reference_date)
    facts = facts_of_rows(collection, rows)
    found = BandDecision.objects.select_related("band", "collection", "asked_for_by").in_bulk(
        {pk for _, pk in facts.values()}
    )
    return {
        row: Forward(standing_of(known, by), found.get(decision))
        for row, (known, decision) in facts.items()
    }


def facts_of_rows(collection: Collection, rows: Rows) -> dict[UUID, tuple[Facts, Any]]:
    """What is known of each row, and the id of its decision where it has one."""
    at_school = placements_of(collection, rows)
    new_year = last_day_before(collection.reference_date).year
    reasons = reasons_to_stay(new_year, (row.pupil_id for row in rows), collection)
    reports = reports_of_rows(collection, rows)
    facts: dict[UUID, tuple[Facts, Any]] = {}
    for state in states_of_rows(row.pk for row in rows):
        placement = at_school.get((state["pupil"], state["pupil_return__school"]))
        decision = state["rests_on"] if state["placed"] and state["basis"] else None
        known = Facts(
            is_own=state["authority"] == settings.LA_CODE,
            is_funded=decision is not None,
            basis=state["basis"] or state["plan_type"],
            may_apply=state["plan_type"] == PlanType.SEN_SUPPORT,
            change=state["change"],
            was_taken_off=state["taken_off"],
            report=reports.get((state["pupil"], state["pupil_return__school"])),
            **school_facts(placement, new_year, reasons),
        )
        facts[state["pk"]] = known, decision
    return facts


def school_facts(placement: Placement | None, new_year: int, reasons: Any) -> dict[str, Any]:
    """Whether the placement was to end last 31 August, why it did not, and when it ends."""
    if placement is None:
        return {}
    last_day = dt.date(new_year, 8, 31)
    group = placement.pupil.year_group_on(last_day)
    ages = placement.school.low_age, placement.school.high_age
    leaves = is_phase_leaver(group, placement.start, placement.end, last_day, ages)
    why = reason_of(placement, group, reasons, new_year) if leaves else ""
    facts = {"is_phase_leaver": leaves, "reason_to_stay": why, "ends": placement.end}
    if placement.start > last_day and is_last_year_group(group, *ages):
        facts["placed_past_end"] = placement.start
    return facts


def placements_of(collection: Collection, rows: Rows) -> dict[tuple[UUID, UUID], Placement]:
    """By pupil and school the placement of the reference date or since that started last."""
    pupils = [row.pupil_id for row in rows]
    placed = Placement.objects.since(collection.reference_date).filter(pupil__in=pupils)
    found = placed.select_related("pupil", "school").order_by("start")
    return {(each.pupil_id, each.school_id): each for each in found}


def reports_of_rows(collection: Collection, rows: Rows) -> dict[tuple[UUID, UUID], Report]:
    """By pupil and school what was told elsewhere, out of a return before on another one."""
    pupils = [row.pupil_id for row in rows]
    told = reported_on_returns().filter(pupil__in=pupils).exclude(collection=collection)
    told = told.select_related("pupil_return__collection").order_by("pupil_return__submitted_at")
    found = {
        (row.pupil_id, row.pupil_return.school_id): Report(
            row.change, row.change_date, str(row.pupil_return.collection), day_sent(row)
        )
        for row in told
    }
    for leaver in reported_out_of_a_return().filter(pupil__in=pupils):
        sent = timezone.localdate(leaver.told_at)
        report = Report(PupilChange.LEFT, leaver.left_on, sent=sent)
        found[leaver.pupil_id, leaver.school_id] = report
    return found


def day_sent(row: ReturnPupil) -> dt.date | None:
    """Of what stands on a return the day it was submitted; None while it is with its school."""
    submitted = row.pupil_return.submitted_at
    is_in = row.pupil_return.state == ReturnState.SUBMITTED
    return timezone.localdate(submitted) if is_in and submitted else None


@dataclass(frozen=True)
class RoundRow:
    """One own pupil of a round: whose list, which one, and what it rests on."""

    row: ReturnPupil
    forward: Forward

    @property
    def list(self) -> RoundList:
        return self.forward.standing.list


def round_rows(collection: Collection, urn: str = "") -> Iterator[RoundRow]:
    """The authority's own pupils on the lists of a round, by school and reference.

    Carrying on and leaving are together those in a state (F3) on the reference date, so that who
    was taken off before is on none.
    """
    found = ReturnPupil.objects.filter(collection=collection)
    found = found.select_related("pupil", "pupil_return__school")
    if urn:
        found = found.filter(pupil_return__school__urn=urn)
    rows = list(found.order_by("pupil_return__school__urn", "pupil__reference"))
    forwards = forwards_of(collection, rows)
    for row in rows:
        forward = forwards.get(row.pk)
        if forward and forward.standing.is_own and not forward.standing.was_taken_off:
            yield RoundRow(row, forward)


def count_lists(collection: Collection) -> dict[str, int]:
    """How many of the authority's own pupils stand on each list."""
    counts = count_parts(collection)
    return {name: counts[name] for name in RoundList.values}


def count_parts(collection: Collection) -> dict[str, int]:
    """The same, and the rest of its pupils: `others`, of other authorities, `taken_off`, by the
    last roll-over, of whom the school is asked once more (S7). `pupils` is the sum.
    """
    rows = list(ReturnPupil.objects.filter(collection=collection))
    counts = dict.fromkeys([*RoundList.values, "others", "taken_off"], 0)
    for each in forwards_of(collection, rows).values():
        standing = each.standing
        part = standing.list if standing.is_own else "others"
        counts["taken_off" if standing.was_taken_off else part] += 1
    return counts | {"pupils": sum(counts.values())}
