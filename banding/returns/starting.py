"""A return of a school of which the authority knows no pupil (rules.md B6, B8).

Opening a collection makes a return for every school with pupils. Another school opens its own,
to say that it has none or who has joined.
"""

from collections.abc import Collection as Several
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from banding.models import Collection, Return
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.verbs import verb
from schools.choices import SchoolStatus
from schools.models import School, User


class Unasked(NamedTuple):
    """A collection that is open, and a school of its sectors without a return in it."""

    collection: Collection
    school: School


def unasked(schools: Several[UUID]) -> list[Unasked]:
    """Where these schools could open a return, the first deadline first. In three queries."""
    today = timezone.localdate()
    collections = Collection.objects.open_on(today).filter(deadline__gte=today).order_by("deadline")
    going_on = School.objects.filter(pk__in=schools).exclude(status=SchoolStatus.CLOSED)
    there = set(
        Return.objects.filter(school__in=schools, collection__in=collections).values_list(
            "collection", "school"
        )
    )
    return [
        Unasked(collection, school)
        for collection in collections
        for school in going_on
        if school.sector in collection.sectors and (collection.pk, school.pk) not in there
    ]


@verb
def start_return(*, collection: Collection, school: School, by: User) -> Return:
    """The return of a school in a collection, made empty where it has none.

    Raises RefusalError where the collection asks other sectors, is not open, or the school closed.
    """
    if school.pk not in by.school_ids_as(*BANDING_SCHOOL_ROLES):
        raise RefusalError("Only the school’s own SENCO or headteacher can open its return.")
    # Looked for last: somebody else may open it at this moment, and then it is asked no longer.
    is_asked = Unasked(collection, school) in unasked([school.pk])
    found = Return.objects.filter(collection=collection, school=school).first()
    if found is None and not is_asked:
        raise RefusalError("This collection does not ask your school, or is not open any more.")
    return found or Return.objects.get_or_create(collection=collection, school=school)[0]
