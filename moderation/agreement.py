"""How far moderators and schools agree (M7). Counts and shares; None where not defined (0/0)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.sampling import Z_95

SMALLEST_PUBLISHED_COUNT = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kappa:
    """A kappa with its 95 % interval."""

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


def measure_agreement(matrix: Sequence[Sequence[int]]) -> Agreement:
    """Return the statistics of a square confusion matrix (M7).

    Within one counts neighbours in the order of rank. Raises ValueError when it isn't square.
    """
    size = len(matrix)
    if any(len(row) != size for row in matrix):
        raise ValueError("A confusion matrix has as many rows as columns.")
    counts = np.array(matrix, dtype=np.float64).reshape(size, size)
    distance = _distances(size)
    n = int(counts.sum())
    furthest = max(size - 1, 1)
    return Agreement(
        matrix=tuple(tuple(int(count) for count in row) for row in counts),
        n=n,
        exact_agreement=float(np.trace(counts)) / n if n else None,
        within_one=float(counts[distance <= 1].sum()) / n if n else None,
        kappa=_weighted_kappa(counts, (distance == 0).astype(np.float64)),
        linear_weighted_kappa=_weighted_kappa(counts, 1 - distance / furthest),
        quadratic_weighted_kappa=_weighted_kappa(counts, 1 - (distance / furthest) ** 2),
        moderator_higher=int(np.tril(counts, -1).sum()),
        moderator_lower=int(np.triu(counts, 1).sum()),
    )


def _distances(size: int) -> Matrix:
    places = np.arange(size, dtype=np.float64)
    return np.abs(places[:, None] - places[None, :])


def _weighted_kappa(counts: Matrix, weights: Matrix) -> Kappa | None:
    """Cohen's kappa with agreement weights (1960, 1968): (po − pe) ÷ (1 − pe).

    The interval is ± 1.96 standard errors of Fleiss, Cohen and Everitt (1969), within −1 to 1.
    None without cases, and when chance alone would agree fully (pe = 1).
    """
    n = counts.sum()
    if not n:
        return None
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((weights * shares).sum())
    expected = float((weights * np.outer(rows, columns)).sum())
    if math.isclose(expected, 1, abs_tol=1e-12):
        return None
    kappa = (observed - expected) / (1 - expected)
    average = (weights @ columns)[:, None] + (weights.T @ rows)[None, :]
    spread = (shares * (weights - average * (1 - kappa)) ** 2).sum()
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    margin = Z_95 * math.sqrt(max(float(variance), 0))
    return Kappa(kappa, max(kappa - margin, -1), min(kappa + margin, 1))


def published_count(count: int) -> int | None:
    """Return a count as it may be published: None, suppressed, when under 5 (M7)."""
    return count if count >= SMALLEST_PUBLISHED_COUNT else None
