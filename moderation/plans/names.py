"""Names of a pupil and a school taken out of a text, however they are written (M4). Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from banding_portal.folding import INVISIBLE

PUPIL, SCHOOL = "the pupil", "the school"
KINDS = frozenset(
    """academies academy ce c of e rc catholic centre children’s church college community
    church of england county day education educational federation first foundation free grammar
    high hospital infant infants infants’ junior middle multi nursery pre-school
    preparatory primary provision prep roman school schools secondary sixth form special
    specialist st saint the trust unit upper lower and for in at with voluntary aided controlled
    technology learning training pru alternative village""".split()  # noqa: SIM905
)
"""What schools are called besides their own name."""
PLACES = frozenset(
    """green park hill hills road street lane field fields wood woods valley bridge ford mill mount
    north south east west northern southern eastern western new old great little long river view
    house farm court grove meadow meadows spring star sun bright world way hope unity all our lady
    holy cross trinity""".split()  # noqa: SIM905
)
"""Words that tell no school by themselves."""
ALSO_WORDS = frozenset(
    """art bill bobby dawn drew faith grace guy harmony heather hope ivy jack jay joy mark may
    melody miles grant pat pearl penny poppy rich rob rose ruby sky skye summer sunny violet will
    young long brown white black green grey king day best good wise small short""".split()  # noqa: SIM905
)
"""Names that a text means only where they have a capital."""
SHORTEST = 3
"""Letters of a part of a name that stands for the whole."""


def without_names(text: str, *, pupil: Iterable[str], school: Iterable[str] = ()) -> str:
    """The text with “the pupil” and “the school” in the place of these names, of their parts and
    of what belongs to them, whole words: Kofi, KOFI’s, Kofis; St Mary’s, Westmere.
    """
    text = re.sub(f"[{INVISIBLE}]", "", text)
    pupils, schools = list(filter(None, pupil)), list(filter(None, school))
    for names, instead in ((schools, SCHOOL), (pupils, PUPIL)):
        for name in longest_first(names):
            text = replaced(text, name, instead, capital=fold_word(name) in ALSO_WORDS)
        parts = school_parts(names) if instead == SCHOOL else pupil_parts(names)
        for part in longest_first(parts):
            text = replaced(text, part, instead, capital=True)
    return tidied(text)


def longest_first(names: Iterable[str]) -> list[str]:
    return sorted({name.strip() for name in names} - {""}, key=lambda name: (-len(name), name))


def replaced(text: str, name: str, instead: str, *, capital: bool) -> str:
    """With `capital` only where it is written with one."""

    def put(match: re.Match[str]) -> str:
        found, own = match["name"], match["own"] or ""
        small = not found[0].isupper() and not found[0].isdigit()
        if small and (capital or own in ("s", "S")):
            return match.group()
        if own in ("'", "’") and found[-1] not in "sS":
            return instead + own
        return instead + ("’s" if own else "")

    letters = "".join(map(any_letter, name))
    pattern = rf"(?<!\w)(?P<name>{letters})(?P<own>['’‘`]s|['’]|s)?(?!\w)"
    return re.sub(pattern, put, text, flags=re.IGNORECASE)


def any_letter(letter: str) -> str:
    """As it is and without its accent; any apostrophe, hyphen and space."""
    if letter in "'’‘`":
        return "['’‘`]?"
    if letter in "-‐–" or letter.isspace():
        return r"[\s‐–-]+"
    plain = unicodedata.normalize("NFKD", letter)[0]
    return re.escape(letter) if plain == letter else f"(?:{re.escape(letter)}|{re.escape(plain)})"


def words_of(name: str) -> list[str]:
    return [word.strip(".,()&") for word in re.split(r"[\s/-]+", name)]


def fold_word(word: str) -> str:
    return word.lower().replace("'", "’")


def pupil_parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (word for word in words_of(name) if len(word) >= SHORTEST)


def school_parts(names: Iterable[str]) -> Iterator[str]:
    """The name without what schools are called, and each of its words that is not just a place."""
    for name in names:
        own = [word for word in words_of(name) if word and fold_word(word) not in KINDS]
        if len(own) > 1:
            yield " ".join(own)
        for word in own:
            base = re.sub(r"['’]s?$", "", word)
            if len(base) >= SHORTEST and fold_word(base) not in PLACES:
                yield from (word, base)


KIND = "|".join("".join(map(any_letter, each)) for each in sorted(KINDS, key=len, reverse=True))
AROUND = re.compile(
    rf"(?:(?-i:St\.?|Saint|The|the|Our|Lady)\s+)*{SCHOOL}(?:’s)?"
    rf"(?:[\s,&-]+(?:(?-i:(?=[A-Z]))(?:{KIND})|of England|(?:St\.?\s+)?{SCHOOL}(?:’s)?)(?!\w))+"
    rf"|(?:(?-i:St\.?|Saint|The)\s+)+{SCHOOL}",
    re.IGNORECASE,
)


def tidied(text: str) -> str:
    """One “the school” for “St the school’s Primary School”."""
    text = AROUND.sub(SCHOOL, text)
    return re.sub(rf"{PUPIL}(?:[\s-]+{PUPIL})+", PUPIL, text)
