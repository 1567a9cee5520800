"""How much two headings are alike, whatever the order of their words. Pure."""

from difflib import SequenceMatcher

from banding_portal.files.columns import Column
from banding_portal.folding import fold

LIKE = 0.75
"""Out of 1: from here a heading is like enough to be proposed."""


def likeness(heading: str, column: Column) -> float:
    """From 0 to 1, with that name of the column which is nearest."""
    given = in_order(heading)
    return max(SequenceMatcher(None, given, in_order(name)).ratio() for name in column.names)


def in_order(text: str) -> str:
    return " ".join(sorted(fold(text.replace("_", " ")).split()))
