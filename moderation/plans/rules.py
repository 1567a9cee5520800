"""Which sentence of a plan speaks of which area, for who judges (M4). Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from banding_portal.folding import fold

SENTENCE = re.compile(r"(?<=[.!?])\s+")
SHORTENED = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|rev|e\.g|i\.e|approx|etc|a\.m|p\.m|vs|cf|incl|min|max|hrs?"
    r"|wks?)\.$",
    re.IGNORECASE,
)
"""How a piece ends that is no sentence yet."""
WORD = re.compile(r"[^\W\d_]{4,}")
ANY_WORD = re.compile(r"[^\W_]+")
RUN = 4
"""So many words in a row are a quotation, however common each is."""
STEM = 5
"""Letters by which words are taken for one: talks, talking, talked."""
COMMON = frozenset(
    """about after also another because been before being both does each every from have help helps
    into just less like many more most much need needs never only other others over people pupil
    school some somebody such than that their them then there these they thing things this time
    times what when where which while will with without would your level levels week
    weekly weeks daily""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with the names of the areas it speaks of, in the order of the framework."""

    text: str
    areas: tuple[str, ...] = ()


def stems(text: str) -> set[str]:
    words = (fold(word) for word in WORD.findall(text))
    return {word[:STEM] for word in words if word not in COMMON}


def sentences(text: str) -> list[str]:
    """The text in sentences and lines; “Dr.”, “e.g.” and “p.m.” end none."""
    found: list[str] = []
    for line in text.splitlines():
        goes_on = False
        for part in SENTENCE.split(line):
            words = " ".join(part.split())
            if not words:
                continue
            if goes_on:
                found[-1] += f" {words}"
            else:
                found.append(words)
            goes_on = bool(SHORTENED.search(words))
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    """Every so many words in a row within a sentence, common ones too."""
    found = set()
    for sentence in sentences(text):
        words = [fold(word) for word in ANY_WORD.findall(sentence)]
        found |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


def telling_runs(areas: Mapping[str, str]) -> dict[str, set[tuple[str, ...]]]:
    """Area to the runs of words of its descriptors that no other area has."""
    found = {name: runs(words) for name, words in areas.items()}
    seen = Counter(run for each in found.values() for run in each)
    return {name: {run for run in each if seen[run] == 1} for name, each in found.items()}


def telling_words(areas: Mapping[str, str]) -> dict[str, set[str]]:
    """Area to the stems that speak of it: those of its descriptors that at most one other area
    has. What an area is called is a heading, and supports nothing.
    """
    found = {name: stems(words) - stems(name) for name, words in areas.items()}
    seen = Counter(stem for each in found.values() for stem in each)
    most = 1 if len(areas) < 4 else 2
    return {name: {stem for stem in each if seen[stem] <= most} for name, each in found.items()}


def read_with(text: str, areas: Mapping[str, str]) -> list[Sentence]:
    """The sentences of a text, each with the areas that it shares telling words with, or several
    words in a row.

    `areas` are names and their descriptors. It is a hint where to look, not a judgement.
    """
    telling, quoted = telling_words(areas), telling_runs(areas)
    found = []
    for said in sentences(text):
        own, said_runs = stems(said), runs(said)
        about = (name for name in areas if own & telling[name] or said_runs & quoted[name])
        found.append(Sentence(said, tuple(about)))
    return found
