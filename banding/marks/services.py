"""Marks pupils with a message of return, and keeps who looked (rules.md B7)."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from banding.models import Mark, Return, ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User


def pick_pupils(pupil_return: Return, rows: Collection[ReturnPupil]) -> list[UUID]:
    """The ids of these rows; raises RefusalError where one is not on the return (any more)."""
    wanted = {row.pk for row in rows}
    found = ReturnPupil.objects.filter(pupil_return=pupil_return, pk__in=wanted)
    picked = list(found.values_list("pk", flat=True))
    if len(picked) < len(wanted):
        raise RefusalError("A pupil you picked is no longer on this return.", field="about")
    return picked


def mark_pupils(rows: Collection[UUID], *, message: str, by: User) -> None:
    """Put the message on these rows, but on none whose pupil has come to belong elsewhere."""
    on_a_list = ReturnPupil.objects.filter(pk__in=rows).values_list("pk", flat=True)
    Mark.objects.bulk_create(
        Mark(return_pupil_id=pk, message=message, made_by=by) for pk in on_a_list
    )


@verb
def look_at(*, return_pupil: ReturnPupil, by: User, marks: Collection[str]) -> int:
    """Keep that somebody looked at these messages, which the page showed; the first to look
    stays on record. Possible whatever the state of the return. Returns how many were new.
    """
    shown = Mark.objects.to_look_at().filter(return_pupil=return_pupil, pk__in=marks)
    return shown.update(looked_by=by, looked_at=timezone.now())
