"""At the start of a collection a school says whether its contacts are right (rules.md S15)."""

from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from banding.models import Collection, Return
from banding_portal.due import DueItem
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.words import counted
from schools.contacts.selectors import with_confirmation
from schools.models import School, User

MOST = 3
"""Of somebody with many schools; the others follow once these are confirmed."""


def contact_items(user: User) -> Iterator[DueItem]:
    """A school of the person with a return in an open collection, until it has confirmed."""
    schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
    if not schools:
        return
    opened = dict(
        Return.objects.filter(
            school__in=schools, collection__in=Collection.objects.open_on(timezone.localdate())
        )
        .values("school")
        .annotate(opened=Max("collection__opens_on"))
        .values_list("school", "opened")
    )
    asked = with_confirmation(School.objects.filter(pk__in=opened)).order_by("name")
    waiting = [
        school
        for school in asked
        if school.confirmed_on is None or school.confirmed_on < opened[school.pk]
    ]
    for school in waiting[:MOST]:
        yield DueItem(
            title="Contacts of your school",
            text=words(len(waiting)),
            url=reverse("schools:contact_edit", args=[school.pk]),
            action="Confirm the contacts",
            school=school.name,
        )


def words(waiting: int) -> str:
    more = f" This is one of {counted(waiting, 'school')}" if waiting > MOST else ""
    return f"A collection has opened: are they still right?{more}"
