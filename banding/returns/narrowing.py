"""Returns, and the pupils of one, searched, narrowed and in order."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from banding.choices import OPEN_STATES, PupilChange, RoundList
from banding.models import Band, Return
from banding.returns.progress import PupilLine, ReturnProgress
from banding.rounds.lists import SHOWN_IN_ROUND
from banding_portal.folding import fold, words_of

LEAVING = frozenset({PupilChange.LEFT, PupilChange.NOT_OURS})

Shown = Mapping[str, tuple[str, Callable[[PupilLine], bool]]]
TO_LOOK_AT = "look"
SHOWN: Shown = {
    "to_do": ("To do", lambda line: not line.is_done),
    "ready": ("Ready", lambda line: line.is_done and line.status not in LEAVING),
    "leaving": ("Leaving", lambda line: line.status in LEAVING),
}
"""What may be shown of an exercise, by its name in the address: every pupil is in one of them."""


def shown_of(progress: ReturnProgress) -> Shown:
    """What may be shown of a return; besides, whom a message of return is about, if any is."""
    shown = dict(SHOWN_IN_ROUND if progress.is_of_round else SHOWN)
    if progress.is_of_round and progress.lines[0].row.pupil_return.state not in OPEN_STATES:
        _, fits = shown[RoundList.TO_TELL]
        shown[RoundList.TO_TELL] = "Had no band before", fits
    if progress.was_sent_back:
        shown[TO_LOOK_AT] = ("To check", lambda line: line.to_look_at)
    return shown


def narrowed(progress: ReturnProgress, wanted: Mapping[str, Any]) -> list[PupilLine]:
    """The lines that fit `q`, words of a name in any order (S9), and `show`."""
    lines = progress.lines
    if wanted.get("show"):
        _, fits = shown_of(progress)[wanted["show"]]
        lines = [line for line in lines if fits(line)]
    words = words_of(wanted.get("q") or "")
    return [line for line in lines if all(word in line.pupil.folded for word in words)]


def narrowed_returns(returns: QuerySet[Return], wanted: Mapping[str, Any]) -> QuerySet[Return]:
    """The returns of `school`, and those still `owed` (“yes”) or submitted (“no”)."""
    if wanted.get("school"):
        returns = returns.filter(school=wanted["school"])
    if wanted.get("owed"):
        owed = Q(state__in=OPEN_STATES)
        returns = returns.filter(owed if wanted["owed"] == "yes" else ~owed)
    return returns


def by_status(line: PupilLine) -> tuple[bool, str]:
    """Those with something to do first, then by their words."""
    return line.is_done, line.status_words


def by_rank(band: Band | None) -> tuple[bool, int]:
    """Those without a band last."""
    return band is None, band.rank if band else 0


def by_name(line: PupilLine) -> tuple[str, str, str]:
    pupil = line.pupil
    return fold(pupil.surname), fold(pupil.forename), pupil.reference


KEYS: dict[str, Callable[[PupilLine], Any]] = {
    "pupil": by_name,
    "year": lambda line: line.year_group,
    "need": lambda line: line.pupil.primary_need,
    "plan": lambda line: line.row.plan_type,
    "last_band": lambda line: by_rank(line.last.band if line.last else None),
    "this_time": lambda line: by_rank(line.band_shown),
    "band": lambda line: by_rank(line.band_shown),
    "based_on": lambda line: line.rests_on,
    "status": by_status,
}
"""What the columns of a return are sorted by."""
