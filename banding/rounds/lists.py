"""The lists of a round as a school's page shows them (rules.md B10)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from banding.choices import RoundList
from banding.returns.progress import PupilLine, ReturnProgress

OTHERS = "others"
FIRST, SAVED = 10, 5
"""Pupils of a list shown among the others, all of them on a page of their own; and how many a
page of its own has to save.
"""


def list_of(line: PupilLine) -> str:
    """The list of a round on which a pupil stands, other authorities' pupils apart."""
    if line.standing is None:
        return ""
    return line.standing.list if line.standing.is_own else OTHERS


def on_list(name: str) -> Callable[[PupilLine], bool]:
    return lambda line: list_of(line) == name


SHOWN_IN_ROUND: dict[str, tuple[str, Callable[[PupilLine], bool]]] = {
    RoundList.TO_TELL: ("Please tell us", on_list(RoundList.TO_TELL)),
    RoundList.LEAVING: ("Leaving", on_list(RoundList.LEAVING)),
    RoundList.CARRYING_ON: ("Carrying on", on_list(RoundList.CARRYING_ON)),
    OTHERS: ("Pupils of other authorities", on_list(OTHERS)),
}
"""What may be shown of a round, by its name in the address: every pupil is on one list."""


@dataclass(frozen=True)
class OneList:
    """One list of a round: how many there are, how many fit the search, and the first of them."""

    name: str
    total: int
    fitting: int
    lines: list[PupilLine]

    @property
    def is_cut(self) -> bool:
        return self.fitting > len(self.lines)


@dataclass(frozen=True)
class RoundLists:
    """Whoever carries on, leaves, or may be told of; other authorities' pupils apart."""

    carrying_on: list[PupilLine] = field(default_factory=list)
    leaving: list[PupilLine] = field(default_factory=list)
    to_tell: list[PupilLine] = field(default_factory=list)
    others: list[PupilLine] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Pupils the school has to answer for before it can submit."""
        return sum(not line.is_done for line in self.to_tell + self.carrying_on + self.leaving)

    def shown(self, fitting: Sequence[PupilLine], alone: str) -> dict[str, OneList]:
        """Each list by name with those of its lines that fit, in their order; `alone` names the
        one that is shown in full, page by page, and without the others.
        """
        found = {}
        for name in SHOWN_IN_ROUND:
            lines = [line for line in fitting if list_of(line) == name]
            is_whole = name == alone or len(lines) < FIRST + SAVED
            first = lines if is_whole else lines[:FIRST]
            found[str(name)] = OneList(name, len(getattr(self, name)), len(lines), first)
        return found


def lists_of(progress: ReturnProgress) -> RoundLists | None:
    """The lines of a round's return by list; None for an exercise."""
    if any(line.standing is None for line in progress.lines):
        return None
    lists = RoundLists()
    for line in progress.lines:
        getattr(lists, list_of(line)).append(line)
    return lists


def is_silent(progress: ReturnProgress) -> bool:
    """Whether the school has told nothing yet."""
    return not any(line.row.change or line.decision for line in progress.lines)
