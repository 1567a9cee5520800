"""What is done with several returns at once: more time, accepting, a message (rules.md B7)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.urls import reverse

from banding.choices import ReturnMoveKind
from banding.collections.life import told_words
from banding.models import Return, ReturnMove
from banding.returns.locks import locked_return
from banding.returns.services import accept_return, extend_deadline
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.verbs import verb
from banding_portal.words import counted, day
from schools.models import User
from schools.selectors.people import people_by_school
from schools.services.following import hold_places

Seen = Mapping[UUID, str]
"""By return when what somebody read was submitted, as text."""


@dataclass
class Several:
    """How many it was done for, and why not for the others."""

    done: list[Return] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def leave_out(self, pupil_return: Return, refusal: RefusalError) -> None:
        why = " ".join(str(problem) for problem in refusal.problems)
        self.left_out.append(f"{pupil_return.school} is left out: {why}")

    @property
    def sentences(self) -> list[str]:
        return self.said + self.left_out


@verb
def extend_several(*, returns: Sequence[Return], until: dt.date, reason: str, by: User) -> Several:
    """Give each of the schools more time; one whose return is in by now is left out, and told."""
    several = Several()
    for each in in_order(returns):
        try:
            extend_deadline(pupil_return=each, until=until, reason=reason, by=by)
            several.done.append(each)
        except RefusalError as refusal:
            several.leave_out(each, refusal)
    several.said.append(f"{schools_have(several)} until the end of {day(until)}.")
    return several


@verb
def accept_several(*, returns: Sequence[Return], seen: Seen, by: User) -> Several:
    """Accept each of the returns as it was seen; one that its school took back or submitted again
    since is left out, and told.
    """
    hold_places()
    several = Several()
    for each in in_order(returns):
        try:
            accept_return(pupil_return=each, by=by, seen=seen.get(each.pk, ""))
            several.done.append(each)
        except RefusalError as refusal:
            several.leave_out(each, refusal)
    several.said.append(
        f"{counted(len(several.done), 'return')} accepted. Pupils who left come off their "
        "school’s roll on the day they left."
    )
    return several


@verb
def write_to_several(*, returns: Sequence[Return], text: str, message: UUID, by: User) -> Several:
    """Write to SENCOs and headteachers. The text is kept with each return, where they read it.

    `message` is the message's own id: sent again under it, it goes to nobody a second time.
    """
    if not text.strip():
        raise RefusalError("Write the message to the schools.")
    several = Several()
    for each in in_order(returns):
        locked_return(each.pk)
        several.done.append(each)
    ReturnMove.objects.bulk_create(
        (
            ReturnMove(
                pk=uuid5(message, str(each.pk)),
                pupil_return=each,
                kind=ReturnMoveKind.WRITTEN,
                moved_by=by,
                reason=text.strip(),
            )
            for each in several.done
        ),
        ignore_conflicts=True,
    )
    several.said += [f"{schools_have(several)} your message.", told_words(tell(several, message))]
    return several


def tell(several: Several, message: UUID) -> int:
    people = people_by_school([each.school_id for each in several.done], BANDING_SCHOOL_ROLES)
    notify(
        NoticeKind.MESSAGE,
        [
            Happening(
                people[each.school_id],
                key=f"{message} {each.pk}",
                title=f"{each.collection.name}: the authority writes to you",
                path=reverse("banding:return_detail", args=[each.pk]),
                school=each.school.name,
            )
            for each in several.done
            if each.school_id in people
        ],
    )
    return len(set().union(*people.values()))


def schools_have(several: Several) -> str:
    count = len(several.done)
    return f"{counted(count, 'school')} {'has' if count == 1 else 'have'}"


def in_order(returns: Sequence[Return]) -> list[Return]:
    """As everybody locks them."""
    return sorted(returns, key=lambda each: each.pk)
