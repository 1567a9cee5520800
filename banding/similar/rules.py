"""Which schools are similar, when there are enough, what is suppressed, who lies apart. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from uuid import UUID

ENOUGH_SCHOOLS, ENOUGH_PUPILS = 5, 20
"""Others with returns in, and their pupils with bands, before anything is compared."""
FEWEST = 5
"""Fewer pupils than this are not shown of other schools (M7), nor is a school so small judged."""
APART = 2.0
"""Standard errors; of schools that are alike about one in twenty lies as far off by chance."""
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Tally:
    """A school's pupils by the place of their band, 1 the lowest."""

    school: UUID
    kind: tuple[str, str]
    """Sector and phase."""
    counts: Mapping[int, int]

    @cached_property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def sums(self) -> tuple[int, int]:
        """Of the places of its pupils, and of their squares."""
        pairs = self.counts.items()
        return sum(n * place for place, n in pairs), sum(n * place**2 for place, n in pairs)

    def is_about_as_large_as(self, other: "Tally") -> bool:
        """Half to twice its pupils."""
        return self.total * 2 >= other.total and self.total <= other.total * 2


@dataclass(frozen=True)
class Group:
    """The other schools one is compared with."""

    tallies: Sequence[Tally]
    is_of_size: bool
    """Whether they are also about as large; else there are too few that are."""

    @cached_property
    def counts(self) -> Mapping[int, int]:
        counts: Counter[int] = Counter()
        for tally in self.tallies:
            counts.update(tally.counts)
        return counts

    @cached_property
    def total(self) -> int:
        return sum(each.total for each in self.tallies)

    @property
    def is_enough(self) -> bool:
        return len(self.tallies) >= ENOUGH_SCHOOLS and self.total >= ENOUGH_PUPILS


def group_of(own: Tally, tallies: Iterable[Tally]) -> Group:
    """Schools of its sector and phase and about its size; of any size where those are too few."""
    others = [each for each in tallies if each.kind == own.kind and each.school != own.school]
    sized = Group([each for each in others if each.is_about_as_large_as(own)], is_of_size=True)
    return sized if sized.is_enough else Group(others, is_of_size=False)


def hidden_of(counts: Mapping[int, int]) -> frozenset[int]:
    """Places with 1 to 4 pupils, and more so that none can be worked out from the rest."""
    shown = sorted((count, place) for place, count in counts.items() if count)
    hidden = [pair for pair in shown if pair[0] < FEWEST]
    rest = shown[len(hidden) :]
    while hidden and rest and sum(count for count, _ in hidden) < FEWEST:
        hidden.append(rest.pop(0))
    return frozenset(place for _, place in hidden)


def shares_of(counts: Mapping[int, int], places: Iterable[int]) -> dict[int, Fraction | None]:
    """The share of all pupils at each place; None where it is not shown."""
    hidden, total = hidden_of(counts), sum(counts.values())
    return {
        place: None if place in hidden else Fraction(counts.get(place, 0), total or 1)
        for place in places
    }


@dataclass(frozen=True)
class Lying:
    """How a school's bands lie beside those of its group, in places of bands."""

    mean: float
    others: float
    error: float
    """The standard error of a mean of as many pupils of the group."""

    @property
    def difference(self) -> float:
        return self.mean - self.others

    @property
    def distance(self) -> float:
        """In standard errors, whichever way; 0 where there is no difference."""
        if not self.difference:
            return 0
        return abs(self.difference) / self.error if self.error else math.inf

    @property
    def apart(self) -> str:
        """HIGHER or LOWER, or empty where chance would often do as much."""
        if self.distance < APART:
            return ""
        return HIGHER if self.difference > 0 else LOWER


def lying_of(own: Tally, group: Group) -> Lying | None:
    """None where the school or its group is too small to say."""
    if own.total < FEWEST or not group.is_enough:
        return None
    of_places = sum(each.sums[0] for each in group.tallies)
    of_squares = sum(each.sums[1] for each in group.tallies)
    total = group.total
    # In whole numbers to the end, so that a group on one band has no spread at all.
    spread = Fraction(of_squares * total - of_places**2, total**2)
    error = math.sqrt(spread / own.total)
    return Lying(own.sums[0] / own.total, of_places / total, error)
