"""The days that stand in a person's calendar."""

import datetime as dt

from banding.collections.milestones import Milestone, events_of
from banding.models import Collection, Return
from banding_portal.calendars import Event, Meeting
from schools.models import User
from schools.training.calendar import meetings_for

KEPT = dt.timedelta(days=365)
"""How long a collection stays in the calendar after its deadline."""


def events_for(person: User, today: dt.date) -> list[Event | Meeting]:
    """The training one has a place at, and the days of every collection one may see with the
    extensions given to one's schools.
    """
    return [*meetings_for(person, today - KEPT), *days_for(person, today)]


def days_for(person: User, today: dt.date) -> list[Event]:
    collections = Collection.objects.visible_to(person).filter(deadline__gte=today - KEPT)
    events = [event for one in collections.order_by("opens_on", "code") for event in days_of(one)]
    if not person.school_ids:
        return events
    extended = Return.objects.visible_to(person).filter(
        collection__in=collections, extended_to__isnull=False
    )
    for each in extended.select_related("school", "collection").order_by("extended_to", "pk"):
        days = [Milestone("deadline", each.deadline)]
        events += events_of(f"{each.collection}, {each.school}", f"{each.pk}@banding", days)
    return events


def days_of(collection: Collection) -> list[Event]:
    return events_of(collection.name, f"{collection.pk}@banding", collection.milestones)
