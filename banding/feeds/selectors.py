"""The days that stand in a person's calendar."""

import datetime as dt

from django.db.models import Q, QuerySet
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
    events = [event for one in collections.order_by("opens_on", "code") for event in days_of(one)]
    if not person.school_ids:
        return events
    extended = Return.objects.filter(
        school__in=person.school_ids, collection__in=collections, extended_to__isnull=False
    )
    for each in extended.select_related("school", "collection").order_by("extended_to", "pk"):
        days = [Milestone("deadline", each.deadline)]
        events += events_of(f"{each.collection}, {each.school}", f"{each.pk}@banding", days)
    return events


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
