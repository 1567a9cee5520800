"""How much each moderator can take on (M4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from banding_portal.words import percent
from moderation.capacity.models import Absence, Capacity
from moderation.capacity.rules import FULL, capacity_of, working_days
from moderation.models.samples import Sample
from moderation.selectors.moderators import moderators, open_cases_of_each
from schools.models import User


def capacities(people: Sequence[UUID], until: dt.date | None) -> dict[UUID, Fraction]:
    """Person to what they can take on from today until a day, a full post being 1; two queries."""
    posts = dict(Capacity.objects.filter(moderator__in=people).values_list("moderator", "percent"))
    today = timezone.localdate()
    away: dict[UUID, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    spells = Absence.objects.filter(moderator__in=people, last__gte=today)
    for person, first, last in spells.values_list("moderator", "first", "last"):
        away[person].append((first, last))
    days = working_days(today, until)
    return {pk: capacity_of(posts.get(pk, FULL), away[pk], days) for pk in people}


def capacities_for(sample: Sample) -> dict[UUID, Fraction]:
    """Of every moderator, until the sample's day of feedback."""
    people = list(moderators().values_list("pk", flat=True))
    return capacities(people, sample.collection.feedback_on)


@dataclass(frozen=True)
class Available:
    """A moderator, what is said of them, and what they carry."""

    person: User
    percent: int
    absences: list[Absence]
    """Those that are not over."""
    capacity: Fraction
    carries: int

    @property
    def capacity_words(self) -> str:
        return percent(self.capacity, 0)


def available_moderators() -> list[Available]:
    """Everybody who moderates, by name, for the working days ahead; six queries."""
    people = list(moderators())
    ids = [one.pk for one in people]
    posts = dict(Capacity.objects.filter(moderator__in=ids).values_list("moderator", "percent"))
    away: dict[UUID, list[Absence]] = defaultdict(list)
    for one in Absence.objects.filter(moderator__in=ids, last__gte=timezone.localdate()):
        away[one.moderator_id].append(one)
    can, carried = capacities(ids, None), open_cases_of_each()
    return [
        Available(one, posts.get(one.pk, FULL), away[one.pk], can[one.pk], carried.get(one.pk, 0))
        for one in people
    ]


def percent_of(person: User) -> int:
    found = Capacity.objects.filter(moderator=person).first()
    return found.percent if found else FULL
