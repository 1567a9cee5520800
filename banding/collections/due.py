"""At the start of a collection a school says whether its contacts are right (rules.md S15)."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse

from banding.collections.at_home import returns_now
from banding_portal.due import DueItem
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.words import counted
from schools.models import School, User

MOST = 3
"""Of somebody with many schools; the others follow once these are confirmed."""


def contact_items(user: User) -> Iterator[DueItem]:
    """A school of the person with a return in an open collection, until it has confirmed."""
    schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
    if not schools:
        return
    opened: dict[UUID, dt.date] = {}
    asked: dict[UUID, School] = {}
    confirmed: dict[UUID, dt.date | None] = {}
    for own in returns_now(user):
        school, since = own.row.school, own.row.collection.opens_on
        if school.pk in schools:
            asked[school.pk] = school
            confirmed[school.pk] = own.contacts_confirmed_on
            opened[school.pk] = max(since, opened.get(school.pk, since))
    waiting = [
        school
        for school in sorted(asked.values(), key=lambda each: each.name)
        if (said := confirmed[school.pk]) is None or said < opened[school.pk]
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
