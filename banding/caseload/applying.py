"""Writing a caseload: the same few statements for every batch, whatever is in it."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from banding.caseload.changes import PUPIL_FIELDS, CaseloadComparison, Changes, Existing
from banding.caseload.checking import CaseloadPupil
from banding.caseload.known import LookUps
from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding_portal.jobs.results import Progress
from banding_portal.states import move_all
from schools.models import Placement, Plan, Pupil, User

BATCH = 2_000
FIELDS: dict[type[models.Model], list[str]] = {
    Pupil: [*PUPIL_FIELDS, "recorded_year_group", "recorded_for"],
    Placement: ["end"],
    Plan: ["end"],
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
    """Four queries, whatever the batch holds."""
    references = [pupil.reference for pupil in batch]
    pupils = (
        Pupil.objects.select_for_update(no_key=True).filter(reference__in=references).order_by("pk")
    )
    found = {pupil.reference: pupil for pupil in pupils}
    ids = [pupil.pk for pupil in found.values()]
    entered = BandDecision.objects.filter(pupil__in=ids, source=DecisionSource.AUTHORITY)
    entered = entered.exclude(state=DecisionState.DRAFT).select_related("band")
    placements = Placement.objects.filter(pupil__in=ids)
    plans = Plan.objects.filter(pupil__in=ids)
    return Existing(
        pupils=found,
        periods={
            **{(Placement, row.pupil_id, row.school_id, row.start): row for row in placements},
            **{(Plan, row.pupil_id, row.plan_type, row.start): row for row in plans},
        },
        decisions={
            (row.pupil_id, row.framework_id, row.effective_from): row
            for row in entered.order_by("submitted_at", "pk")
        },
    )


def write(changes: Changes, progress: Progress, total: int) -> None:
    """Write everything; UPNs that change are taken away first, for they may swap."""
    for ids in in_batches(changes.cleared_upns):
        Pupil.objects.filter(pk__in=ids).update(upn=None)
    move_all(changes.superseded, DecisionState.SUPERSEDED, by=None)
    count, done = sum(len(changes.new[each]) + len(changes.changed[each]) for each in FIELDS), 0
    for model, fields in FIELDS.items():
        for rows, more in ((changes.changed[model], upsert_of(fields)), (changes.new[model], {})):
            for batch in in_batches(rows):
                model._default_manager.bulk_create(batch, **more)
                done += len(batch)
                progress(total // 2 + (total - total // 2) * done // count, total)


def upsert_of(fields: list[str]) -> dict[str, Any]:
    """One plain statement by id, where `bulk_update` builds a long CASE."""
    return {"update_conflicts": True, "unique_fields": ["id"], "update_fields": fields}


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
