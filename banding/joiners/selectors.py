"""Joiners waiting for an officer, and whom they may be (rules.md B6)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from banding.choices import JoinerState
from banding.models import Joiner, Return
from schools.models import Pupil, User

MOST = 10


@dataclass(frozen=True)
class OffTheList:
    """How many joiners of a return are not among its pupils."""

    waiting: int
    placed: int

    @property
    def for_school(self) -> str:
        """One sentence for the declaration; empty when nobody waits."""
        if not self.waiting:
            return ""
        who = "1 joiner waits" if self.waiting == 1 else f"{self.waiting} joiners wait"
        are = "is" if self.waiting == 1 else "are"
        return f"{who} for the authority and {are} not part of this return."

    @property
    def for_officer(self) -> str:
        """What to know before accepting; empty when every joiner is on the list."""
        words = []
        if self.waiting:
            who = "1 joiner waits" if self.waiting == 1 else f"{self.waiting} joiners wait"
            words.append(f"{who} to be placed.")
        if self.placed:
            who = "1 placed joiner is" if self.placed == 1 else f"{self.placed} placed joiners are"
            words.append(f"{who} not on the list of this return.")
        if words:
            words.append("If you accept it, they have no band from it.")
        return " ".join(words)


def joiners_off_the_list(joiners: Iterable[Joiner], on_it: Collection[UUID]) -> OffTheList:
    """`joiners` of one return; `on_it` are the ids of the pupils on its list."""
    found = list(joiners)
    placed = [j for j in found if j.state == JoinerState.PLACED and j.pupil_id not in on_it]
    return OffTheList(sum(j.state == JoinerState.WAITING for j in found), len(placed))


def joiners_waiting_on(pupil_return: Return) -> OffTheList:
    """Joiners of a return that wait for the authority."""
    waiting = Joiner.objects.filter(pupil_return=pupil_return, state=JoinerState.WAITING)
    return OffTheList(waiting.count(), 0)


def joiners_for_list(user: User) -> QuerySet[Joiner]:
    """Joiners of the returns a person sees, those waiting first."""
    seen = Joiner.objects.visible_to(user).exclude(state=JoinerState.DRAFT)
    return seen.select_related(
        "pupil_return__school", "pupil_return__collection", "pupil"
    ).order_by("-state", "pupil_return__collection__deadline", "surname", "forename")


def waiting_joiners(user: User) -> QuerySet[Joiner]:
    return Joiner.objects.visible_to(user).filter(state=JoinerState.WAITING)


def pupils_like(joiner: Joiner, words: str = "") -> QuerySet[Pupil]:
    """Pupils a joiner may be: the UPN, or birth date and a name alike; or those searched for.

    For officers only: it looks through every pupil of the authority.
    """
    if words.strip():
        wanted = Q(upn__iexact=words.strip()) | Q(reference__iexact=words.strip())
        for word in words.replace(",", " ").split():
            wanted |= Q(surname__icontains=word) | Q(forename__icontains=word)
    else:
        alike = Q(surname__iexact=joiner.surname) | Q(forename__iexact=joiner.forename)
        wanted = Q(date_of_birth=joiner.date_of_birth) & alike
        wanted |= Q(surname__iexact=joiner.surname, forename__iexact=joiner.forename)
        if joiner.upn:
            wanted |= Q(upn=joiner.upn)
    return Pupil.objects.filter(wanted).prefetch_related("placements__school")[:MOST]
