"""Taking pupils who left off the roll, and what an officer did not accept of it (B12, S1, S7)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from banding.changes.rules import NO_ANSWER, Answer
from banding.changes.services import write_answer
from banding.choices import DecisionState, LeaverState, PupilChange
from banding.leavers.rules import ending_of, stay_on
from banding.leavers.selectors import placed_at
from banding.models import Leaver, Return, ReturnPupil
from banding.rounds.rules import last_day_before
from banding.rounds.selectors import forwards_of
from banding_portal.refusals import RefusalError
from banding_portal.words import day
from schools.models import Placement, Pupil, School, User
from schools.selectors.successors import Successors


class Leaving(NamedTuple):
    """Who left, the last day, and the day on which the school said so."""

    row: ReturnPupil
    last_day: dt.date
    told: dt.date
    leaver: Leaver | None = None
    """The same told out of a return, and not dealt with."""


def end_stay(
    school: School,
    pupil: Pupil,
    last_day: dt.date,
    *,
    told: dt.date,
    links: Successors | None = None,
) -> None:
    """End the pupil's placement there; where they had left before the school became what it is,
    that at the school before, and they were never at this one (S1).

    One that begins after it was `told` is the authority's own plan and stays. Raises RefusalError
    where the pupil had come again by then, for money would go on.
    """
    stay = stay_on(placed_at(school, pupil.pk, links), told, last_day)
    try:
        ending = ending_of(stay, last_day)
    except LookupError:
        assert stay is not None  # noqa: S101 - only of a stay it is said
        raise RefusalError(
            f"{pupil} is reported to have left on {day(last_day)}, but has been placed at {school} "
            f"from {day(stay.start)}. Correct the placement, or ask the school for the right day."
        ) from None
    Placement.objects.filter(pk__in=[part.id for part in ending.cut]).update(end=last_day)
    Placement.objects.filter(pk__in=[part.id for part in ending.never_begun]).delete()


def take_leavers_off(pupil_return: Return, by: User) -> set[UUID]:
    """Off the roll of its school with everybody who left by an accepted return; returns who. What
    waits of the same out of a return is accepted with it. Raises RefusalError with every problem.
    """
    links, school = Successors.read(), pupil_return.school
    problems: list[Any] = []
    left = set()
    for row, last_day, told, leaver in leavers_of(pupil_return):
        try:
            end_stay(school, row.pupil, last_day, told=told, links=links)
        except RefusalError as refusal:
            problems += refusal.problems
        if leaver:
            leaver.move(LeaverState.ACCEPTED, by=by, left_on=last_day)
        left.add(row.pupil_id)
    if problems:
        raise RefusalError(*problems)
    return left


def leavers_of(pupil_return: Return) -> Iterator[Leaving]:
    """Whose pupil has left. A day that the school told after it had sent the return is the newer
    one; what an officer has refused is left out.
    """
    collection, sent = pupil_return.collection, pupil_return.submitted_at
    rows = list(pupil_return.pupils.select_related("pupil"))
    forwards = forwards_of(collection, rows)
    found = Leaver.objects.waiting().filter(school=pupil_return.school)
    waiting = {leaver.pupil_id: leaver for leaver in found.select_for_update()}
    for row in rows:
        forward = forwards.get(row.pk)
        if row.change == PupilChange.LEFT and row.change_date and sent and not row.is_refused:
            last_day, told, leaver = row.change_date, sent, waiting.get(row.pupil_id)
            if leaver and leaver.told_at > sent:
                last_day, told = leaver.left_on, leaver.told_at
            yield Leaving(row, last_day, timezone.localdate(told), leaver)
        elif forward and forward.standing.is_phase_leaver and not speaks_for_staying(row):
            last_day = last_day_before(collection.reference_date)
            yield Leaving(row, last_day, last_day)


def speaks_for_staying(row: ReturnPupil) -> bool:
    """Whether the school has told something of the pupil, a band included."""
    return bool(row.change) or row.decisions.filter(state=DecisionState.SUBMITTED).exists()


def put_refused_back(pupil_return: Return, by: User) -> None:
    """A return that its school has again does not say any more what an officer refused."""
    for row in pupil_return.pupils.filter(is_refused=True):
        told = Leaver.objects.filter(
            school=pupil_return.school, pupil=row.pupil_id, state=LeaverState.REFUSED
        )
        last = told.order_by("-told_at").first()
        write_answer(row, answer_before(last, row) if last else NO_ANSWER)


def answer_before(leaver: Leaver, row: ReturnPupil) -> Answer:
    """What a row said before the leaver was told."""
    was = leaver.replaced.get(str(row.pk))
    if was is None:
        return NO_ANSWER
    left = was["change_date"]
    return Answer(**was | {"change_date": dt.date.fromisoformat(left) if left else None})
