"""Makes, replaces and ends a person's private calendar address."""

import datetime as dt

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from banding.feeds.models import CalendarFeed
from banding_portal.refusals import RefusalError
from banding_portal.roles import EVERYONE
from banding_portal.verbs import verb
from schools.models import User

SIGNER = signing.Signer(salt="banding.calendar_feed")


class FeedOverError(RefusalError):
    """A calendar address that was ended, or never was one."""


@verb
def make_feed(*, by: User) -> CalendarFeed:
    """A new address for the person; an earlier one ends."""
    User.objects.select_for_update().get(pk=by.pk)  # two presses of the button make one address
    CalendarFeed.objects.filter(person=by).delete()
    return CalendarFeed.objects.create(person=by, made_at=timezone.now())


@verb
def end_feed(*, by: User) -> None:
    """End the person's address; nothing happens where there is none."""
    CalendarFeed.objects.filter(person=by).delete()


def token_of(feed: CalendarFeed) -> str:
    return SIGNER.sign(feed.pk.hex)


def feed_of(token: str) -> CalendarFeed:
    """The feed an address names. Raises FeedOverError where it is over or the person is gone."""
    try:
        feed = CalendarFeed.objects.select_related("person").get(pk=SIGNER.unsign(token))
    except (signing.BadSignature, ValidationError, CalendarFeed.DoesNotExist):
        feed = None
    if feed is None or not feed.person.has_role(*EVERYONE):
        raise FeedOverError(
            "This calendar address is no longer in use. Sign in to the portal and open "
            "“Dates in your calendar” on your account page to make a new one."
        )
    return feed


def note_read(feed: CalendarFeed, today: dt.date) -> None:
    """Remember that a calendar read it; at most one write a day."""
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)
