"""Where a level's descriptor differs from that of the level below it. Pure."""

from difflib import SequenceMatcher
from itertools import groupby

ALIKE = 0.5
"""Below this share of common words two descriptors are simply different, and nothing is marked."""


def differences(before: str, text: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether its words are not in `before` at that place."""
    old, new = before.split(), text.split()
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() < ALIKE:
        return [(text, False)]
    same = {
        at
        for block in compared.get_matching_blocks()
        for at in range(block.b, block.b + block.size)
    }
    marked = [(word, at not in same) for at, word in enumerate(new)]
    return [
        (" ".join(word for word, _ in piece), differs)
        for differs, piece in groupby(marked, key=lambda pair: pair[1])
    ]
