"""What of a plan who judges blind may read, and which sentence speaks of which area (M4). Pure."""

import html
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from banding_portal.folding import fold

WORD_TEXT = "word/document.xml"
MOST_OF_WORD = 20_000_000
"""Bytes of a Word document's text that are looked through."""
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, RuntimeError),
    *(KeyError, EOFError, OSError, ValueError, NotImplementedError),
)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5
"""Letters by which words are taken for one: talks, talking, talked."""
COMMON = frozenset(
    """about after also another because been before being both does each every from have help helps
    into just less like many more most much need needs never only other others over people pupil
    school some somebody such than that their them then there these they thing things this time
    times what when where which while will with without would your level levels""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with the names of the areas it speaks of, in the order of the framework."""

    text: str
    areas: tuple[str, ...] = ()


def stems(text: str) -> set[str]:
    words = (fold(word) for word in WORD.findall(text))
    return {word[:STEM] for word in words if word not in COMMON}


def telling_words(areas: Mapping[str, str]) -> dict[str, set[str]]:
    """Area to the stems that speak of it: those of its words that at most one other area has."""
    found = {name: stems(f"{name} {words}") for name, words in areas.items()}
    seen = Counter(stem for each in found.values() for stem in each)
    most = 1 if len(areas) < 4 else 2
    return {name: {stem for stem in each if seen[stem] <= most} for name, each in found.items()}


def read_with(text: str, areas: Mapping[str, str]) -> list[Sentence]:
    """The sentences of a text, each with the areas that it shares telling words with.

    `areas` are names and their descriptors. It is a hint where to look, not a judgement.
    """
    telling = telling_words(areas)
    found = []
    for part in SENTENCE.split(text):
        if said := " ".join(part.split()):
            own = stems(said)
            found.append(Sentence(said, tuple(name for name in areas if own & telling[name])))
    return found


def without_names(text: str, names: Mapping[str, str]) -> str:
    """The text with other words in the place of these names, whole words, whatever the case."""
    for name, instead in sorted(names.items(), key=lambda pair: -len(pair[0])):
        if name.strip():
            whole = rf"(?<!\w){re.escape(name.strip())}(?!\w)"
            text = re.sub(whole, instead, text, flags=re.IGNORECASE)
    return text


def bands_named(text: str, bands: Iterable[tuple[str, str]]) -> Sequence[str]:
    """The names of bands, by code and name, that the text gives away."""
    found = []
    for code, name in bands:
        told = (rf"bands?\s+{re.escape(code)}", re.escape(name))
        if any(re.search(rf"(?<!\w){each}(?!\w)", text, re.IGNORECASE) for each in told):
            found.append(name)
    return found


def text_of_word(content: bytes) -> str:
    """The words of a Word document, a paragraph a line; nothing of any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(WORD_TEXT) as text:
            found = text.read(MOST_OF_WORD).decode("utf-8", "replace")
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        KeyError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ):
        return ""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</w:p>|<w:tab/>|<w:br/>", "\n", found)))
