"""Which help answers what somebody asked, in their own words. Pure.

The words of titles weigh most, little words nothing. `synonyms.txt` says which words mean the
same, one line a meaning. A word that stands nowhere is taken for the one it is nearest to.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from banding_portal.folding import fold

LITTLE = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "give",
        "go",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "need",
        "not",
        "of",
        "off",
        "on",
        "or",
        "our",
        "out",
        "should",
        "some",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "they",
        "this",
        "to",
        "us",
        "want",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "s", "e")
SHORTEST = 3
"""Letters that are left of a word without its ending."""
IN_TITLE, MEANT_IN_TITLE = 20, 10
MOST_TIMES = 5
"""A word that stands there more often weighs no more."""
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Weighed:
    """A text as it is searched: how often the stem of each word is there."""

    title: Counter[str]
    text: Counter[str]

    @classmethod
    def of(cls, title: str, text: str) -> "Weighed":
        return cls(Counter(stems_of(title)), Counter(stems_of(text)))

    def weight(self, stem: str) -> int:
        """Of one word: by where it stands, then by what means the same; 0 where neither does."""
        if stem in self.title:
            return IN_TITLE + min(self.text[stem], MOST_TIMES)
        meant = meaning_the_same().get(stem, frozenset())
        times = min(self.text[stem], MOST_TIMES) * 2
        if meant & self.title.keys():
            return MEANT_IN_TITLE + times
        return times or min(sum(self.text[each] for each in meant), MOST_TIMES)


def rank(asked: str, texts: dict[str, Weighed]) -> list[str]:
    """The texts that answer best, by their names: those with most of the words, and no other."""
    stems = list(dict.fromkeys(stems_of(asked, without=LITTLE)))
    known = {stem for each in texts.values() for stem in (*each.title, *each.text)}
    wanted = [nearest(stem, known | meaning_the_same().keys()) for stem in stems]
    weights = {
        name: [weight for stem in wanted if (weight := each.weight(stem))]
        for name, each in texts.items()
    }
    most = max(map(len, weights.values()), default=0)
    found = [name for name, each in weights.items() if most and len(each) == most]
    return sorted(found, key=lambda name: -sum(weights[name]))


def stems_of(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    return [stem_of(word) for word in WORD.findall(fold(text)) if word not in without]


def stem_of(word: str) -> str:
    """The word without its ending: joiner and joined are “join”."""
    fits = (end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= SHORTEST)
    return word.removesuffix(next(fits, ""))


def nearest(stem: str, known: Iterable[str]) -> str:
    if stem in known:
        return stem
    return next(iter(get_close_matches(stem, list(known), n=1, cutoff=0.8)), stem)


@cache
def meaning_the_same() -> dict[str, frozenset[str]]:
    """The stems that mean the same as a stem."""
    found: dict[str, frozenset[str]] = {}
    lines = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        stems = frozenset(stems_of(line))
        for stem in stems:
            found[stem] = found.get(stem, frozenset()) | stems - {stem}
    return found
