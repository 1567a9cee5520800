"""Returns, and the pupils of one, searched, narrowed and in order."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from banding.choices import OPEN_STATES, PupilChange
from banding.models import Return
from banding.returns.progress import PupilLine
from banding_portal.folding import words_of

LEAVING = frozenset({PupilChange.LEFT, PupilChange.NOT_OURS})

SHOWN: dict[str, tuple[str, Callable[[PupilLine], bool]]] = {
    "to_do": ("To do", lambda line: not line.is_done),
    "ready": ("Ready", lambda line: line.is_done and line.status not in LEAVING),
    "leaving": ("Leaving", lambda line: line.status in LEAVING),
    "look": ("To look at", lambda line: line.to_look_at),
}
"""What may be shown, by its name in the address: every pupil is in exactly one of the first
three, and may have a message of return to look at besides.
"""


def narrowed(lines: list[PupilLine], wanted: Mapping[str, Any]) -> list[PupilLine]:
    """The lines that fit `q`, words of a name in any order (S9), and `show`."""
    if wanted.get("show"):
        _, fits = SHOWN[wanted["show"]]
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


def by_last_band(line: PupilLine) -> int:
    """From the highest rank; those without a band last."""
    return -line.last.band.rank if line.last and line.last.band else 1


def by_year_group(line: PupilLine) -> int:
    return line.year_group
