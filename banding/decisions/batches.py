"""Saves many drafts of one return at once, as `save_draft` would one by one (rules.md B2, B5).

The caller holds the return's lock (`open_return`) and has read and checked the lines under it,
so nobody else can have saved meanwhile.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from banding.assessment.services import Assessment
from banding.choices import DecisionSource
from banding.models import BandDecision, DecisionLevel, Return
from banding.returns.progress import PupilLine
from banding_portal.bulk import Row, insert_rows, update_rows
from schools.models import User


@transaction.atomic
def save_drafts(
    *,
    pupil_return: Return,
    by: User,
    choices: Sequence[tuple[PupilLine, Assessment]],
    started: Mapping[UUID, UUID] = MappingProxyType({}),
) -> None:
    """Write each choice into its pupil's draft, made where there is none yet.

    `started` names, by return pupil, the decision of last time that a choice began as.
    """
    new: list[Row] = []
    old: list[Row] = []
    levels: list[Row] = []
    said = {"decided_by_id": by.pk, "decided_at": timezone.now()}
    fresh = new_draft(pupil_return)
    for line, chosen in choices:
        before = line.draft and line.draft.started_from_id
        row = said | chosen.columns | {"started_from_id": started.get(line.row.pk, before)}
        if line.draft:
            old.append(row | {"id": line.draft.pk, "version": line.draft.version + 1})
        else:
            new.append(row | fresh | own_columns(line))
        key = (old if line.draft else new)[-1]["id"]
        levels += [
            {"decision_id": key, "area_id": level.area_id, "level_id": level.pk}
            for level in chosen.levels
        ]
    insert_rows(BandDecision, new)
    update_rows(BandDecision, old)
    DecisionLevel.objects.filter(decision__in=[row["id"] for row in old]).delete()
    insert_rows(DecisionLevel, levels)


def new_draft(pupil_return: Return) -> Row:
    """What a school's new drafts have in common."""
    collection = pupil_return.collection
    return {
        "framework_id": collection.framework_id,
        "collection_id": collection.pk,
        "school_id": pupil_return.school_id,
        "source": DecisionSource.SCHOOL,
        "effective_from": collection.effective_from,
    }


def own_columns(line: PupilLine) -> Row:
    """A pupil's empty draft; it will supersede what was submitted on this return."""
    return {
        "id": str(uuid4()),
        "return_pupil_id": line.row.pk,
        "pupil_id": line.row.pupil_id,
        "supersedes_id": line.submitted and line.submitted.pk,
    }
