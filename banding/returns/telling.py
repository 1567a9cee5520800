"""Tell the people of a school what became of its return (R3: no pupil is named)."""

from django.urls import reverse

from banding.models import Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES
from schools.selectors.people import people_by_school

TITLES = {
    NoticeKind.RETURNED: "returned to you for correction",
    NoticeKind.ACCEPTED: "your return is accepted",
    NoticeKind.JOINER_PLACED: "a pupil who joined you is placed",
    NoticeKind.JOINER_REFUSED: "a pupil you told as a joiner is not accepted",
    NoticeKind.OUTCOME: "moderation has an outcome for your school",
}


def tell_school(pupil_return: Return, kind: NoticeKind, key: str) -> None:
    """Once a person and key; SENCOs and headteachers of the school."""
    school = pupil_return.school
    told = Happening(
        people_by_school([school.pk], BANDING_SCHOOL_ROLES).get(school.pk, ()),
        key=key,
        title=f"{pupil_return.collection.name}: {TITLES[kind]}",
        path=reverse("banding:return_detail", args=[pupil_return.pk]),
        school=school.name,
    )
    notify(kind, [told])
