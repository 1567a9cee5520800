"""Cases by quadrant, state and age, evidence that is late, and the work of each moderator.

Nothing here reads a band: whoever judges may be shown it (M9).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from banding_portal.working_days import DAY, is_working_day
from moderation.choices import CaseState
from moderation.dashboard.rules import LATELY, done_by
from moderation.models import Case, EvidenceRequest, Judgement, PanelCase, Sample
from schools.models import User

STATES = (
    CaseState.UNASSIGNED,
    CaseState.ASSIGNED,
    CaseState.JUDGED,
    CaseState.EVIDENCE,
    CaseState.PANEL,
    CaseState.SETTLED,
)


@dataclass(frozen=True)
class QuadrantRow:
    """How many cases of a quadrant are in each state, and for how many days the oldest open one
    has not moved.
    """

    label: str
    counts: tuple[int, ...]
    overdue: int
    oldest: int | None

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        states = [str(state.label) for state in STATES]
        counted = list(zip(states, self.counts, strict=True))
        return [*counted, ("Evidence overdue", self.overdue), ("Oldest in days", self.oldest)]


def by_state(rows: list[QuadrantRow]) -> list[tuple[str, list[tuple[str, int | None]]]]:
    """The same turned round, for a page as wide as there are quadrants: a state, and the count of
    each quadrant.
    """
    sides = [row.cells for row in rows]
    return [
        (cells[0][0], [(row.label, count) for row, (_, count) in zip(rows, cells, strict=True)])
        for cells in zip(*sides, strict=True)
    ]


@dataclass(frozen=True)
class Workload:
    """A moderator's open judgements, and when they are done at the pace of lately."""

    person: User
    left: int
    lately: int
    by: dt.date | None


def quadrant_rows(sample: Sample) -> list[QuadrantRow]:
    """Five queries, however many cases."""
    cases = list(
        Case.objects.filter(sample=sample).values_list(
            "pk", "state", "decision__school__quadrant__name"
        )
    )
    since = last_moves(sample)
    late = set(
        EvidenceRequest.objects.overdue().filter(case__sample=sample).values_list("case", flat=True)
    )
    found: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
    for pk, state, quadrant in cases:
        found[quadrant or "No quadrant"].append((pk, state))
    drawn, today = timezone.localdate(sample.drawn_at), timezone.localdate()
    return [
        QuadrantRow(
            label,
            tuple(Counter(state for _, state in rows)[state] for state in STATES),
            sum(pk in late for pk, _ in rows),
            oldest_of(rows, since, drawn, today),
        )
        for label, rows in sorted(found.items())
    ]


def oldest_of(
    rows: Iterable[tuple[UUID, str]], since: dict[UUID, dt.date], drawn: dt.date, today: dt.date
) -> int | None:
    days = [(today - since.get(pk, drawn)).days for pk, state in rows if state != CaseState.SETTLED]
    return max(days, default=None)


def last_moves(sample: Sample) -> dict[UUID, dt.date]:
    """Case to the day something happened with it last; none since it was drawn: not in it."""
    moments: dict[UUID, list[dt.datetime]] = defaultdict(list)
    sources: list[tuple[QuerySet[Any], str]] = [
        (Judgement.objects.filter(case__sample=sample), "locked_at"),
        (EvidenceRequest.objects.filter(case__sample=sample), "asked_at"),
        (EvidenceRequest.objects.filter(case__sample=sample), "answered_at"),
        (PanelCase.objects.filter(case__sample=sample), "put_at"),
    ]
    for rows, name in sources:
        last = rows.exclude(**{name: None}).order_by().values_list("case").annotate(at=Max(name))
        for case, at in last:
            moments[case].append(at)
    return {case: timezone.localdate(max(all_of)) for case, all_of in moments.items()}


def workloads(sample: Sample) -> list[Workload]:
    """Everybody who judges in the sample, those with most left first."""
    locked = Judgement.objects.filter(case__sample=sample).exclude(locked_at=None)
    done = set(locked.values_list("case", "moderator"))
    begin = some_working_days_ago(timezone.localdate(), LATELY)
    lately = Counter(locked.filter(locked_at__date__gt=begin).values_list("moderator", flat=True))
    left: Counter[UUID] = Counter()
    judges: set[UUID] = set()
    cases = Case.objects.filter(sample=sample)
    for pk, state, *people in cases.values_list("pk", "state", "moderator", "second_moderator"):
        for person in filter(None, people):
            judges.add(person)
            left[person] += state == CaseState.ASSIGNED and (pk, person) not in done
    today = timezone.localdate()
    found = [
        Workload(
            person,
            left[person.pk],
            lately[person.pk],
            done_by(left[person.pk], lately[person.pk], today),
        )
        for person in User.objects.filter(pk__in=judges)
    ]
    return sorted(found, key=lambda one: (-one.left, one.person.name))


def some_working_days_ago(today: dt.date, count: int) -> dt.date:
    day = today
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day


def overdue_requests(sample: Sample) -> list[EvidenceRequest]:
    found = EvidenceRequest.objects.overdue().filter(case__sample=sample)
    return list(found.select_related("case", "asked_by"))
