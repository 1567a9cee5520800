"""Everything that happened to a case, in order, from its rows and from the audit trail.

`whole` is for whom `stage_of` says COMPARING alone; others see who judges it and who has locked a
judgement, and nothing that tells a band (M4, M9).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from banding.models import Band
from banding_portal.words import day, day_time, short_day
from moderation.choices import OutcomeKind, PanelCaseState, PanelRoute
from moderation.models import Case, EvidenceRequest, Judgement, Outcome, PanelCase, Proposal
from moderation.panels.selectors import publication_of
from schools.models import User

Row = dict[str, Any]
PANEL_MOVES = {
    PanelCaseState.AGENDA: "Put on the agenda of a panel",
    PanelCaseState.WAITING: "Taken off the agenda",
    PanelCaseState.TAKEN_BACK: "Taken back from the panel, to be settled without it",
}


@dataclass(frozen=True)
class Event:
    """Something that happened to a case."""

    at: dt.datetime
    what: str
    by: str = ""
    """A name, or the id of a person until it is looked up."""
    detail: str = ""
    is_whole_day: bool = False

    @property
    def when(self) -> str:
        return short_day(self.at) if self.is_whole_day else day_time(self.at)


def history_of(case: Case, *, whole: bool, drawn: bool = True) -> list[Event]:
    """In the order in which it happened; nine queries at most. Needs `sample` loaded.

    Without `drawn` nothing tells whether it was drawn at random or chosen (M9).

    The beginning comes first whatever its moment: the draw is dated by the portal's clock and
    the changes of the case by the database's, and two clocks never agree to the millisecond.
    """
    found = [*given(case, with_reason=whole), *judged(case, with_bands=whole)]
    if whole:
        found += [*asked(case), *proposed(case), *in_panels(case), *settled(case)]
    first = beginning(case, with_reason=whole) if drawn else ()
    return named([*first, *sorted(found, key=lambda event: event.at)])


def named(events: list[Event]) -> list[Event]:
    """With the names of the people in place of their ids."""
    people = {str(one.pk): str(one) for one in User.objects.filter(pk__in=ids_in(events))}
    return [replace(event, by=people.get(event.by, event.by)) for event in events]


def ids_in(events: Iterable[Event]) -> set[UUID]:
    found = set()
    for event in events:
        try:
            found.add(UUID(event.by))
        except ValueError:
            continue
    return found


def events_of(model: Any, **about: Any) -> list[Row]:
    """What the audit trail has of these rows, with `by`: the id of who did it."""
    who = KeyTextTransform("user", "pgh_context__metadata")
    rows = model.pgh_event_model.objects.filter(**about).order_by("pgh_id")
    return list(rows.annotate(by=who).values())


def beginning(case: Case, *, with_reason: bool) -> Iterator[Event]:
    """Drawn with its sample, or added to it later; the reason may tell its band (M9)."""
    sample = case.sample
    drawn_by = str(sample.drawn_by_id or "")
    if not (case.replaces_id or case.target_reason):
        yield Event(sample.drawn_at, "Drawn at random", drawn_by)
        return
    what = "Added in the place of a withdrawn case" if case.replaces_id else "Added to the sample"
    first = events_of(Case, pgh_obj_id=case.pk, pgh_label="insert")
    at, by = (first[0]["pgh_created_at"], first[0]["by"]) if first else (sample.drawn_at, drawn_by)
    yield Event(at, what, by or "", case.why_targeted if with_reason else "")


def given(case: Case, *, with_reason: bool) -> Iterator[Event]:
    """To whom it was given and from whom taken and why, and another decision in its place."""
    rows = events_of(Case, pgh_obj_id=case.pk)
    seats = ("moderator_id", "second_moderator_id")
    wanted = {row[seat] for row in rows for seat in seats}
    people = {one.pk: str(one) for one in User.objects.filter(pk__in=wanted - {None})}
    for before, after in pairwise(rows):
        had, has = ({row[seat] for seat in seats} - {None} for row in (before, after))
        at, by = after["pgh_created_at"], after["by"] or ""
        for person in sorted(had - has, key=str):
            why = after["given_because"] if with_reason else ""
            yield Event(at, f"Taken from {people[person]}", by, why)
        for person in sorted(has - had, key=str):
            yield Event(at, f"Given to {people[person]}", by)
        if before["decision_id"] != after["decision_id"]:
            yield Event(at, "Went on to the decision that replaced the one drawn", by)


def judged(case: Case, *, with_bands: bool) -> Iterator[Event]:
    rows = Judgement.objects.filter(case=case).exclude(locked_at=None)
    for one in rows.select_related("band"):
        band = str(one.band) if with_bands else ""
        assert one.locked_at is not None  # noqa: S101 - left out above
        yield Event(one.locked_at, "Judgement locked", str(one.moderator_id), band)


def asked(case: Case) -> Iterator[Event]:
    for one in EvidenceRequest.objects.filter(case=case):
        wanted = f"{', '.join(one.wanted)}; due on {day(one.due_on)}"
        yield Event(one.asked_at, "Evidence asked for", str(one.asked_by_id), wanted)
        if one.answered_at:
            said = "There is none" if one.none_there else ""
            yield Event(one.answered_at, "The school answered", str(one.answered_by_id), said)
        if one.withdrawn_at:
            yield Event(
                one.withdrawn_at,
                "Request for evidence withdrawn",
                str(one.withdrawn_by_id or ""),
                one.withdrawn_because,
            )


def proposed(case: Case) -> Iterator[Event]:
    for one in events_of(Proposal, case_id=case.pk, pgh_label="insert"):
        band = Band.objects.get(pk=one["band_id"])
        yield Event(one["made_at"], "Band proposed that nobody judged", one["by"] or "", str(band))


def settled(case: Case) -> Iterator[Event]:
    """Every outcome it had: one that was opened again or overwritten by a panel is history."""
    rows = events_of(Outcome, case_id=case.pk)
    bands = Band.objects.in_bulk({row["band_id"] for row in rows} - {None})
    for row in rows:
        kind = OutcomeKind(row["kind"]).label
        band = str(bands[row["band_id"]]) if row["band_id"] else ""
        if row["pgh_label"] == "insert":
            yield Event(row["recorded_at"], f"Settled: {kind}", str(row["recorded_by_id"]), band)
        elif row["pgh_label"] == "delete":
            yield Event(row["pgh_created_at"], "Opened again", row["by"] or "")
    last = Outcome.objects.filter(case=case).select_related("case__decision__collection").first()
    if last is None or last.kind == OutcomeKind.WITHDRAWN:
        return
    on = publication_of(last)
    if on <= timezone.localdate():
        began = timezone.make_aware(dt.datetime.combine(on, dt.time.min))
        at = max(began, last.recorded_at)
        yield Event(at, "Published to the school", is_whole_day=True)


def in_panels(case: Case) -> Iterator[Event]:
    items = list(PanelCase.objects.filter(case=case).select_related("band"))
    for one in items:
        challenged = one.route == PanelRoute.CHALLENGED
        what = "Challenged by the school" if challenged else "Put to a panel"
        yield Event(one.put_at, what, str(one.put_by_id), one.grounds)
        if one.decided_at:
            yield Event(
                one.decided_at,
                "Decided by the panel, final for the collection",
                str(one.decided_by_id),
                str(one.band),
            )
    for before, after in pairwise(events_of(PanelCase, case_id=case.pk)):
        moved = before["pgh_obj_id"] == after["pgh_obj_id"] and before["state"] != after["state"]
        if moved and after["state"] in PANEL_MOVES:
            what = PANEL_MOVES[PanelCaseState(after["state"])]
            yield Event(after["pgh_created_at"], what, after["by"] or "")
