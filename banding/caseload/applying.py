"""Writing a caseload: the same few statements for every batch, whatever is in it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from banding.caseload.changes import (
    PUPIL_FIELDS,
    Changes,
    Existing,
    Facts,
    Key,
    Period,
    facts_of,
)
from banding.caseload.checking import CaseloadPupil
from banding.caseload.comparing import CaseloadComparison, who_is
from banding.caseload.known import LookUps
from banding.caseload.remembered import words_about
from banding.choices import CaseloadAnswer, DecisionSource, DecisionState
from banding.models import BandDecision, CaseloadChoice, CaseloadWord
from banding_portal.files.previews import Change
from banding_portal.jobs.results import Progress
from banding_portal.states import move_all
from schools.choices import Corrected
from schools.models import Correction, Placement, Plan, Pupil, User
from schools.services.import_records import Written

BATCH = 2_000
FIELDS: dict[type[models.Model], list[str]] = {
    Pupil: [*PUPIL_FIELDS, "recorded_year_group", "recorded_for"],
    Placement: ["school", "start", "end"],
    Plan: ["plan_type", "start", "end"],
    BandDecision: [],
}
"""What changes in rows that are there, in the order of writing."""
T = TypeVar("T")


def compare_all(
    pupils: Sequence[CaseloadPupil],
    known: LookUps,
    academic_year: int,
    *,
    by: User | None,
    progress: Progress,
) -> Changes:
    """What the whole file changes. Locks the pupils it names until the transaction ends."""
    changes = Changes()
    entry = {"decided_by": by, "submitted_at": timezone.now()}
    done = 0
    for batch in in_batches(pupils):
        existing = existing_of(batch)
        comparison = CaseloadComparison(known, existing, changes, academic_year, entry)
        for pupil in batch:
            comparison.compare(pupil)
        done += len(batch)
        progress(done // 2, len(pupils))
    return changes


def existing_of(batch: Sequence[CaseloadPupil]) -> Existing:
    """Seven queries, whatever the batch holds."""
    references = [pupil.reference for pupil in batch]
    pupils = (
        Pupil.objects.select_for_update(no_key=True).filter(reference__in=references).order_by("pk")
    )
    found = {pupil.reference: pupil for pupil in pupils}
    ids = [pupil.pk for pupil in found.values()]
    entered = BandDecision.objects.filter(pupil__in=ids, source=DecisionSource.AUTHORITY)
    entered = entered.exclude(state=DecisionState.DRAFT).select_related("band", "pupil")
    return Existing(
        pupils=found,
        periods=periods_of(ids),
        decisions={
            (row.pupil_id, row.framework_id, row.effective_from): row
            for row in entered.order_by("submitted_at", "pk")
        },
        said=words_about(ids),
        corrected=corrected_of(ids),
        choices={
            (row.reference, row.key, row.ours, row.theirs): CaseloadAnswer(row.answer)
            for row in CaseloadChoice.objects.filter(reference__in=references)
        },
    )


def periods_of(pupils: Sequence[UUID]) -> dict[tuple[type, UUID], list[Period]]:
    found: dict[tuple[type, UUID], list[Period]] = defaultdict(list)
    for placement in Placement.objects.filter(pupil__in=pupils).order_by("start", "pk"):
        found[Placement, placement.pupil_id].append(placement)
    for plan in Plan.objects.filter(pupil__in=pupils).order_by("start", "pk"):
        found[Plan, plan.pupil_id].append(plan)
    return found


def corrected_of(pupils: Sequence[UUID]) -> dict[Key, UUID]:
    """What was put right here and not taken back (S10)."""
    found: dict[Key, UUID] = {}
    rows = Correction.objects.filter(pupil__in=pupils, undone_at=None).order_by("made_at")
    for row in rows:
        was, start = row.before, dt.date.fromisoformat(row.before["start"])
        if row.record == Corrected.PLACEMENT:
            found[Placement, row.pupil_id, UUID(was["school_id"]), start] = row.subject
        elif row.record == Corrected.PLAN:
            found[Plan, row.pupil_id, was["plan_type"], start] = row.subject
    return found


def write(changes: Changes, progress: Progress, total: int) -> None:
    """Write everything; UPNs that change are taken away first, for they may swap."""
    for ids in in_batches(changes.cleared_upns):
        Pupil.objects.filter(pk__in=ids).update(upn=None)
    move_all(changes.superseded, DecisionState.SUPERSEDED, by=None)
    count, done = sum(len(changes.new[each]) + len(changes.changed[each]) for each in FIELDS), 0
    for model, fields in FIELDS.items():
        changed = list(changes.changed[model].values())
        for rows, more in ((changed, upsert_of(fields)), (changes.new[model], {})):
            for batch in in_batches(rows):
                model._default_manager.bulk_create(batch, **more)
                done += len(batch)
                progress(total // 2 + (total - total // 2) * done // count, total)


def written(changes: Changes) -> list[Written]:
    """What `write` did, for the record of the import; a decision that is replaced comes last."""
    rows = []
    for model in FIELDS:
        new: list[tuple[Any, Facts]] = [(row, {}) for row in changes.new[model]]
        changed = [(row, changes.before[row.pk]) for row in changes.changed[model].values()]
        rows += [written_row(changes, row, before, facts_of(row)) for row, before in new + changed]
    for row in changes.superseded:
        told = Change(who_is(row.pupil), f"Agreed band {row.band}", "in force", "replaced")
        changes.about[row.pk].append(told)
        after = {"state": DecisionState.SUPERSEDED}
        rows.append(written_row(changes, row, changes.before[row.pk], after))
    return rows


def written_row(changes: Changes, row: Any, before: Facts, after: Facts) -> Written:
    told = changes.about[row.pk]
    return Written(
        row=row,
        who=told[0].who,
        what=", ".join(each.what for each in told),
        old=", ".join(str(each.old) for each in told if each.old),
        new=", ".join(str(each.new) for each in told if each.new),
        before=before,
        after=after,
        pupil=row.pk if isinstance(row, Pupil) else row.pupil_id,
    )


def remember(changes: Changes, record: UUID) -> None:
    """Keep what the file said, for the next one."""
    words = [
        CaseloadWord(pupil_id=pupil, said=said, previous=previous, record=record)
        for pupil, (said, previous) in changes.words.items()
    ]
    for batch in in_batches(words):
        CaseloadWord.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["pupil"],
            update_fields=["said", "previous", "record"],
        )


def upsert_of(fields: list[str]) -> dict[str, Any]:
    """One plain statement by id, where `bulk_update` builds a long CASE."""
    return {"update_conflicts": True, "unique_fields": ["id"], "update_fields": fields}


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
