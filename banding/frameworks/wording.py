"""Where a level's descriptor differs from that of the level below it. Pure."""

import re
from difflib import SequenceMatcher
from itertools import groupby

ALIKE = 0.2
"""From this share of words in common on, two descriptors are told apart at the words that differ;
below it all of the level is another. Small words do not count."""
SMALL = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have",
    "if", "in", "into", "is", "it", "its", "may", "no", "not", "of", "on", "or", "that", "the",
    "their", "them", "they", "this", "to", "was", "were", "which", "who", "will", "with",
))  # fmt: skip
AROUND = re.compile(r"^\W+|\W+$")
PLURAL = re.compile(r"(?<=\w\w\w)(?<!s)(’s|'s|s)$")

Pieces = list[tuple[str, bool]]


def differences(before: str, text: str) -> Pieces:
    """`text` in pieces, each with whether it differs from `before` at its place.

    Capitals, marks around a word and the s of a plural make no difference. Small words between two
    that differ go with them, so that phrases are marked; so does the last word of a clause after
    several that differ. Where words are only left out, the one that follows is marked. Of two that
    have little or everything in common nothing is marked.
    """
    words = text.split()
    old, new = [_stem(word) for word in before.split()], [_stem(word) for word in words]
    compared = SequenceMatcher(None, old, new, autojunk=False)
    differs = [True] * len(new)
    for block in compared.get_matching_blocks():
        differs[block.b : block.b + block.size] = [False] * block.size
    if not _are_alike(new, differs):
        return _in_pieces(words, [False] * len(new))
    differs = _to_the_end(words, _joined(new, differs))
    if not any(differs):
        for kind, *_, at, _ in compared.get_opcodes():
            if kind == "delete":
                differs[min(at, len(new) - 1)] = True
    return _in_pieces(words, differs)


def _stem(word: str) -> str:
    return PLURAL.sub("", AROUND.sub("", word).casefold())


def _are_alike(words: list[str], differs: list[bool]) -> bool:
    telling = [new for word, new in zip(words, differs, strict=True) if word not in SMALL]
    return bool(telling) and telling.count(False) / len(telling) >= ALIKE


def _joined(words: list[str], differs: list[bool]) -> list[bool]:
    """With the small words that stand between two that differ."""
    runs = [list(run) for _, run in groupby(range(len(words)), key=differs.__getitem__)]
    between = [run for run in runs[1:-1] if all(words[at] in SMALL for at in run)]
    joining = {at for run in between for at in run}
    return [one or at in joining for at, one in enumerate(differs)]


def _to_the_end(words: list[str], differs: list[bool]) -> list[bool]:
    """With the one word that ends a clause after a phrase that differs, which it belongs to."""
    result = list(differs)
    for at in range(2, len(words)):
        ends = at == len(words) - 1 or not words[at][-1].isalnum()
        if ends and not differs[at] and differs[at - 1] and differs[at - 2]:
            result[at] = True
    return result


def _in_pieces(words: list[str], differs: list[bool]) -> Pieces:
    pairs = groupby(zip(words, differs, strict=True), key=lambda pair: pair[1])
    return [(" ".join(word for word, _ in piece), new) for new, piece in pairs]
