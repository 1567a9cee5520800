"""Leavers that schools have told of, and the pupils who can be told (rules.md B6, B12)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils import timezone

from banding.changes.rules import Answer
from banding.changes.selectors import answer_of
from banding.choices import OPEN_STATES, PupilChange, ReturnState
from banding.leavers.rules import OPEN, Placed
from banding.models import Joiner, Leaver, ReturnPupil
from schools.choices import SchoolStatus
from schools.models import Placement, Pupil, School, User
from schools.selectors.pupils import search
from schools.selectors.successors import Successors


def leavers_for_list(user: User, wanted: Mapping[str, Any]) -> QuerySet[Leaver]:
    """Leavers a person sees that fit `q`, a name, UPN or reference, `state` and `school`; those
    waiting first.
    """
    seen = Leaver.objects.visible_to(user)
    if wanted.get("state"):
        seen = seen.filter(state=wanted["state"])
    if wanted.get("school"):
        seen = seen.filter(school=wanted["school"])
    if text := (wanted.get("q") or "").strip():
        seen = seen.filter(pupil__in=Pupil.objects.filter(search(text)))
    return seen.select_related("school", "pupil").order_by("-state", "left_on", "told_at")


def waiting_leavers(user: User) -> QuerySet[Leaver]:
    return Leaver.objects.visible_to(user).waiting()


def pupils_who_may_leave(school: School) -> QuerySet[Pupil]:
    """Those placed at a school now."""
    placed = Placement.objects.on(timezone.localdate()).filter(school=school)
    return Pupil.objects.filter(pk__in=placed.values("pupil"))


def placed_at(school: School, pupil: UUID, links: Successors | None = None) -> list[Placed]:
    """The pupil's placements at a school, at those that became it and at what it became (S1)."""
    line = (links or Successors.read()).line_of(school)
    found = Placement.objects.filter(pupil=pupil, school__in=line).select_related("school")
    return [Placed(each.start, each.end or OPEN, carries_on(each), each.pk) for each in found]


def carries_on(placement: Placement) -> bool:
    """Whether it lasted until its school closed."""
    school, end = placement.school, placement.end or OPEN
    closed_on = school.closed_on if school.status == SchoolStatus.CLOSED else None
    return closed_on is not None and end >= closed_on


def waiting_leaver(school: School, pupil: UUID) -> Leaver | None:
    return Leaver.objects.waiting().filter(school=school, pupil=pupil).first()


def rows_open_to(school: School, pupil: UUID) -> list[ReturnPupil]:
    """Where the school may still answer for the pupil, in one order."""
    rows = ReturnPupil.objects.filter(
        pupil=pupil, pupil_return__school=school, pupil_return__state__in=OPEN_STATES
    ).select_related("pupil", "pupil_return__collection")
    return [row for row in rows.order_by("pupil_return") if row.pupil_return.is_open]


def sent_in_saying_so(leaver: Leaver) -> list[ReturnPupil]:
    """On returns that are submitted and not accepted."""
    rows = ReturnPupil.objects.filter(pupil=leaver.pupil_id, pupil_return__school=leaver.school_id)
    sent = rows.filter(pupil_return__state=ReturnState.SUBMITTED, change=PupilChange.LEFT)
    return list(sent.select_related("pupil_return__collection"))


def next_start(leaver: Leaver) -> dt.date | None:
    """From when the authority has planned that the pupil is at the school again."""
    later = Placement.objects.filter(pupil=leaver.pupil_id, school=leaver.school_id)
    return later.filter(start__gt=leaver.left_on).aggregate(first=Min("start"))["first"]


def answers_replaced(
    rows: Iterable[ReturnPupil], left_on: dt.date, waiting: Leaver | None
) -> list[ReturnPupil]:
    """Those with another answer than that the pupil left then, or as it waits already."""
    same = {left_on, waiting.left_on if waiting else left_on}
    return [
        row
        for row in rows
        if row.change and not (row.change == PupilChange.LEFT and row.change_date in same)
    ]


def replacing_words(row: ReturnPupil, left_on: dt.date) -> str:
    """What is replaced, and by what, without a full stop."""
    name, where = row.pupil.forename, row.pupil_return.collection
    return (
        f"In {where} you have answered {answer_of(row)} for {name}. "
        f"It would be replaced by {Answer(PupilChange.LEFT, left_on)}"
    )


def told_of(schools: Mapping[Any, Any] | frozenset[Any]) -> list[Joiner | Leaver]:
    """What these schools have told of joiners and leavers, the newest day first."""
    joiners = Joiner.objects.filter(school__in=schools).select_related(
        "school", "pupil_return__collection", "pupil"
    )
    leavers = Leaver.objects.filter(school__in=schools).select_related("school", "pupil")
    return sorted(
        [*joiners, *leavers], key=lambda each: (day_of(each), each.display_name), reverse=True
    )


def day_of(told: Joiner | Leaver) -> Any:
    return told.joined_on if isinstance(told, Joiner) else told.left_on
