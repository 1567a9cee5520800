"""The returns of a person’s schools with all that home says of them, in two queries."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from banding.choices import OPEN_STATES, DecisionState, ReturnMoveKind
from banding.collections.selectors import (
    ReturnTally,
    counted_each,
    decisions_here,
    drafts_here,
    is_done,
    rows_listed,
)
from banding.evidence.rules import problems_of_evidence
from banding.marks.selectors import still_to_look_at
from banding.models import Collection, Return, ReturnMove, ReturnPupil
from banding.rounds.selectors import is_round
from banding.rounds.states import applies
from banding_portal.remembering import remembered
from banding_portal.roles import BANDING_SCHOOL_ROLES, Role
from schools.models import ContactConfirmation, User

ASIDE = (ReturnMoveKind.EXTENDED, ReturnMoveKind.WRITTEN)
"""What does not tell whether a headteacher knows that a return is ready."""


@dataclass(frozen=True)
class OwnReturn:
    """A return of somebody’s school, as `ReturnProgress` counts it."""

    row: Return
    total: int
    done: int
    to_look_at: int
    has_begun: bool
    has_drafts: bool
    next_row: UUID | None
    """The first pupil who still needs something."""
    head_told_on: dt.date | None
    """When a headteacher was told that it is ready, and nothing has come since."""
    contacts_confirmed_on: dt.date | None

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def is_complete(self) -> bool:
        return not self.left

    @property
    def is_of_round(self) -> bool:
        return bool(self.total) and is_round(self.row.collection)

    @property
    def is_owed(self) -> bool:
        return self.row.state in OPEN_STATES


@remembered
def returns_now(user: User) -> list[OwnReturn]:
    """Those of the person’s schools in the collections that are open, what is due first on top."""
    schools = user.school_ids_as(*BANDING_SCHOOL_ROLES, Role.INCLUSION_PARTNER)
    if not schools:
        return []
    now = Collection.objects.open_on(timezone.localdate())
    found = annotated(Return.objects.filter(school__in=schools, collection__in=now))
    found = found.select_related("collection__framework", "school")
    rows = list(found.order_by("collection__deadline", "school__name"))
    lacking = lacking_evidence(rows)
    return [own_return(row, lacking[row.pk]) for row in rows]


def own_return(row: Any, lacking: list[UUID]) -> OwnReturn:
    """Of one that is `annotated`; applications that lack evidence do not count as done."""
    left = [*row.unfinished, *lacking]
    row.done_count = row.pupil_count - len(left)
    told = row.last_moved_at if row.last_kind == ReturnMoveKind.READY else None
    return OwnReturn(
        row=row,
        total=row.pupil_count,
        done=row.done_count,
        to_look_at=row.to_look_at_count,
        has_begun=row.has_begun,
        has_drafts=row.has_drafts,
        next_row=next(iter(left), None),
        head_told_on=timezone.localdate(told) if told else None,
        contacts_confirmed_on=row.contacts_confirmed_on,
    )


def annotated(returns: QuerySet[Return]) -> QuerySet[Any]:
    listed = rows_listed()
    submitted = decisions_here().filter(state=DecisionState.SUBMITTED)
    written = ~Q(change="") | Q(Exists(drafts_here())) | Q(Exists(submitted))
    in_order = listed.order_by("pupil__surname", "pupil__forename", "pupil__reference")
    moves = ReturnMove.objects.filter(pupil_return=OuterRef("pk")).exclude(kind__in=ASIDE)
    last = moves.order_by("-moved_at", "-pk")
    confirmed = ContactConfirmation.objects.filter(school=OuterRef("school"))
    return returns.annotate(
        pupil_count=counted_each(listed),
        unfinished=ArraySubquery(in_order.exclude(is_done()).values("pk")),
        to_look_at_count=counted_each(listed.filter(still_to_look_at())),
        has_begun=Exists(listed.filter(written)),
        has_drafts=Exists(listed.filter(Exists(drafts_here()))),
        last_kind=Subquery(last.values("kind")[:1]),
        last_moved_at=Subquery(last.values("moved_at")[:1]),
        contacts_confirmed_on=TruncDate(
            Subquery(confirmed.order_by("-confirmed_at").values("confirmed_at")[:1])
        ),
    )


def lacking_evidence(returns: list[Any]) -> dict[UUID, list[UUID]]:
    """By return the applications that are decided and lack evidence of provision (B13): in one
    query, and in none where no framework asks for evidence.
    """
    fields = {
        row.pk: row.collection.framework.evidence
        for row in returns
        if row.has_drafts and is_round(row.collection) and row.collection.framework.evidence
    }
    lacking: dict[UUID, list[UUID]] = defaultdict(list)
    if not fields:
        return lacking
    about = ("pupil", "pupil_return__collection", "plan_type", "pupil_return__school")
    ready = ReturnPupil.objects.filter(is_done(), applies(*about), pupil_return__in=fields)
    ready = ready.filter(change="", decisions__state=DecisionState.DRAFT)
    for row, pupil_return, given in ready.values_list("pk", "pupil_return", "decisions__evidence"):
        if problems_of_evidence(fields[pupil_return], given):
            lacking[pupil_return].append(row)
    return lacking


@dataclass(frozen=True)
class Going:
    """A collection that has not been closed, and its returns by state."""

    pk: UUID
    name: str
    opens_on: dt.date
    deadline: dt.date
    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def tally(self) -> ReturnTally:
        tally = ReturnTally(self.name)
        for state, count in self.by_state.items():
            tally.add(state, count)
        return tally


@remembered
def collections_going() -> list[Going]:
    """Those of the authority with returns that are not closed, by their deadline; one query."""
    about = ("collection", "name", "opens_on", "deadline")
    columns = [about[0], *(f"collection__{each}" for each in about[1:])]
    rows = Return.objects.filter(collection__closed_at=None).order_by()
    rows = rows.values_list(*columns, "state").annotate(count=Count("pk"))
    found: dict[UUID, Going] = {}
    for *of, state, count in rows.order_by("collection__deadline", "collection__name"):
        found.setdefault(of[0], Going(*of)).by_state[state] += count
    return list(found.values())
