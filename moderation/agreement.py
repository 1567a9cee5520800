"""How far moderators and schools agree (M7). Counts and shares; None where not defined (0/0)."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import mul

from moderation.precision import Z_95

FEWEST = 10
"""Cases below which an interval of kappa says nothing."""

Matrix = Sequence[Sequence[int]]
Weighing = Callable[[int], float]
Measure = Callable[[Sequence[Sequence[float]], float], "tuple[float, float] | None"]
"""Counts and how many they are to a coefficient and its standard error."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """A kappa, or another coefficient of agreement, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """The statistics of a confusion matrix: rows the moderator's band, columns the school's."""

    matrix: tuple[tuple[int, ...], ...]
    n: int
    exact_agreement: float | None
    within_one: float | None
    kappa: Kappa | None
    linear_weighted_kappa: Kappa | None
    quadratic_weighted_kappa: Kappa | None
    ac1: Kappa | None
    ac2: Kappa | None
    """Gwet's, the second with linear weights."""
    moderator_higher: int
    moderator_lower: int


def confusion_matrix(
    bands: Sequence[str], judged: Iterable[tuple[str, str]]
) -> tuple[tuple[int, ...], ...]:
    """Return counts of (moderator's band, school's band), both in order of `bands`.

    `bands` are all codes of the framework, lowest rank first. Raises ValueError for a band that
    is not among them.
    """
    places = {band: place for place, band in enumerate(bands)}
    counts = [[0] * len(bands) for _ in bands]
    for moderator, school in judged:
        if moderator not in places or school not in places:
            raise ValueError("A judged band is not a band of the framework.")
        counts[places[moderator]][places[school]] += 1
    return tuple(tuple(row) for row in counts)


def measure_agreement(matrix: Matrix) -> Agreement:
    """Return the statistics of a square confusion matrix (M7).

    Within one counts neighbours in the order of rank. Raises ValueError when it isn't square.
    """
    size = len(matrix)
    if any(len(row) != size for row in matrix):
        raise ValueError("A confusion matrix has as many rows as columns.")
    places = range(size)
    n = sum(map(sum, matrix))

    def count(wanted: Callable[[int], bool]) -> int:
        """How many were judged so many bands higher than the school's, or lower below zero."""
        return sum(
            matrix[row][column] for row in places for column in places if wanted(row - column)
        )

    furthest = max(size - 1, 1)
    return Agreement(
        matrix=tuple(tuple(row) for row in matrix),
        n=n,
        exact_agreement=count(lambda higher: higher == 0) / n if n else None,
        within_one=count(lambda higher: abs(higher) <= 1) / n if n else None,
        kappa=_weighted_kappa(matrix, n, lambda distance: distance == 0),
        linear_weighted_kappa=_weighted_kappa(matrix, n, lambda distance: 1 - distance / furthest),
        quadratic_weighted_kappa=_weighted_kappa(
            matrix, n, lambda distance: 1 - (distance / furthest) ** 2
        ),
        ac1=_gwet(matrix, n, lambda distance: distance == 0),
        ac2=_gwet(matrix, n, lambda distance: 1 - distance / furthest),
        moderator_higher=count(lambda higher: higher > 0),
        moderator_lower=count(lambda higher: higher < 0),
    )


def _weighted_kappa(matrix: Matrix, n: int, agreement: Weighing) -> Kappa | None:
    """Cohen's kappa (1960, 1968) with the `agreement` of two bands so many ranks apart.

    (po − pe) ÷ (1 − pe). None without cases, and when chance alone would agree fully (pe = 1).

    The 95 % interval is ± 1.96 standard errors of Fleiss, Cohen and Everitt (1969) around the
    kappa of the matrix with one more case, spread as chance would have it: few cases that all
    agree then prove little. It lies within −1 to 1; below FEWEST cases it is no narrower.
    """
    return _with_interval(matrix, n, lambda part, cases: _kappa_and_error(part, cases, agreement))


