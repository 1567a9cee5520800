"""Training in calendars: the sessions somebody has a place at (rules.md R7)."""

import datetime as dt

from banding_portal.calendars import Meeting
from schools.choices import PlaceState
from schools.models import TrainingSession, User


def meetings_for(person: User, since: dt.date) -> list[Meeting]:
    """Those from a day on that the person has a place at; none that were cancelled."""
    booked = TrainingSession.objects.filter(
        taken__person=person, taken__state=PlaceState.BOOKED, cancelled_because=""
    )
    return [meeting_of(each) for each in booked.filter(starts_at__date__gte=since)]


def meeting_of(session: TrainingSession) -> Meeting:
    assert session.starts_at and session.ends_at  # noqa: S101, PT018 - only sessions have places
    title = f"{session.get_kind_display()}: {session.title}"
    uid = f"{session.pk}@training"
    return Meeting(uid, title, session.starts_at, session.ends_at, session.place)
