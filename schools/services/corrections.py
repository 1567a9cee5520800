"""Putting placements and plans right, and taking that back (rules.md S10).

A record entered by mistake is deleted: it counts nowhere, whoever asks. The audit trail and
the correction keep what it was.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import short_day
from schools.actions.corrections import correction_actions
from schools.actions.pupils import placement_actions, plan_actions
from schools.choices import Corrected, CorrectionKind
from schools.models import Correction, Placement, Plan, Pupil, School, User
from schools.services.following import hearing, hold_places, tell_followers
from schools.services.periods import check_order, refuse_same

CHANGED_SINCE = "It has been changed since. Put it right as it is now."
MODELS: dict[str, type[Placement] | type[Plan]] = {
    Corrected.PLACEMENT: Placement,
    Corrected.PLAN: Plan,
}
Row = TypeVar("Row", Placement, Plan)


def what_would_happen(act: Callable[[], Any]) -> list[str]:
    """What doing it would bring for others, as sentences; all of it is rolled back."""
    with hearing() as heard, transaction.atomic():
        act()
        transaction.set_rollback(True)
    return heard


@verb
def correct_placement(
    *,
    placement: Placement,
    school: School,
    start: dt.date,
    end: dt.date | None,
    reason: str,
    by: User,
) -> Correction:
    """Put the school or the dates of a placement right, as if it had always been so.

    Returns the correction. Raises RefusalError where nothing differs, where the dates cannot be,
    or where the pupil has a placement at the school then already.
    """
    row = locked(Placement, placement.pk)
    placement_actions(row, by).require("correct")
    before = kept(row)
    row.school, row.start, row.end = school, start, end
    return correct(row, before, reason, by)


@verb
def correct_plan(
    *, plan: Plan, plan_type: str, start: dt.date, end: dt.date | None, reason: str, by: User
) -> Correction:
    """Put the type or the dates of a plan right; raises RefusalError as for a placement."""
    row = locked(Plan, plan.pk)
    plan_actions(row, by).require("correct")
    before = kept(row)
    row.plan_type, row.start, row.end = plan_type, start, end
    return correct(row, before, reason, by)


@verb
def remove_placement(*, placement: Placement, reason: str, by: User) -> Correction:
    """Declare a placement entered by mistake: from now on it counts nowhere, and never did."""
    row = locked(Placement, placement.pk)
    placement_actions(row, by).require("remove")
    return remove(row, reason, by)


@verb
def remove_plan(*, plan: Plan, reason: str, by: User) -> Correction:
    """Declare a plan entered by mistake."""
    row = locked(Plan, plan.pk)
    plan_actions(row, by).require("remove")
    return remove(row, reason, by)


@verb
def undo_correction(*, correction: Correction, by: User) -> Correction:
    """Take back what was put right about a placement or plan, while nothing has changed since.

    Raises RefusalError where the record is another by now, or one like it is there already.
    """
    hold_places()
    found = Correction.objects.select_for_update().get(pk=correction.pk)
    correction_actions(found, by).require("undo")
    model = MODELS[found.record]
    row = model.objects.filter(pk=found.subject).first()
    if (facts_of(row) if row else {}) != found.after:
        raise RefusalError(CHANGED_SINCE)
    put_back(model, found)
    mark_undone(found, by)
    tell_followers([found.pupil_id], by=by)
    return found


def put_back(model: type[Placement] | type[Plan], correction: Correction) -> None:
    facts = correction.before
    days = {name: facts[name] and dt.date.fromisoformat(facts[name]) for name in ("start", "end")}
    row = model(pk=correction.subject, pupil_id=correction.pupil_id, **facts | days)
    refuse_same(row)
    if correction.after:
        row.save(force_update=True)
    else:
        row.save(force_insert=True)


def mark_undone(correction: Correction, by: User) -> None:
    correction.undone_by, correction.undone_at = by, timezone.now()
    correction.save(update_fields=["undone_by", "undone_at"])


def locked(model: type[Row], pk: UUID) -> Row:
    """The row, while nobody else changes it or its pupil. Raises RefusalError where it is gone."""
    hold_places()
    row = (
        model.objects.select_for_update(of=("self",)).select_related("pupil").filter(pk=pk).first()
    )
    if row is None:
        raise RefusalError("Somebody has removed it meanwhile")
    # Not the key: a school that saves a band for the pupil need not wait for it.
    Pupil.objects.select_for_update(no_key=True).get(pk=row.pupil_id)
    return row


def correct(row: Placement | Plan, before: Correction, reason: str, by: User) -> Correction:
    check_order(row.start, row.end)
    before.after, before.after_words = facts_of(row), in_words(row)
    if before.after == before.before:
        raise RefusalError("Nothing differs from what is recorded")
    refuse_same(row)
    row.save()
    return record(before, CorrectionKind.CORRECTED, reason, by)


def remove(row: Placement | Plan, reason: str, by: User) -> Correction:
    before = kept(row)
    row.delete()
    return record(before, CorrectionKind.MISTAKE, reason, by)


def record(correction: Correction, kind: str, reason: str, by: User) -> Correction:
    """Keep it with its reason, and tell the followers."""
    if not reason.strip():
        raise RefusalError("Say why it has to be put right", field="reason")
    correction.kind, correction.reason, correction.made_by = kind, reason.strip(), by
    correction.save()
    tell_followers([correction.pupil_id], by=by)
    return correction


def kept(row: Placement | Plan) -> Correction:
    """A correction, not saved yet, that knows what the row says now."""
    noun = Corrected.PLACEMENT if isinstance(row, Placement) else Corrected.PLAN
    return Correction(
        pupil_id=row.pupil_id,
        record=noun,
        subject=row.pk,
        before=facts_of(row),
        before_words=in_words(row),
    )


def facts_of(row: Placement | Plan) -> dict[str, Any]:
    """What can be put right of a row, as JSON keeps it."""
    what: dict[str, Any]
    if isinstance(row, Placement):
        what = {"school_id": str(row.school_id)}
    else:
        what = {"plan_type": row.plan_type}
    return what | {"start": row.start.isoformat(), "end": row.end and row.end.isoformat()}


def in_words(row: Placement | Plan) -> str:
    """“Alderbrook School, 1 Sep 2026 to 31 Aug 2027”"""
    what = row.school.name if isinstance(row, Placement) else row.get_plan_type_display()
    until = f"to {short_day(row.end)}" if row.end else "still open"
    return f"{what}, {short_day(row.start)} {until}"
