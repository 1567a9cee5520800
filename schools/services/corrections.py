"""Putting placements, plans and former facts right, and taking that back (rules.md S10, S11).

A record entered by mistake is deleted: it counts nowhere, whoever asks. The audit trail and
the correction keep what it was.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import short_day
from schools.actions.corrections import correction_actions
from schools.actions.pupils import fact_actions, placement_actions, plan_actions
from schools.choices import Corrected, CorrectionKind
from schools.models import Correction, FormerFact, Placement, Plan, Pupil, School, User
from schools.services.following import hearing, hold_places, tell_followers
from schools.services.periods import check_order, check_until, refuse_impossible, refuse_same

CHANGED_SINCE = "It has been changed since. Put it right as it is now."
MODELS: dict[str, type[Placement] | type[Plan] | type[FormerFact]] = {
    Corrected.PLACEMENT: Placement,
    Corrected.PLAN: Plan,
    Corrected.FACT: FormerFact,
}
NOUNS = {model: noun for noun, model in MODELS.items()}
DAYS = ("start", "end", "until")
Row = TypeVar("Row", Placement, Plan, FormerFact)
AnyRow = Placement | Plan | FormerFact


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
def correct_fact(*, fact: FormerFact, until: dt.date, reason: str, by: User) -> Correction:
    """Put right the last day on which a former fact was true; what followed it begins the next.

    Raises RefusalError for a day that is not over, or not between those before and after it.
    """
    row = locked(FormerFact, fact.pk)
    fact_actions(row, by).require("correct")
    before = kept(row)
    row.until = until
    return correct(row, before, reason, by)


@verb
def remove_fact(*, fact: FormerFact, reason: str, by: User) -> Correction:
    """Declare a former fact entered by mistake: what followed it was true in its time too."""
    row = locked(FormerFact, fact.pk)
    fact_actions(row, by).require("remove")
    return remove(row, reason, by)


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
    if path := settings.CORRECTION_UNDOERS.get(found.record):
        import_string(path)(found, by=by)
    else:
        put_back(MODELS[found.record], found)
    mark_undone(found, by)
    tell_followers([found.pupil_id], by=by)
    return found


def put_back(model: type[AnyRow], correction: Correction) -> None:
    now = model.objects.filter(pk=correction.subject).first()
    if (facts_of(now) if now else {}) != correction.after:
        raise RefusalError(CHANGED_SINCE)
    facts = correction.before
    days = {name: dt.date.fromisoformat(facts[name]) for name in DAYS if facts.get(name)}
    row = model(pk=correction.subject, pupil_id=correction.pupil_id, **facts | days)
    check(row)
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
        raise RefusalError("Somebody has removed it in the meantime")
    # Not the key: a school that saves a band for the pupil need not wait for it.
    Pupil.objects.select_for_update(no_key=True).get(pk=row.pupil_id)
    return row


def correct(row: AnyRow, before: Correction, reason: str, by: User) -> Correction:
    if not isinstance(row, FormerFact):
        check_order(row.start, row.end)
        refuse_impossible(row)
    before.after, before.after_words = facts_of(row), in_words(row)
    if before.after == before.before:
        raise RefusalError("Nothing differs from what is recorded")
    check(row)
    row.save()
    return record(before, CorrectionKind.CORRECTED, reason, by)


def check(row: AnyRow) -> None:
    """Raises RefusalError where the row cannot stand beside the pupil's others."""
    if isinstance(row, FormerFact):
        check_until(row)
    else:
        refuse_same(row)


def remove(row: AnyRow, reason: str, by: User) -> Correction:
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


def kept(row: AnyRow) -> Correction:
    """A correction, not saved yet, that knows what the row says now."""
    return Correction(
        pupil_id=row.pupil_id,
        record=NOUNS[type(row)],
        subject=row.pk,
        before=facts_of(row),
        before_words=in_words(row),
    )


def facts_of(row: AnyRow) -> dict[str, Any]:
    """What can be put right of a row, as JSON keeps it."""
    what: dict[str, Any]
    if isinstance(row, FormerFact):
        return {"kind": row.kind, "value": row.value, "until": row.until.isoformat()}
    if isinstance(row, Placement):
        what = {"school_id": str(row.school_id)}
    else:
        what = {"plan_type": row.plan_type}
    return what | {"start": row.start.isoformat(), "end": row.end and row.end.isoformat()}


def in_words(row: AnyRow) -> str:
    """“Alderbrook School, 1 Sep 2026 to 31 Aug 2027” or “… from 1 Sep 2026, still open”"""
    if isinstance(row, FormerFact):
        return f"{row.get_kind_display()} {row.shown} until {short_day(row.until)}"
    what = row.school.name if isinstance(row, Placement) else row.get_plan_type_display()
    if row.end is None:
        return f"{what}, from {short_day(row.start)}, still open"
    return f"{what}, {short_day(row.start)} to {short_day(row.end)}"
