"""What in a text tells the band or a level of a pupil, however it is written (M4). Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from banding_portal.folding import INVISIBLE

NUMBERS = (  # noqa: SIM905
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
).split()
ORDINALS = (  # noqa: SIM905
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ROMAN = "- I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()  # noqa: SIM905
BETWEEN = (
    r"(?:,?\s+(?:which\s+)?(?:is|was|at|as|to|on|no\.?|number|level|code|of\s+needs?))?"
    r"[\s:=#_“”‘’'\"()–—-]*"
)
"""What may stand between “band” and its number; not “of”, for a band of three plays music."""
REACH = 60
"""Letters around a word that are looked at, at most."""
OTHER_LEVELS = r"(?<!entry )(?<!nvq )(?<!btec )(?<!gcse )(?<!stage )(?<!\bp )(?<!\bt )"
"""Levels of exams, which have nothing to do with those of a framework."""
NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
AMOUNT = re.compile(
    rf"(?:£|\bgbp)\s*(?P<after>{NUMBER})(?P<thousand>\s?k)?(?!\w)"
    rf"|(?<![\w.,])(?P<before>{NUMBER})(?P<thousands>\s?k)?\s*"
    r"(?:pounds|gbp|(?:a|per)\s+(?:year|annum)|p\.?\s?a\.?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Secrets:
    """What nobody who judges blind may read of a framework."""

    bands: Sequence[tuple[str, str]]
    """Code and name of each, the lowest first."""
    levels: Sequence[str] = ()
    """Their codes, of every area."""
    values: Sequence[Decimal] = ()
    """Pounds a year of each band in each sector."""

    def __add__(self, other: "Secrets") -> "Secrets":
        return Secrets(
            [*self.bands, *other.bands],
            [*self.levels, *other.levels],
            [*self.values, *other.values],
        )


def bands_named(text: str, secrets: Secrets) -> list[str]:
    """The words of the text that give a band, a level or what a band pays away, as they stand."""
    text = plain(text)
    near = parts_near(text, words_of(secrets))
    found: dict[str, None] = {}
    for pattern in patterns_of(secrets):
        found |= {match.group().strip(" :=.#-–—"): None for match in pattern.finditer(near)}
    if short := short_codes(secrets):
        found |= {match.group(): None for match in short.finditer(text)}
    found |= dict.fromkeys(amounts_named(text, secrets.values))
    return list(found)


def plain(text: str) -> str:
    """Letters and digits in their usual form, without those nobody sees, in one line."""
    shown = re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFKC", text))
    return " ".join(shown.split())


def words_of(secrets: Secrets) -> set[str]:
    """One of these stands in whatever names a band or a level, short codes apart."""
    words = {"level"} if secrets.levels else set()
    for code, name in secrets.bands:
        words |= {"band", (name_without(name, code) or name).lower()}
    return words - {""}


def parts_near(text: str, words: Iterable[str]) -> str:
    """The parts of a text around these words, so that a long report is looked through quickly."""
    small = text.lower()
    places = sorted(
        match.start() for word in words for match in re.finditer(re.escape(word), small)
    )
    parts, end = [], -1
    for place in places:
        first, last = max(place - REACH, 0), place + 2 * REACH
        if first > end:
            parts.append([first, last])
        else:
            parts[-1][1] = last
        end = last
    return " | ".join(text[first:last] for first, last in parts)


def short_codes(secrets: Secrets) -> re.Pattern[str] | None:
    """B3 of Band 3, of every band with a number."""
    codes = [
        rf"{re.escape((name_without(name, code) or 'band')[0])}[-.]?{code}"
        for code, name in secrets.bands
        if code.isdigit()
    ]
    return whole(f"(?:{'|'.join(dict.fromkeys(codes))})") if codes else None


def patterns_of(secrets: Secrets) -> Iterator[re.Pattern[str]]:
    for code, name in secrets.bands:
        noun = name_without(name, code)
        nouns = "|".join(dict.fromkeys(["band", *([re.escape(noun)] if noun else [])]))
        yield whole(rf"(?:{nouns})(?:s|ed|ing)?{BETWEEN}{ways(code)}")
        yield whole(rf"{order(code)}[\s-]+(?:{nouns})")
        yield whole(rf"{ways(code)}\s+(?:on|in)\s+the\s+(?:{nouns})(?:s|ing)?")
        if not noun and len(name) > 1 and not name.isdigit():
            yield whole(re.escape(name))
    if secrets.bands:
        yield whole(r"(?:top|highest|lowest|bottom)[\s-]+band")
    for code in dict.fromkeys(secrets.levels):
        yield whole(rf"{OTHER_LEVELS}levels?{BETWEEN}{ways(code)}")
        yield whole(rf"{OTHER_LEVELS}{order(code)}[\s-]+level")


def whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def name_without(name: str, code: str) -> str:
    """“Band” of Band 3; empty of a name that is not a word and the code."""
    found = re.fullmatch(rf"([^\W\d_]+)\s+{re.escape(code)}", name, re.IGNORECASE)
    return found[1] if found else ""


def ways(code: str) -> str:
    """A code as people write it: 3, 03, three, III. A letter is a capital, for “a” is a word."""
    if code.isdigit() and int(code) < len(NUMBERS):
        number = int(code)
        # A small “i”, “v” or “x” is a letter, “iii” is a number.
        roman = f"|{ROMAN[number]}" if len(ROMAN[number]) > 1 else rf"|(?-i:{ROMAN[number]})"
        roman = "" if number == 0 else roman
        return rf"(?:0?{number}|{NUMBERS[number]}{roman})"
    if len(code) == 1 and code.lower() in "ai":
        return rf"(?-i:{re.escape(code.upper())})"
    return re.escape(code)


def order(code: str) -> str:
    """“third” or “3rd” or “3” before the word; of a letter the letter, a capital."""
    if code.isdigit() and int(code) < len(ORDINALS):
        number = int(code)
        return rf"(?:{ORDINALS[number]}|{number}(?:st|nd|rd|th)?|{NUMBERS[number]})"
    if len(code) == 1:
        return rf"(?-i:{re.escape(code.upper())})(?=[\s-]+band)"
    return re.escape(code)


def amounts_named(text: str, values: Iterable[Decimal]) -> Iterator[str]:
    """Amounts in pounds that are what a band pays, pennies apart."""
    known = {int(value) for value in values if value}
    for match in AMOUNT.finditer(text):
        try:
            amount = Decimal(re.sub("[, ]", "", match["after"] or match["before"]))
        except InvalidOperation:
            continue
        times = 1000 if match["thousand"] or match["thousands"] else 1
        if int(amount * times) in known:
            yield match.group()
