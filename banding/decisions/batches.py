"""Saves many drafts of one return at once, as `save_draft` would one by one (rules.md B2, B5).

The caller holds the return's lock (`open_return`) and has read and checked the lines under it,
so nobody else can have saved meanwhile.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from banding.assessment.services import Assessment
from banding.choices import DecisionSource
from banding.models import BandDecision, DecisionLevel, Return
from banding.returns.progress import PupilLine
from schools.models import User

WRITTEN = [
    "band",
    "suggested_band",
    "difference_reason",
    "rationale",
    "decided_by",
    "decided_at",
    "version",
]
BATCH = 1000


@transaction.atomic
def save_drafts(
    *, pupil_return: Return, by: User, choices: Sequence[tuple[PupilLine, Assessment]]
) -> None:
    """Write each choice into its pupil's draft, made where there is none yet."""
    new: list[BandDecision] = []
    old: list[BandDecision] = []
    levels: list[DecisionLevel] = []
    for line, chosen in choices:
        draft = line.draft or new_draft(line, pupil_return)
        if line.draft:
            draft.version += 1
        (old if line.draft else new).append(draft)
        for name, value in chosen.fields.items():
            setattr(draft, name, value)
        draft.decided_by, draft.decided_at = by, timezone.now()
        levels += [
            DecisionLevel(decision=draft, area_id=level.area_id, level=level)
            for level in chosen.levels
        ]
    BandDecision.objects.bulk_create(new, batch_size=BATCH)
    # An upsert, because bulk_update writes a branch for each row and field and is far slower.
    BandDecision.objects.bulk_create(
        old, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )
    DecisionLevel.objects.filter(decision__in=[draft.pk for draft in old]).delete()
    DecisionLevel.objects.bulk_create(levels, batch_size=BATCH)


def new_draft(line: PupilLine, pupil_return: Return) -> BandDecision:
    """A school's empty draft; it will supersede what was submitted on this return."""
    collection = pupil_return.collection
    return BandDecision(
        return_pupil=line.row,
        pupil_id=line.row.pupil_id,
        framework=collection.framework,
        collection=collection,
        school=pupil_return.school,
        source=DecisionSource.SCHOOL,
        effective_from=collection.effective_from,
        supersedes=line.submitted,
    )
