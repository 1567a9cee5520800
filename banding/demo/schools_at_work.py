"""What a school does with its return, through the services of banding."""

import datetime as dt
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from banding.assessment.services import Assessment
from banding.changes.services import account_for
from banding.choices import DecisionState, PupilChange
from banding.decisions.batches import save_drafts
from banding.demo.answers import PROVISION, AnswerBook
from banding.models import BandDecision, Collection, Return
from banding.returns.locks import mark_started, open_return
from banding.returns.progress import PupilLine, progress_of_return
from banding.returns.services import submit_return
from banding_portal.roles import Role
from schools.models import Membership, User

RankOf = Callable[[PupilLine], int]


class Staff:
    """SENCO and headteacher by school."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, UUID], User] = {}
        members = Membership.objects.filter(role__in=[Role.SENCO, Role.HEADTEACHER])
        for member in members.select_related("user").order_by("user__email"):
            if member.school_id:
                self.people.setdefault((member.role, member.school_id), member.user)

    def senco(self, pupil_return: Return) -> User:
        return self.people[Role.SENCO, pupil_return.school_id]

    def head(self, pupil_return: Return) -> User:
        return self.people[Role.HEADTEACHER, pupil_return.school_id]


def returns_of(collection: Collection) -> list[Return]:
    found = collection.returns.select_related("school", "collection__framework")
    return list(found.order_by("school__urn"))


@transaction.atomic
def decide(
    pupil_return: Return,
    by: User,
    book: AnswerBook,
    rank_of: RankOf,
    *,
    leave: int = 0,
    everybody: bool = False,
) -> None:
    """Save drafts for every pupil still open but the last few; or for everybody not left."""
    locked = open_return(pupil_return.pk)
    lines = progress_of_return(locked).lines
    waiting = [x for x in lines if not (x.row.change if everybody else x.is_done)]
    lines = waiting[: len(waiting) - leave]
    choices = [(line, book.chosen(rank_of(line))) for line in lines]
    save_drafts(pupil_return=locked, by=by, choices=choices)
    say_what_is_in_place(lines)
    mark_started(locked, by)


@transaction.atomic
def apply_for(pupil_return: Return, by: User, book: AnswerBook, rank: int) -> None:
    """Apply for the first pupil at SEN Support who is not funded."""
    locked = open_return(pupil_return.pk)
    lines = [x for x in progress_of_return(locked).lines if is_application(x)][:1]
    save_drafts(pupil_return=locked, by=by, choices=[(x, book.chosen(rank)) for x in lines])
    say_what_is_in_place(lines)
    mark_started(locked, by)


@transaction.atomic
def take_another_band(pupil_return: Return, by: User, book: AnswerBook, reason: str) -> None:
    """The next higher band than the suggested one for one of the pupils decided already."""
    locked = open_return(pupil_return.pk)
    for line in progress_of_return(locked).lines:
        draft = line.draft
        higher = draft and draft.band == draft.suggested_band and book.beside(draft.band)
        if draft and higher and higher != draft.band:
            levels = [each.level for each in draft.levels.select_related("level")]
            other = Assessment(levels, higher, draft.suggested_band, reason, draft.rationale)
            save_drafts(pupil_return=locked, by=by, choices=[(line, other)])
            return


@transaction.atomic
def tell_of_higher_band(pupil_return: Return, by: User, book: AnswerBook) -> None:
    """In a round, of the first pupil whose band of last time can be a higher one."""
    locked = open_return(pupil_return.pk)
    for line in progress_of_return(locked).lines:
        last = line.last and line.last.band
        if last and last.framework_id == book.framework.pk and book.beside(last) != last:
            save_drafts(pupil_return=locked, by=by, choices=[(line, book.chosen(last.rank + 1))])
            mark_started(locked, by)
            return


def is_application(line: PupilLine) -> bool:
    return bool(line.standing and line.standing.is_application)


def say_what_is_in_place(lines: Sequence[PupilLine]) -> None:
    """The evidence of applications (B13)."""
    applied = [line.row.pk for line in lines if is_application(line)]
    drafts = BandDecision.objects.filter(return_pupil__in=applied, state=DecisionState.DRAFT)
    drafts.update(evidence=PROVISION)


def submit(pupil_return: Return, staff: Staff) -> None:
    head = staff.head(pupil_return)
    submit_return(pupil_return=pupil_return, by=head, declared_name=head.name)


def say_left(pupil_return: Return, by: User, left_on: dt.date, places: Sequence[int]) -> None:
    """These pupils of the list have left."""
    rows = list(pupil_return.pupils.select_related("pupil"))
    for place in places:
        account_for(return_pupil=rows[place], change=PupilChange.LEFT, change_date=left_on, by=by)
