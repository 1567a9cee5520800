"""Counts as they may be published: small ones hidden, and what would give them away (M7)."""

from collections.abc import Sequence

from moderation.agreement import SMALLEST_PUBLISHED_COUNT, published_count


def suppressed(counts: Sequence[int]) -> list[int | None]:
    """The counts with None for those under 5.

    So that nobody works a hidden one out from the total, the smallest others are hidden too
    until at least two are hidden that come to 5 or more together.
    """
    shown = [published_count(count) for count in counts]
    if None not in shown:
        return shown
    for place in sorted(range(len(counts)), key=lambda place: counts[place]):
        hidden = [counts[at] for at, count in enumerate(shown) if count is None]
        if len(hidden) > 1 and sum(hidden) >= SMALLEST_PUBLISHED_COUNT:
            break
        shown[place] = None
    return shown


def suppressed_matrix(matrix: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """A confusion matrix with each of its parts (agreeing, above, below) suppressed by itself,
    because each part's total is published.
    """
    places = [(row, column) for row in range(len(matrix)) for column in range(len(matrix))]
    result: list[list[int | None]] = [[None] * len(matrix) for _ in matrix]
    for part in (-1, 0, 1):
        chosen = [(r, c) for r, c in places if (r > c) - (r < c) == part]
        kept = suppressed([matrix[r][c] for r, c in chosen])
        for (r, c), count in zip(chosen, kept, strict=True):
            result[r][c] = count
    return result
