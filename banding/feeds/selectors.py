"""The days that stand in a person's calendar."""

import datetime as dt
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from banding.collections.milestones import Milestone, events_of
from banding.models import Collection, Return
from banding_portal.board import DateToNote
from banding_portal.calendars import Event, Meeting
from banding_portal.roles import Role
from banding_portal.words import clock_time
from schools.models import User
from schools.training.calendar import meetings_for

KEPT = dt.timedelta(days=365)
"""How long a collection stays in the calendar after its deadline."""


def events_for(person: User, today: dt.date) -> list[Event | Meeting]:
    """The training one has a place at, and the days of every collection one may see or one's
    school takes part in, with the extensions given to one's schools.
    """
    return [*meetings_for(person, today - KEPT), *days_for(person, today)]


def dates_for(person: User) -> list[DateToNote]:
    """What is still to come of it, for the home page."""
    today = timezone.localdate()
    noted = map(note_of, events_for(person, today))
    return [each for each in noted if each.on >= today]


def note_of(event: Event | Meeting) -> DateToNote:
    if isinstance(event, Event):
        return DateToNote(event.day, event.title)
    text = f"{event.title}, at {clock_time(event.starts_at)}"
    return DateToNote(timezone.localdate(event.starts_at), text)


def days_for(person: User, today: dt.date) -> list[Event]:
    collections = collections_of(person).filter(deadline__gte=today - KEPT)
    ordered = collections.order_by("opens_on", "code")
    if not person.school_ids:
        return [event for one in ordered for event in days_of(one)]
    rows = list(ordered.annotate(given=given_to(person.school_ids)))
    given = sorted(
        (each["until"], each["pk"], each["to"], str(row)) for row in rows for each in row.given
    )
    return [
        *(event for row in rows for event in days_of(row)),
        *(event for each in given for event in extension_of(*each)),
    ]


def given_to(schools: frozenset[UUID]) -> ArraySubquery:
    """The returns of these schools in a collection that have more time."""
    extended = Return.objects.filter(
        collection=OuterRef("pk"), school__in=schools, extended_to__isnull=False
    )
    each = JSONObject(until="extended_to", pk="pk", to="school__name")
    return ArraySubquery(extended.order_by().values(each=each))


def extension_of(until: str, pk: str, school: str, collection: str) -> list[Event]:
    days = [Milestone("deadline", dt.date.fromisoformat(until))]
    return events_of(f"{collection}, {school}", f"{pk}@banding", days)


def collections_of(person: User) -> QuerySet[Collection]:
    """Those the person may see, and those of the schools whose finance contact they are: days name
    no pupil and no band.
    """
    at = Return.objects.filter(school__in=person.school_ids_as(Role.SCHOOL_FINANCE))
    as_contact = Q(pk__in=at.values("collection"))
    return Collection.objects.filter(
        Q(pk__in=Collection.objects.visible_to(person).values("pk")) | as_contact
    )


def days_of(collection: Collection) -> list[Event]:
    return events_of(collection.name, f"{collection.pk}@banding", collection.milestones)