def _with_interval(matrix: Matrix, n: int, measure: Measure) -> Kappa | None:
    """The coefficient with an interval that few cases which all agree do not make narrow."""
    found = measure(matrix, n) if n else None
    if found is None:
        return None
    value = found[0]
    wider = measure(_with_a_case_by_chance(matrix, n), n + 1)
    if n < FEWEST or wider is None:
        return Kappa(value, -1, 1)
    middle, error = wider
    low, high = middle - Z_95 * error, middle + Z_95 * error
    return Kappa(value, max(min(low, value), -1), min(max(high, value), 1))


def _with_a_case_by_chance(matrix: Matrix, n: int) -> list[list[float]]:
    rows = [sum(row) / n for row in matrix]
    columns = [sum(column) / n for column in zip(*matrix, strict=True)]
    return [
        [count + rows[row] * columns[column] for column, count in enumerate(counts)]
        for row, counts in enumerate(matrix)
    ]


def _kappa_and_error(
    matrix: Sequence[Sequence[float]], n: float, agreement: Weighing
) -> tuple[float, float] | None:
    """The weighted kappa and its standard error; None when pe = 1."""
    places = range(len(matrix))
    weight = [[agreement(abs(row - column)) for column in places] for row in places]
    rows = [sum(row) / n for row in matrix]
    columns = [sum(column) / n for column in zip(*matrix, strict=True)]
    cells = [(row, column, matrix[row][column] / n) for row in places for column in places]
    observed = sum(weight[row][column] * share for row, column, share in cells)
    expected = sum(weight[row][column] * rows[row] * columns[column] for row, column, _ in cells)
    if math.isclose(expected, 1, abs_tol=1e-12):
        return None
    kappa = (observed - expected) / (1 - expected)
    # The agreement by chance of each moderator's band, and of each school's.
    by_row = [sum(map(mul, weight[row], columns)) for row in places]
    by_column = [sum(map(mul, weight[column], rows)) for column in places]
    spread = sum(
        share * (weight[row][column] - (by_row[row] + by_column[column]) * (1 - kappa)) ** 2
        for row, column, share in cells
    )
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    return kappa, math.sqrt(max(variance, 0))


def _gwet(matrix: Matrix, n: int, agreement: Weighing) -> Kappa | None:
    """Gwet's coefficient (2008, 2014): AC1 for full agreement only, AC2 with other weights.

    None without cases or with one band alone. The interval is made like that of kappa.
    """
    return _with_interval(matrix, n, lambda part, cases: _gwet_and_error(part, cases, agreement))


def _gwet_and_error(
    matrix: Sequence[Sequence[float]], n: float, agreement: Weighing
) -> tuple[float, float] | None:
    """The coefficient and Gwet's standard error, from what each case adds to it.

    Chance is T ÷ (q(q − 1)) · Σ π(1 − π), with T the sum of the weights, q all bands and π the
    mean share of a band of both sides. So it stays telling where one band dominates.
    """
    bands = len(matrix)
    if bands < 2:
        return None
    places = range(bands)
    weight = [[agreement(abs(row - column)) for column in places] for row in places]
    shares = [
        (sum(matrix[place]) + sum(row[place] for row in matrix)) / (2 * n) for place in places
    ]
    part = sum(map(sum, weight)) / (bands * (bands - 1))
    observed = sum(weight[r][c] * matrix[r][c] for r in places for c in places) / n
    chance = part * sum(share * (1 - share) for share in shares)
    value = (observed - chance) / (1 - chance)

    def of_case(row: int, column: int) -> float:
        by_chance = part * (1 - (shares[row] + shares[column]) / 2)
        own = (weight[row][column] - chance) / (1 - chance)
        return own - 2 * (1 - value) * (by_chance - chance) / (1 - chance)

    spread = sum(
        matrix[row][column] * (of_case(row, column) - value) ** 2
        for row in places
        for column in places
    )
    return value, math.sqrt(spread / (n * (n - 1))) if n > 1 else 0.0
