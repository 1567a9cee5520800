"""Rows and sentences of the results: their figures, and the same in words (M7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from banding_portal.words import MINUS, UNBROKEN, number, percent
from moderation.agreement import Agreement
from moderation.estimate import Difference, Estimate, difference_of
from moderation.intervals import interval_of_count

UNDER_FIVE = "hidden"
NOT_DEFINED = "not defined"
HALF = 0.5
TAIL = 0.025


@dataclass(frozen=True)
class GroupRow:
    """What is None is hidden; a share without an interval has None for its bounds."""

    label: str
    cases: int | None
    same: float | None
    """The share with the same band, or level of an area; 0 to 1."""
    low: float | None
    high: float | None
    higher: int | None
    lower: int | None

    @property
    def cases_words(self) -> str:
        return count_words(self.cases)

    @property
    def same_words(self) -> str:
        return UNDER_FIVE if self.same is None else percent(self.same)

    @property
    def interval_words(self) -> str:
        """54.0% to 69.2%"""
        if self.low is None or self.high is None:
            return ""
        return f"{percent(self.low)} to {percent(self.high)}"

    @property
    def higher_words(self) -> str:
        return count_words(self.higher)

    @property
    def lower_words(self) -> str:
        return count_words(self.lower)


@dataclass(frozen=True)
class PairRow:
    """Two quadrants, and by how much more often the first one's bands are the school's."""

    first: str
    second: str
    difference: Difference

    @property
    def words(self) -> str:
        """+4.1 points"""
        return points(self.difference.value)

    @property
    def interval_words(self) -> str:
        return f"{points(self.difference.low)} to {points(self.difference.high)}"

    @property
    def told(self) -> str:
        """Whether chance alone would do; nought lies outside only where it would not."""
        found = self.difference
        if found.low > 0 or found.high < 0:
            more = self.first if found.value > 0 else self.second
            return f"Bands agree more often in {more}"
        return "May be chance"


def pairs_of(groups: Sequence[tuple[str, Estimate | None]]) -> list[PairRow]:
    """Each two of these groups; one without a judged case is left out.

    The more pairs, the wider the intervals (Bonferroni): all of them together hold in 95 of 100
    samples at least, so that no difference is told which chance alone makes in one of many pairs.
    """
    known = [(label, same) for label, same in groups if same is not None]
    pairs = list(combinations(known, 2))
    return [
        PairRow(first, second, wider(difference_of(one, other), len(pairs)))
        for (first, one), (second, other) in pairs
    ]


def wider(found: Difference, pairs: int) -> Difference:
    """The 95 % interval of one pair made that of so many together."""
    normal = NormalDist()
    times = normal.inv_cdf(1 - TAIL / pairs) / normal.inv_cdf(1 - TAIL)
    return Difference(
        found.value,
        max(found.value - (found.value - found.low) * times, -1.0),
        min(found.value + (found.high - found.value) * times, 1.0),
    )


def bias_words(agreement: Agreement, population: int) -> str:
    """Of the cases in which the bands differ, with an interval that half may lie within."""
    higher = agreement.moderator_higher
    differing = higher + agreement.moderator_lower
    if not differing:
        return NOT_DEFINED
    low, high = interval_of_count(max(population, differing), differing, higher)
    total = max(population, differing)
    between = f"95% interval {percent(low / total)} to {percent(high / total)}"
    leans = "higher" if low / total > HALF else "lower" if high / total < HALF else ""
    said = f"the moderator’s tends to be the {leans} one" if leans else "no tendency is shown"
    return (
        f"In {number(higher)} of {number(differing)} cases with different bands the moderator’s is "
        f"the higher one: {percent(higher / differing)} ({between}), so {said}."
    )


def points(share: float) -> str:
    """+4.1, −0.3, 0.0: of a share in points of a hundred."""
    shown = f"{abs(share) * 100:.1f}"
    sign = "" if shown == "0.0" else f"+{UNBROKEN}" if share > 0 else MINUS
    return f"{sign}{shown} points"


def count_words(count: int | None) -> str:
    return UNDER_FIVE if count is None else number(count)
