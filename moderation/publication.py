"""Counts as they may be published: small ones hidden, and what would give them away (M7). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from banding_portal.disclosure import SMALLEST_PUBLISHED_COUNT, Counts, is_safe, suppressed

Place = tuple[int, int]
Row = tuple[int, ...]
"""Cases of a group that agree, the moderator higher, the moderator lower; or that agree or not."""


@dataclass(frozen=True)
class PublishedMatrix:
    """What may be published of a confusion matrix; the number of cases always is."""

    cells: list[Counts]
    directions: Counts
    """Agreeing, moderator higher, moderator lower: all or none but two of them at least."""
    within_one: bool


def published_matrix(matrix: Sequence[Sequence[int]]) -> PublishedMatrix:
    """Hide what the totals that are published beside the matrix would give away.

    Cells whose total can be worked out are suppressed by themselves: those of a direction whose
    count is shown, near and far ones apart where the share within one band is shown as well, and
    those of hidden directions together.
    """
    places = [(row, column) for row in range(len(matrix)) for column in range(len(matrix))]

    def in_direction(sign: int) -> list[Place]:
        return [(r, c) for r, c in places if (r > c) - (r < c) == sign]

    parts = [in_direction(sign) for sign in (0, 1, -1)]
    totals = [sum(matrix[r][c] for r, c in part) for part in parts]
    directions = suppressed(totals)
    apart = [part for part, told in zip(parts, directions, strict=True) if told is not None]
    together = [
        place
        for part, told in zip(parts, directions, strict=True)
        if told is None
        for place in part
    ]
    finer = [
        [(r, c) for r, c in part if (abs(r - c) > 1) == far] for part in parts for far in (0, 1)
    ]
    if not together and (cells := suppressed_parts(matrix, finer)):
        return PublishedMatrix(cells, directions, within_one=True)
    cells = suppressed_parts(matrix, [*apart, together])
    nothing: list[Counts] = [[None] * len(matrix) for _ in matrix]
    if cells is None:
        return PublishedMatrix(nothing, [None] * 3, within_one=False)
    return PublishedMatrix(cells, directions, within_one=False)


def suppressed_parts(
    matrix: Sequence[Sequence[int]], parts: Sequence[Sequence[Place]]
) -> list[Counts] | None:
    """Each part suppressed by itself; None where one has too few cases to hide anything in."""
    result: list[Counts] = [[None] * len(matrix) for _ in matrix]
    for part in parts:
        counts = [matrix[r][c] for r, c in part]
        shown = suppressed(counts)
        if not is_safe(counts, shown):
            return None
        for (r, c), count in zip(part, shown, strict=True):
            result[r][c] = count
    return result


def hidden_rows(rows: Sequence[Row]) -> set[int] | None:
    """Which groups of a breakdown are hidden, beside totals by column that are published.

    A group with a count under 5 is, and then the smallest others until no such count can be
    worked out within 5 even by who knows how many cases each group has. None where that takes
    more than there is: then the breakdown is not published.
    """
    sizes = [sum(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda place: sizes[place])
    hidden = {place for place in order if min(rows[place]) < SMALLEST_PUBLISHED_COUNT}
    for place in [None, *(place for place in order if place not in hidden)]:
        if place is not None:
            hidden.add(place)
        if all_wide([rows[at] for at in sorted(hidden)]):
            return hidden
    return None


def all_wide(rows: Sequence[Row]) -> bool:
    """Whether the totals of these rows and columns leave each small count a range of 5.

    With row total R, column total C and N of all, a count lies from R + C − N to R and to C.
    """
    total, columns = sum(map(sum, rows)), [sum(column) for column in zip(*rows, strict=True)]
    return all(
        min(sum(row), column) - max(0, sum(row) + column - total) >= SMALLEST_PUBLISHED_COUNT
        for row in rows
        for count, column in zip(row, columns, strict=True)
        if count < SMALLEST_PUBLISHED_COUNT
    )


def published_sizes(rows: Sequence[Row], hidden: set[int]) -> tuple[Counts, set[int]]:
    """The cases of each group as they may be published, and the hidden groups: those without a
    count of cases are among them.
    """
    sizes = suppressed([sum(row) for row in rows])
    return sizes, hidden | {place for place, size in enumerate(sizes) if size is None}
