"""How much of a spread lies with each of several groupings: variance components (M7). Pure.

An observation is y = μ + one effect of each grouping + what is left. The variance of each effect
is found by equating sums of squares with what they come to on average (Henderson's method in the
form of MINQUE(0)): unbiased, in closed form, whether or not the groups are of one size. Where
they are, it is the estimate of the analysis of variance.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 1e-9
"""Below it a pivot is nought: two groupings cannot be told apart."""
REST = "rest"


@dataclass(frozen=True)
class Component:
    """A grouping with its variance; below nought it is taken as nought."""

    name: str
    groups: int
    variance: float
    share: float
    """Of the sum of all, 0 to 1."""


def components_of(
    values: Sequence[float], groupings: Mapping[str, Sequence[Hashable]]
) -> list[Component] | None:
    """The components of the groupings and, last, of what is left (`REST`).

    A grouping with one group alone is left out. None where nothing spreads, and where groupings
    go together so closely that no figures tell them apart.
    """
    known = {name: list(labels) for name, labels in groupings.items() if len(set(labels)) > 1}
    known[REST] = list(range(len(values)))
    if len(values) < len(known) + 1:
        return None
    mean = sum(values) / len(values)
    spread = [value - mean for value in values]
    names = list(known)
    averages = [[overlap(known[one], known[other]) for other in names] for one in names]
    found = solved(averages, [squares(known[name], spread) for name in names])
    if found is None:
        return None
    variances = [max(each, 0.0) for each in found]
    total = sum(variances)
    if total <= LEAST:
        return None
    return [
        Component(name, len(set(known[name])), variance, variance / total)
        for name, variance in zip(names, variances, strict=True)
    ]


def squares(labels: Sequence[Hashable], spread: Sequence[float]) -> float:
    """The sum over groups of the square of each group's sum."""
    sums: dict[Hashable, float] = defaultdict(float)
    for label, value in zip(labels, spread, strict=True):
        sums[label] += value
    return sum(each**2 for each in sums.values())


def overlap(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """What a unit of the other's variance adds to the squares of the one on average.

    Σ (n_ab − n_a n_b ÷ n)² over the pairs of groups. With n_ab nought the square is
    (n_a n_b ÷ n)², so only pairs that occur are counted one by one.
    """
    n = len(one)
    rows, columns = Counter(one), Counter(other)
    everywhere = sum(a**2 for a in rows.values()) * sum(b**2 for b in columns.values()) / n**2
    there = Counter(zip(one, other, strict=True))
    return everywhere + sum(
        count**2 - 2 * count * rows[a] * columns[b] / n for (a, b), count in there.items()
    )


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float] | None:
    """By Gauss, the largest pivot first; None where there is no single answer."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    scale = max((abs(value) for row in matrix for value in row), default=0.0)
    for at in range(size):
        best = max(range(at, size), key=lambda place: abs(rows[place][at]))
        rows[at], rows[best] = rows[best], rows[at]
        if abs(rows[at][at]) <= LEAST * scale:
            return None
        for below in range(size):
            if below != at:
                factor = rows[below][at] / rows[at][at]
                rows[below] = [
                    low - factor * high for low, high in zip(rows[below], rows[at], strict=True)
                ]
    return [row[size] / row[at] for at, row in enumerate(rows)]
