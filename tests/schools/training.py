"""Training and visits to test with."""

import datetime as dt

from django.utils import timezone

from banding_portal.roles import Role
from schools.choices import PlaceState
from schools.models import Place, SchoolVisit, TrainingSession
from schools.training.rules import Planned
from tests.factories import UserFactory, person


def soon(days=3):
    return timezone.now() + dt.timedelta(days=days)


def planned(**given) -> Planned:
    usual = {
        "kind": "live",
        "title": "The descriptors",
        "text": "How to choose a level.",
        "place": "Online",
        "roles": sorted(Role.values),
        "starts_at": None if given.get("kind") == "recording" else soon(),
    }
    if given.get("kind") == "recording":
        usual |= {"question": "Which colour is the folder?", "answers": ["Green", "Blue", "Red"]}
    return Planned(**usual | given)


def training(**given) -> TrainingSession:
    """As it is on record; also one that has begun."""
    wanted = planned(**given)
    many = ("roles", "sectors", "quadrants", "answers")
    values = {name: getattr(wanted, name) for name in wanted.__dataclass_fields__}
    return TrainingSession.objects.create(**values | {each: list(values[each]) for each in many})


def place(session, person, **given) -> Place:
    return Place.objects.create(
        session=session, person=person, **{"state": PlaceState.BOOKED} | given
    )


def trained(person, **given) -> Place:
    """Somebody who was at a session."""
    return place(training(starts_at=soon(-9), **given), person, done_at=soon(-9))


def training_of(school, mark: str) -> dict:
    """A session for everybody of the school's quadrant, a place at one that is over, a visit."""
    quadrants = [school.quadrant.code]
    over = training(title=f"{mark} over", quadrants=quadrants, starts_at=soon(-2))
    return {
        "training": training(title=f"{mark} session", quadrants=quadrants),
        "place": place(over, UserFactory()),
        "visit": SchoolVisit.objects.create(
            school=school,
            visited_on=timezone.localdate(),
            visitor=person(Role.SEND_OFFICER),
            spoke_to=f"{mark} the SENCO",
            advice=f"{mark} Look at the descriptors together.",
        ),
    }
