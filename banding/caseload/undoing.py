"""What of banding goes when an import is undone (rules.md S12)."""

from collections.abc import Collection
from uuid import UUID

from banding.models import CaseloadWord, ReturnPupil
from schools.models import User


def forget_import(
    *, record: UUID, pupils: Collection[UUID], gone: Collection[UUID], by: User | None
) -> None:
    """The caseload has said again what it said before; who was new is on no list of any return.

    A list that a pupil was only ever taken off, untouched, has nothing of theirs to keep.
    """
    del by
    ReturnPupil.everything.filter(pupil__in=gone).delete()
    words = list(CaseloadWord.objects.filter(record=record, pupil__in=pupils))
    first = [word.pk for word in words if word.previous is None]
    CaseloadWord.objects.filter(pk__in=first).delete()
    earlier = [word for word in words if word.previous is not None]
    for word in earlier:
        word.said, word.previous = word.previous, None
    CaseloadWord.objects.bulk_update(earlier, ["said", "previous"], batch_size=2_000)
