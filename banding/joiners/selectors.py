"""Joiners waiting for an officer, and whom they may be (rules.md B6)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from banding.choices import JoinerState
from banding.joiners.rules import Told, may_be
from banding.models import Joiner, Return, ReturnPupil
from banding_portal.folding import clean_code, fold
from banding_portal.search import found_by
from banding_portal.words import in_a_row
from schools.matching import Match
from schools.models import Placement, Pupil, School, User
from schools.selectors.matches import PupilMatch, identity_of, matches_for
from schools.selectors.pupils import search

MOST = 10


@dataclass(frozen=True)
class OffTheList:
    """How many joiners of a return are not among its pupils."""

    waiting: int
    placed: int
    names: tuple[str, ...] = ()
    """Of those who wait."""

    @property
    def for_school(self) -> str:
        """For the declaration: who waits and what comes of it; empty when nobody does."""
        if not self.names:
            return ""
        are = "is" if len(self.names) == 1 else "are"
        return (
            f"{in_a_row(self.names)} {are} not on this return: the authority has not placed the "
            f"joiner{'' if are == 'is' else 's'} yet. You will be told when it has."
        )

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


def joiners_shown_on(pupil_return: Return) -> QuerySet[Joiner]:
    """Those told on a return, and those of its school who wait, wherever it told of them."""
    told_here = Q(pupil_return=pupil_return)
    waiting = Q(school=pupil_return.school_id, state=JoinerState.WAITING)
    shown = Joiner.objects.filter(told_here | waiting)
    return shown.select_related("pupil", "pupil_return__collection")


def joiners_off_the_list(
    pupil_return: Return, joiners: Iterable[Joiner], on_it: Collection[UUID]
) -> OffTheList:
    """Of the joiners told on a return; `on_it` are the ids of the pupils on its list."""
    found = [each for each in joiners if each.pupil_return_id == pupil_return.pk]
    placed = [j for j in found if j.state == JoinerState.PLACED and j.pupil_id not in on_it]
    return OffTheList(sum(j.state == JoinerState.WAITING for j in found), len(placed))


def joiners_off_the_lists(returns: Iterable[Return]) -> dict[UUID, OffTheList]:
    """By return the same of several; one whose every joiner is on its list is left out."""
    listed = ReturnPupil.objects.filter(
        pupil_return=OuterRef("pupil_return"), pupil=OuterRef("pupil")
    )
    waiting = Q(state=JoinerState.WAITING)
    placed = Q(state=JoinerState.PLACED) & ~Exists(listed)
    told = Joiner.objects.filter(waiting | placed, pupil_return__in=[each.pk for each in returns])
    found = (
        told.order_by()
        .values("pupil_return")
        .annotate(wait=Count("pk", filter=waiting), placed=Count("pk", filter=~waiting))
    )
    return {each["pupil_return"]: OffTheList(each["wait"], each["placed"]) for each in found}


def joiners_waiting_on(pupil_return: Return) -> OffTheList:
    """Joiners of its school that wait for the authority, wherever it told of them."""
    names = tuple(map(str, joiners_shown_on(pupil_return).filter(state=JoinerState.WAITING)))
    return OffTheList(len(names), 0, names)


def joiners_for_list(user: User, wanted: Mapping[str, Any]) -> QuerySet[Joiner]:
    """Joiners of the returns a person sees that fit `q`, part of a name or a UPN, `state` and
    `school`; those waiting first.
    """
    seen = Joiner.objects.visible_to(user).exclude(state=JoinerState.DRAFT)
    if wanted.get("state"):
        seen = seen.filter(state=wanted["state"])
    if wanted.get("school"):
        seen = seen.filter(school=wanted["school"])
    if text := (wanted.get("q") or "").strip():
        named = found_by(text, "surname__folded", "forename__folded")
        seen = seen.filter(named | Q(upn=clean_code(text)))
    return seen.select_related("school", "pupil_return__collection", "pupil").order_by(
        "-state", "pupil_return__collection__deadline", "surname", "forename"
    )


def joiners_told_by(day: dt.date) -> QuerySet[Joiner]:
    """Of every school, those who joined up to a day and are neither placed nor refused (B12)."""
    waiting = Joiner.objects.filter(state=JoinerState.WAITING, joined_on__lte=day)
    return waiting.order_by("joined_on", "pk")


def waiting_joiners(user: User) -> QuerySet[Joiner]:
    return Joiner.objects.visible_to(user).filter(state=JoinerState.WAITING)


def told_of(joiner: Joiner) -> Told:
    """What the school said of a joiner."""
    return Told(**{name: getattr(joiner, name) for name in Told._fields})


def matches_of_joiner(joiner: Joiner) -> list[PupilMatch]:
    """The pupils a joiner is or perhaps is (S8); for officers only."""
    return matches_for([told_of(joiner).identity])[0]


def alike_on_return(joiner: Joiner) -> list[str]:
    """Sentences about pupils and other joiners of the return who may be the joiner (S8)."""
    told, own = told_of(joiner), joiner.pupil_return
    if own is None:
        return []
    pupils = Pupil.objects.filter(return_pupils__pupil_return=own).order_by("reference")
    on_it = [(str(pupil), identity_of(pupil)) for pupil in pupils]
    others = [told_of(other) for other in own.joiners.exclude(pk=joiner.pk)]
    on_it += [(str(other), other.identity) for other in others]
    return [said for who, identity in on_it if (said := may_be(told, who, identity))]


@dataclass(frozen=True)
class Candidate:
    """A pupil a joiner may be; `match` where the matcher says so."""

    pupil: Pupil
    match: Match | None = None


def candidates_for_joiner(joiner: Joiner, words: str = "") -> list[Candidate]:
    """Pupils a joiner may be: those it matches, then those searched for or somewhat alike.

    For officers only: it looks through every pupil of the authority.
    """
    found = [Candidate(each.pupil, each.match) for each in matches_of_joiner(joiner)]
    others = Pupil.objects.filter(search(words.strip()) if words.strip() else _alike(joiner))
    others = others.exclude(pk__in=[each.pupil.pk for each in found])
    found += [Candidate(pupil) for pupil in others[:MOST]]
    prefetch_related_objects([each.pupil for each in found], "placements__school")
    return found


def _alike(joiner: Joiner) -> Q:
    """Born the same day with one name in common, or of the same names."""
    surname, forename = (found_by(name, "folded") for name in (joiner.surname, joiner.forename))
    return Q(date_of_birth=joiner.date_of_birth) & (surname | forename) | surname & forename


def has_namesake(
    school: School, forename: str, surname: str, born: dt.date, today: dt.date
) -> bool:
    """Whether a pupil of the very same name, born on another day, is at the school now (S8)."""
    there = Placement.objects.on(today).filter(school=school).exclude(pupil__date_of_birth=born)
    names = there.values_list("pupil__forename", "pupil__surname")
    wanted = fold(forename), fold(surname)
    return any((fold(first), fold(last)) == wanted for first, last in names)
