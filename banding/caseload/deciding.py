"""Saying which side of a difference holds, for this file and the next ones; audited."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from banding.caseload.actions import caseload_actions
from banding.choices import CaseloadAnswer, DifferenceKind
from banding.models import CaseloadChoice, CaseloadDifference, CaseloadUpload
from banding_portal.jobs.services import preview_again
from banding_portal.refusals import RefusalError
from banding_portal.roles import COLLECTION_RUNNERS
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.models import Placement, User
from schools.services.following import hold_places, tell_followers

BATCH = 2_000
AGAIN = "The preview has been made again in the meantime. Look again."


@verb
def decide_differences(*, upload: CaseloadUpload, answers: Mapping[UUID, str], by: User) -> int:
    """Keep answers by the id of the difference; a new preview is asked for where any is new.

    Returns how many were new. Raises RefusalError where the preview was made again meanwhile.
    """
    locked = CaseloadUpload.objects.select_for_update().defer("content").get(pk=upload.pk)
    caseload_actions(locked, by).require("decide")
    found = locked.differences.filter(pk__in=list(answers)).exclude(kind=DifferenceKind.MISSING)
    rows = list(found)
    if len(rows) != len(answers):
        raise RefusalError(AGAIN)
    changed = [row for row in rows if (row.answer, row.decided) != (answers[row.pk], True)]
    for row in changed:
        row.answer, row.decided = CaseloadAnswer(answers[row.pk]), True
    return keep_choices(locked, changed, by)


@verb
def decide_kind(*, upload: CaseloadUpload, kind: str, answer: str, by: User) -> int:
    """Give one answer to every difference of a kind; returns to how many it was new."""
    locked = CaseloadUpload.objects.select_for_update().defer("content").get(pk=upload.pk)
    caseload_actions(locked, by).require("decide")
    rows = locked.differences.filter(kind=kind).exclude(kind=DifferenceKind.MISSING)
    changed = list(rows.exclude(answer=answer, decided=True))
    for row in changed:
        row.answer, row.decided = CaseloadAnswer(answer), True
    return keep_choices(locked, changed, by)


def keep_choices(upload: CaseloadUpload, rows: Sequence[CaseloadDifference], by: User) -> int:
    now = timezone.now()
    choices = [choice_of(row, by, now) for row in rows]
    fields = ["kind", "who", "what", "answer", "decided_by", "decided_at"]
    CaseloadChoice.objects.bulk_create(
        choices,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["reference", "key", "ours", "theirs"],
        update_fields=fields,
    )
    for answer in CaseloadAnswer:
        ids = [row.pk for row in rows if row.answer == answer]
        upload.differences.filter(pk__in=ids).update(answer=answer, decided=True)
    if rows:
        preview_again(upload, by=by)
    return len(rows)


def choice_of(row: CaseloadDifference, by: User, now: dt.datetime) -> CaseloadChoice:
    names = ("kind", "reference", "key", "who", "what", "ours", "theirs", "answer")
    fields = {name: getattr(row, name) for name in names}
    return CaseloadChoice(**fields, decided_by=by, decided_at=now)


@verb
def forget_choices(*, choices: Iterable[CaseloadChoice], by: User) -> int:
    """Ask again the next time; what was applied stays. Returns how many were forgotten."""
    if not by.has_role(*COLLECTION_RUNNERS):
        raise RefusalError("Your role does not let you do this.")
    ids = [choice.pk for choice in choices]
    count, _ = CaseloadChoice.objects.filter(pk__in=ids).delete()
    return count


@verb
def end_missing(
    *, upload: CaseloadUpload, differences: Iterable[CaseloadDifference], end: dt.date, by: User
) -> int:
    """End placements that are missing from a file, because a person says so; open returns follow.

    Returns how many. Raises RefusalError where one begins after the day, or is not there any more.
    """
    hold_places()
    caseload_actions(upload, by).require("end")
    rows = list(differences)
    ids = [row.placement for row in rows if row.placement]
    placements = list(Placement.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if len(placements) != len(rows):
        raise RefusalError(AGAIN)
    late = [placement for placement in placements if placement.start > end]
    if late:
        first = min(placement.start for placement in late)
        raise RefusalError(
            f"{len(late)} of them begin after that day, the first on {day(first)}.", field="end"
        )
    Placement.objects.filter(pk__in=ids).update(end=end)
    CaseloadDifference.objects.filter(placement__in=ids).delete()
    tell_followers({placement.pupil_id for placement in placements}, by=by)
    return len(placements)
