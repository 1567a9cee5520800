"""Where a level's descriptor differs from that of the level below it. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise

ALIKE = 0.5
"""From this share of common words on, what is new is marked at its place; below it, where the
sentence is built anew, only words that the level below does not have at all."""
SMALL = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have",
    "if", "in", "into", "is", "it", "its", "may", "no", "not", "of", "on", "or", "that", "the",
    "their", "them", "they", "this", "to", "was", "were", "which", "who", "will", "with",
))  # fmt: skip
"""Words that make no difference by themselves, unless they stand between two that do."""
AROUND = re.compile(r"^\W+|\W+$")


Pieces = list[tuple[str, bool]]


def differences_in_order(texts: Sequence[str]) -> list[Pieces]:
    """Of each text but the first what is new against the one before; nothing where one of them
    cannot be told apart from it by words, so that a reader can rely on the marks or sees none.
    """
    found = [differences(before, text) for before, text in pairwise(texts)]
    return found if all(any(is_new for _, is_new in pieces) for pieces in found) else []


def differences(before: str, text: str) -> Pieces:
    """`text` in pieces, each with whether it is new against `before`.

    Capitals and marks around a word make no difference. Of two that share no word but small ones
    nothing is marked: there all is new.
    """
    old, new = [_plain(word) for word in before.split()], [_plain(word) for word in text.split()]
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() >= ALIKE:
        blocks = compared.get_matching_blocks()
        same = {at for block in blocks for at in range(block.b, block.b + block.size)}
        is_new = [at not in same for at in range(len(new))]
    else:
        is_new = _not_at_all(old, new)
    marked = zip(text.split(), is_new, strict=True)
    return [
        (" ".join(word for word, _ in piece), differs)
        for differs, piece in groupby(marked, key=lambda pair: pair[1])
    ]


def _plain(word: str) -> str:
    return AROUND.sub("", word).casefold()


def _not_at_all(old: list[str], new: list[str]) -> list[bool]:
    """Of each word whether it matters and the old text has it nowhere."""
    telling = [bool(word) and word not in SMALL for word in new]
    is_new = [tells and word not in old for word, tells in zip(new, telling, strict=True)]
    if is_new == telling:
        return [False] * len(new)
    between = [
        not telling[at] and is_new[at - 1] and is_new[at + 1] for at in range(1, len(new) - 1)
    ]
    return [one or two for one, two in zip(is_new, [False, *between, False], strict=True)]
