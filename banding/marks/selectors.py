"""What the authority asked a school to look at again, and whether somebody has."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from banding.models import Mark, Return, ReturnPupil
from banding_portal.roles import BANDING_SCHOOL_ROLES
from schools.models import User


def still_to_look_at() -> Exists:
    """Of a row of a return: whether a message about the pupil waits to be looked at."""
    return Exists(Mark.objects.to_look_at().filter(return_pupil=OuterRef("pk")))


def marks_of(row: ReturnPupil) -> list[Mark]:
    """Every message about a pupil of a return, the newest first."""
    return list(row.marks.select_related("made_by", "looked_by"))


def marks_of_return(pupil_return: Return, user: User) -> list[Mark]:
    """The messages about the pupils on a return, those to look at first, then by pupil; the
    school needs no more than those to look at.
    """
    on_it = ReturnPupil.objects.filter(pupil_return=pupil_return)
    found = Mark.objects.filter(return_pupil__in=on_it)
    if pupil_return.is_own(user, BANDING_SCHOOL_ROLES):
        found = found.to_look_at()
    found = found.select_related("return_pupil__pupil", "made_by", "looked_by")
    return sorted(
        found.order_by(*(f"return_pupil__{name}" for name in ReturnPupil._meta.ordering or ())),
        key=lambda mark: mark.looked_at is not None,
    )


def unmarked_words(rows: Collection[ReturnPupil]) -> str:
    """Of pupils picked for a message that went out: that some left the return by going back."""
    on_a_list = ReturnPupil.objects.filter(pk__in=[row.pk for row in rows]).count()
    gone = len(rows) - on_a_list
    if not gone:
        return ""
    are = "pupil you picked belongs" if gone == 1 else "pupils you picked belong"
    return f" {gone} {are} elsewhere now: the return no longer lists them."
