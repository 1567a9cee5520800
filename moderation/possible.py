"""Between what a coefficient lies, as far as what is published of a matrix tells (M7). Pure.

It is worked out from the published counts alone, so whoever reads it learns nothing more of the
hidden ones.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from moderation.publication import Place, PublishedMatrix

Counts = NDArray[np.float64]
Measure = Callable[[Counts], NDArray[np.float64]]
"""The values of several matrices, one below the other."""
PLACES = 100


def kappa(weight: Counts) -> Measure:
    def measure(matrices: Counts) -> NDArray[np.float64]:
        shares = matrices / matrices.sum(axis=(1, 2), keepdims=True)
        rows, columns = shares.sum(axis=2), shares.sum(axis=1)
        expected = np.einsum("mi,ij,mj->m", rows, weight, columns)
        observed = (shares * weight).sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((observed - expected) / (1 - expected))

    return measure


def gwet(weight: Counts) -> Measure:
    def measure(matrices: Counts) -> NDArray[np.float64]:
        shares = matrices / matrices.sum(axis=(1, 2), keepdims=True)
        mean = (shares.sum(axis=2) + shares.sum(axis=1)) / 2
        bands = len(weight)
        chance = weight.sum() / (bands * (bands - 1)) * (mean * (1 - mean)).sum(axis=1)
        observed = (shares * weight).sum(axis=(1, 2))
        return np.asarray((observed - chance) / (1 - chance))

    return measure


def measures(bands: int) -> dict[str, Measure]:
    """By the name each coefficient has in `Agreement`."""
    apart = np.abs(np.subtract.outer(np.arange(bands), np.arange(bands))) / max(bands - 1, 1)
    same, linear = np.eye(bands), 1 - apart
    return {
        "kappa": kappa(same),
        "linear_weighted_kappa": kappa(linear),
        "quadratic_weighted_kappa": kappa(1 - apart**2),
        "ac1": gwet(same),
        "ac2": gwet(linear),
    }


def possible_range(found: PublishedMatrix, n: int, name: str) -> tuple[float, float] | None:
    """The least and the most, rounded outwards; None where nothing of the matrix is published."""
    return range_of(tuple(map(tuple, found.cells)), tuple(found.directions), n, name)


@lru_cache(maxsize=256)
def range_of(
    cells: tuple[tuple[int | None, ...], ...],
    directions: tuple[int | None, ...],
    n: int,
    name: str,
) -> tuple[float, float] | None:
    """The same of published counts alone, kept for those asked for last."""
    size = len(cells)
    if size < 2 or all(count is None for row in cells for count in row):
        return None
    measure = measures(size)[name]
    start, parts = first_guess(cells, directions, n)
    low = farthest(start, parts, lambda matrices: -measure(matrices))
    high = farthest(start, parts, measure)
    if math.isnan(low) or math.isnan(high):
        return None
    return math.floor(-low * PLACES) / PLACES, math.ceil(high * PLACES) / PLACES


def farthest(matrix: Counts, parts: list[list[Place]], measure: Measure) -> float:
    """The largest value that moving cases between hidden cells of one total leads to."""
    best = float(measure(matrix[None])[0])
    step = int(matrix.sum())
    while step := step // 2:
        while moved := list(moves(matrix, parts, step)):
            values = measure(np.stack(moved))
            values = np.where(np.isnan(values), -np.inf, values)
            at = int(values.argmax())
            if not values[at] > best + 1e-12:
                break
            matrix, best = moved[at], float(values[at])
    return best


def first_guess(
    cells: Sequence[Sequence[int | None]], directions: Sequence[int | None], n: int
) -> tuple[Counts, list[list[Place]]]:
    """The shown counts, the others spread evenly, and the cells that share a known total."""
    size = len(cells)
    matrix = np.array([[count or 0 for count in row] for row in cells], dtype=float)
    signs = dict(zip((0, 1, -1), directions, strict=True))
    hidden: dict[int | None, list[Place]] = {}
    for row in range(size):
        for column in range(size):
            if cells[row][column] is None:
                sign = (row > column) - (row < column)
                hidden.setdefault(None if signs[sign] is None else sign, []).append((row, column))
    known = sum(told for told in signs.values() if told is not None)
    for part, places in hidden.items():
        inside = sum(
            matrix[row, column]
            for row in range(size)
            for column in range(size)
            if (None if signs[s := (row > column) - (row < column)] is None else s) == part
        )
        told = n - known if part is None else signs[part]
        each, more = divmod(int((told or 0) - inside), len(places))
        for at, (row, column) in enumerate(places):
            matrix[row, column] = each + (at < more)
    return matrix, list(hidden.values())


def moves(matrix: Counts, parts: list[list[Place]], step: int) -> Iterator[Counts]:
    for places in parts:
        for source in places:
            if matrix[source] < step:
                continue
            for target in places:
                if target != source:
                    other = matrix.copy()
                    other[source] -= step
                    other[target] += step
                    yield other
