"""The lists of a round as a school's page shows them (rules.md B10)."""

from dataclasses import dataclass, field

from banding.returns.progress import PupilLine, ReturnProgress


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


def lists_of(progress: ReturnProgress) -> RoundLists | None:
    """The lines of a round's return by list; None for an exercise."""
    standings = [(line, line.standing) for line in progress.lines]
    if any(standing is None for _, standing in standings):
        return None
    lists = RoundLists()
    for line, standing in standings:
        if standing:
            place = getattr(lists, standing.list if standing.is_own else "others")
            place.append(line)
    return lists


def is_silent(progress: ReturnProgress) -> bool:
    """Whether the school has told nothing yet."""
    return not any(line.row.change or line.decision for line in progress.lines)
