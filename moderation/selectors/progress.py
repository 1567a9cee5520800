"""How far the judging of a sample is: by moderator, by quadrant, and for one person."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from banding_portal.remembering import remembered
from moderation.choices import JUDGED_BY_ALL, CaseKind, CaseState
from moderation.models import Case, CaseOpening, Judgement, Sample
from moderation.selectors.blind import BlindCase
from moderation.selectors.settling import cases_to_settle
from schools.models import User


@dataclass(frozen=True)
class Progress:
    """Cases of a group: all of them, those judged by everybody who judges them, those settled."""

    label: str
    total: int
    unassigned: int
    judged: int
    settled: int

    @property
    def share(self) -> float:
        """Judged of all, 0 to 1."""
        return self.judged / self.total if self.total else 0.0

    @property
    def text(self) -> str:
        return f"{self.judged} of {self.total}"


@dataclass(frozen=True)
class Work:
    """A moderator's judgements in a sample: how many are theirs and how many are locked."""

    label: str
    total: int
    locked: int
    minutes: int | None = None
    """How long a judgement took them as a rule, from opening the case to locking it."""

    @property
    def left(self) -> int:
        return self.total - self.locked


@dataclass(frozen=True)
class MyCases:
    """One person's own cases by what is to do with them."""

    to_judge: int
    waiting: int
    to_settle: int
    settled: int
    next_to_judge: UUID | None
    next_to_settle: UUID | None

    @property
    def total(self) -> int:
        return self.to_judge + self.waiting + self.to_settle + self.settled

    @property
    def locked(self) -> int:
        return self.total - self.to_judge


LONGEST = dt.timedelta(hours=3)
"""Between opening and locking a case; what took longer was put aside in between."""
COUNTS = {
    "total": Count("pk"),
    "unassigned": Count("pk", filter=Q(state=CaseState.UNASSIGNED)),
    "judged": Count("pk", filter=Q(state__in=JUDGED_BY_ALL | {CaseState.SETTLED})),
    "settled": Count("pk", filter=Q(state=CaseState.SETTLED)),
}


def progress_of(sample: Sample) -> Progress:
    """Of the whole sample; one query."""
    return Progress(label=str(sample.collection), **sample.cases.aggregate(**COUNTS))


def progress_by_quadrant(sample: Sample) -> list[Progress]:
    """Of each quadrant of the schools, by name; one query."""
    rows = (
        sample.cases.order_by("decision__school__quadrant__name")
        .values_list("decision__school__quadrant__name")
        .annotate(**COUNTS)
    )
    return [Progress(quadrant or "No quadrant", *counts) for quadrant, *counts in rows]


def progress_by_kind(sample: Sample) -> list[Progress]:
    """Of the cases drawn at random, and of those judged besides; one query."""
    rows = sample.cases.order_by("kind").values_list("kind").annotate(**COUNTS)
    labels = {CaseKind.RANDOM: "Drawn at random", CaseKind.TARGETED: "Judged besides"}
    return [Progress(labels[CaseKind(kind)], *counts) for kind, *counts in rows]


def work_by_moderator(sample: Sample) -> list[Work]:
    """Judgements of each moderator, first and second alike, by name; four queries."""
    given: Counter[UUID] = Counter()
    for pair in sample.cases.values_list("moderator", "second_moderator"):
        given.update(pk for pk in pair if pk)
    locked = Judgement.objects.filter(case__sample=sample).exclude(locked_at=None)
    done = Counter(locked.values_list("moderator", flat=True))
    people, minutes = User.objects.filter(pk__in=given), minutes_of_each(sample)
    return [Work(str(one), given[one.pk], done[one.pk], minutes.get(one.pk)) for one in people]


def minutes_of_each(sample: Sample) -> dict[UUID, int]:
    """The median of each moderator; who went away meanwhile and came back is left out."""
    opened = CaseOpening.objects.filter(case=OuterRef("case"), person=OuterRef("moderator"))
    locked = Judgement.objects.filter(case__sample=sample).exclude(locked_at=None)
    rows = (
        locked.annotate(took=F("locked_at") - Subquery(opened.values("first_at")[:1]))
        .filter(took__gt=dt.timedelta(0), took__lte=LONGEST)
        .order_by()
        .values_list("moderator", "took")
    )
    took: dict[UUID, list[float]] = defaultdict(list)
    for person, time in rows:
        took[person].append(time.total_seconds() / 60)
    return {person: max(1, round(median(times))) for person, times in took.items()}


def people_of(cases: list[BlindCase]) -> dict[UUID | None, User]:
    """Those who judge the cases, by id; one query."""
    wanted = {pk for case in cases for pk in case.judge_ids}
    return {person.pk: person for person in User.objects.filter(pk__in=wanted)}


@remembered
def my_cases(user: User) -> MyCases:
    """What the person has to do as a moderator, in every sample."""
    given = Case.objects.visible_to(user).given_to(user)
    states = Counter(given.values_list("state", flat=True))
    to_judge = list(given.to_judge(user).values_list("pk", flat=True))
    to_settle = list(cases_to_settle(user).given_to(user).values_list("pk", flat=True))
    open_cases = sum(states[state] for state in JUDGED_BY_ALL) + states[CaseState.ASSIGNED]
    return MyCases(
        to_judge=len(to_judge),
        waiting=open_cases - len(to_judge) - len(to_settle),
        to_settle=len(to_settle),
        settled=states[CaseState.SETTLED],
        next_to_judge=to_judge[0] if to_judge else None,
        next_to_settle=to_settle[0] if to_settle else None,
    )
