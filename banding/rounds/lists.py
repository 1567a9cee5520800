"""The lists of a round as a school's page shows them (rules.md B10)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from banding.choices import AWAY, PupilChange, PupilStatus, RoundList
from banding.returns.progress import PupilLine, ReturnProgress

TOLD, OTHERS = "told", "others"
JOINED, APPLIED = "joined", "applied"
FIRST, SAVED = 10, 5
"""Pupils of a list shown among the others, all of them on a page of their own; and how many a
page of its own has to save.
"""


def list_of(line: PupilLine) -> str:
    """The list of a round on which a pupil stands. Other authorities' pupils are apart; so is who
    carries on with a change that the school has told. All who leave are together, funded or not.
    """
    standing = line.standing
    if standing is None:
        return ""
    if not standing.is_own:
        return OTHERS
    if standing.report or line.row.change in AWAY:
        return RoundList.LEAVING
    is_told = line.decision or line.row.change
    if standing.list == RoundList.CARRYING_ON and is_told:
        return TOLD
    return standing.list


def on_list(name: str) -> Callable[[PupilLine], bool]:
    return lambda line: list_of(line) == name


SHOWN_IN_ROUND: dict[str, tuple[str, Callable[[PupilLine], bool]]] = {
    RoundList.TO_TELL: ("Please tell us", on_list(RoundList.TO_TELL)),
    TOLD: ("Told", on_list(TOLD)),
    RoundList.LEAVING: ("Leaving", on_list(RoundList.LEAVING)),
    RoundList.CARRYING_ON: ("Carrying on", on_list(RoundList.CARRYING_ON)),
    OTHERS: ("Pupils of other authorities", on_list(OTHERS)),
}
"""What may be shown of a round, by its name in the address: every pupil is on one list."""


CHECKED: dict[str, str] = {
    JOINED: "Joiners",
    RoundList.LEAVING: "Leaving",
    TOLD: "Changed bands",
    PupilChange.STAYING_ON: "Staying on",
    APPLIED: "Applications",
    RoundList.TO_TELL: "Pupils who had no band",
    RoundList.CARRYING_ON: "Carrying on",
    PupilStatus.NOT_APPLIED: "Not applied for",
    OTHERS: "Pupils of other authorities",
}
"""What is checked before a round is submitted, what the school has told first."""
FOLDED = frozenset({RoundList.CARRYING_ON, PupilStatus.NOT_APPLIED, OTHERS})
"""Of whom nothing is asked, and nothing was told: a number that opens."""


def checked_under(line: PupilLine) -> str:
    """The heading under which a pupil of a round is checked."""
    name = list_of(line)
    if name == TOLD:
        return PupilChange.STAYING_ON if line.row.change == PupilChange.STAYING_ON else TOLD
    if line.status == PupilStatus.NOT_APPLIED:
        return PupilStatus.NOT_APPLIED
    is_application = line.standing and line.standing.is_application and line.decision
    return APPLIED if is_application and not line.row.change else name


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
    """Whoever carries on, leaves, may be told of, or was; other authorities' pupils apart."""

    carrying_on: list[PupilLine] = field(default_factory=list)
    leaving: list[PupilLine] = field(default_factory=list)
    to_tell: list[PupilLine] = field(default_factory=list)
    told: list[PupilLine] = field(default_factory=list)
    others: list[PupilLine] = field(default_factory=list)

    @property
    def to_apply_for(self) -> list[PupilLine]:
        """Pupils at SEN Support who are new to funding, and not applied for yet."""
        return [line for line in self.to_tell if line.status == PupilStatus.NOT_APPLIED]

    @property
    def applications(self) -> list[PupilLine]:
        """Pupils at SEN Support who are new to funding, applied for or not."""
        return [x for x in self.to_tell if x.standing and x.standing.is_application]

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
