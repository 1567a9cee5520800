"""Tell the schools of a collection that it has changed (R3: no pupil is named)."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from banding.models import Collection, Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES, COLLECTION_FOLLOWERS
from schools.models import User
from schools.selectors.people import people_by_school
from schools.services.news import tell_authority

LONGEST = 300


def tell_office(collection: Collection, what: str, *, key: object, by: User | None) -> None:
    """News for everybody who follows it at the authority, but whoever did it."""
    tell_authority(
        NoticeKind.FOLLOWED,
        COLLECTION_FOLLOWERS,
        key=str(key),
        title=f"{collection.name} {what}",
        path=reverse("banding:collection_detail", args=[collection.pk]),
        by=by,
    )


def tell_schools(returns: Iterable[Return], *, key: str, title: str, path: str = "") -> int:
    """Once a person and key, SENCOs and headteachers; returns how many people are told.

    `path` is where it leads; else each is led to their own return.
    """
    owed = {each.school_id: each for each in returns}
    people = people_by_school(owed.keys(), BANDING_SCHOOL_ROLES)
    notify(
        NoticeKind.COLLECTION,
        [
            Happening(
                people[school],
                key=f"{key} {school}",
                title=title[:LONGEST],
                path=path or reverse("banding:return_detail", args=[owed[school].pk]),
                school=owed[school].school.name,
            )
            for school in people
        ],
    )
    told: set[UUID] = set().union(*people.values())
    return len(told)
