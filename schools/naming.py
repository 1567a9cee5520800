"""Whether a text tells who a pupil is: by name, UPN or date of birth (rules.md R3). Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import takewhile

from banding_portal.folding import clean_code, clean_text, fold
from schools.identifiers import check_upn

UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b")
GROUPED_UPN = re.compile(r"[A-Z](?:[\s./-]?\d){11}[\s./-]?[0-9A-Z]")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
DAY, YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4}|\d{2})"
GAP = r"[\s.,/-]*"
DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})(?P<sep>[./ -])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2})\b",
        r"\b(?P<day>\d{1,2})(?P<sep>[./ -])(?P<number>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})\b",
        r"\b(?P<day>\d{2})(?P<number>\d{2})(?P<year>\d{4})\b",
        r"\b(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})\b",
        rf"\b{DAY}{GAP}(?:of\s+)?{MONTH}{GAP}[’']?{YEAR}\b",
        rf"\b{MONTH}{GAP}{DAY},?\s+[’']?{YEAR}\b",
        rf"\b(?P<year>\d{{4}}){GAP}{MONTH}{GAP}{DAY}\b",
    )
]
SURNAME = r"([A-Z][\w’'-]+)"
INITIAL_FIRST = re.compile(rf"\b([A-Z])\.\s*{SURNAME}")
INITIAL_LAST = re.compile(rf"\b{SURNAME},?\s+([A-Z])\.")
TAG = re.compile(r"<[^<>]*>")
OTHERWISE_NAMED = "If you mean somebody else, tick “It is right anyway”"
OTHERWISE_DATED = "If it is the day of something else, tick “It is right anyway”"
SHARED = frozenset(
    (
        *("primary", "secondary", "infant", "infants", "junior", "juniors", "nursery", "first"),
        *("middle", "high", "upper", "lower", "school", "academy", "college", "community", "ce"),
        *("cofe", "church", "rc", "catholic", "methodist", "special", "free", "grammar", "trust"),
        *("voluntary", "controlled", "aided", "sixth", "studio", "utc", "university", "technical"),
        *("foundation", "preparatory", "federation", "centre"),
    )
)
"""Words of a school’s name that tell no school from another."""
SHORTEST = 3
BORN = re.compile(r"\b(born|birth|birthday|birthdate|d\.? ?o\.? ?b)\b", re.IGNORECASE)
"""Words that make any date beside them one of birth."""
INITIALS = re.compile(r"\b([A-Z])\W{0,2}([A-Z])\b")
LONG = 5
"""From so many letters on a name is known with one letter wrong; shorter ones are words as well."""


@dataclass(frozen=True)
class Known:
    """What a text may tell of a pupil."""

    forename: str
    surname: str
    born: dt.date


def known_before(name: str, born: dt.date) -> Known:
    """By a former name, as it is kept: “Khan, Amira”."""
    surname, _, forename = name.partition(", ")
    return Known(forename, surname, born)


@dataclass(frozen=True)
class Doubt:
    """Why a text should not go out, and whether it cannot be right in any case."""

    field: str
    sentence: str
    is_error: bool
    is_name: bool = False


def doubts_of_text(field: str, text: str, pupils: Iterable[Known]) -> Iterator[Doubt]:
    """What must come out of a text that many read, and what is asked about: people share names,
    and a day on which a child was born may be any day. The pupils are those it might tell of.
    """
    known, text = list(pupils), bare(text)
    for upn in upns_in(text):
        yield Doubt(field, f"Take out the UPN {upn}: nobody may read who a pupil is", True)
    names = [(each.forename, each.surname) for each in known]
    for name in dict.fromkeys(names_in(text, names)):
        said = f"Take out the name {name}: a pupil is called that. {OTHERWISE_NAMED}"
        yield Doubt(field, said, False, is_name=True)
    for day in dates_in(text):
        if told := [each for each in known if each.born == day]:
            yield doubt_of_day(field, text, day, told)


def doubt_of_day(field: str, text: str, day: dt.date, pupils: list[Known]) -> Doubt:
    padded = padded_words(text)
    is_told = bool(BORN.search(text)) or any(
        is_in(padded, name) for each in pupils for name in (each.forename, each.surname)
    )
    shown = f"{day.day} {day:%B %Y}"
    if is_told:
        return Doubt(field, f"Take out {shown}: it is a pupil’s date of birth", True)
    said = f"Take out {shown}: a pupil was born on that day. {OTHERWISE_DATED}"
    return Doubt(field, said, False)


def bare(text: str) -> str:
    """A text as somebody reads it: without invisible letters, tags and codes of HTML. Of one with
    tags both readings, for a tag may stand within a name or between two.
    """
    plain = clean_text(unicodedata.normalize("NFKC", unescape(text)))
    if not TAG.search(plain):
        return plain
    return f"{TAG.sub(' ', plain)}\nand\n{TAG.sub('', plain)}"


def names_in(text: str, pupils: Iterable[tuple[str, str]]) -> list[str]:
    """Of pupils by forename and surname those that the text names in full, either name first.
    The first of several forenames is enough, also with the letters of others after it.
    """
    padded, initialled = padded_words(bare(text)), set(initials_in(bare(text)))
    return [
        f"{forename} {surname}"
        for forename, surname in pupils
        if is_in(padded, surname)
        and (
            any(is_in(padded, name) for name in ways(forename, surname))
            or has_letters_between(padded, forename, surname)
            or (fold(forename)[:1], padded_words(surname).strip()) in initialled
        )
    ]


def may_mean(text: str, pupils: Iterable[Known]) -> bool:
    """Whether a text about these pupils might say which: by any part of a name, with a letter
    wrong where it is written like a name, by initials, or with a word about a birth.
    """
    words, initials = padded_words(text).split(), {"".join(each) for each in INITIALS.findall(text)}
    plain = {*words, *(word.removesuffix("s") for word in words)}
    names = {
        fold(word.group())
        for word in re.finditer(r"\b[^\W\d_][^\W\d_’']+", text)
        if word.group()[0].isupper()
    }
    return bool(BORN.search(text)) or any(
        parts & plain
        or are_first_letters(each, initials)
        or any(is_nearly(part, name) for part in parts for name in names)
        or is_run_together(each, "".join(words))
        for each in pupils
        for parts in [parts_of(each)]
    )


def parts_of(pupil: Known) -> set[str]:
    """Every word of the name, but for single letters."""
    words = padded_words(f"{pupil.forename} {pupil.surname}").split()
    return {word for word in words if len(word) > 1}


def are_first_letters(pupil: Known, initials: set[str]) -> bool:
    first, last = fold(pupil.forename)[:1].upper(), fold(pupil.surname)[:1].upper()
    return bool(first and last) and not initials.isdisjoint({first + last, last + first})


def is_nearly(part: str, name: str) -> bool:
    """With one letter other, more, less or elsewhere: “Amria” for Amira, “Kowalskys”."""
    return any(
        min(len(part), len(word)) >= LONG
        and not with_one_gone(part).isdisjoint(with_one_gone(word))
        for word in (name, name.removesuffix("s"))
    )


def with_one_gone(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_run_together(pupil: Known, letters: str) -> bool:
    forename, surname = (re.sub(r"\W", "", fold(each)) for each in (pupil.forename, pupil.surname))
    full = bool(forename and surname)
    return full and (forename + surname in letters or surname + forename in letters)


def initials_in(text: str) -> Iterator[tuple[str, str]]:
    """First letters with the surname beside them, folded: “I. Abara” and “Abara, I.”"""
    for first, surname in INITIAL_FIRST.findall(text):
        yield fold(first), padded_words(surname).strip()
    for surname, first in INITIAL_LAST.findall(text):
        yield fold(first), padded_words(surname).strip()


def parts_in(text: str, pupils: Iterable[Known]) -> list[str]:
    """Words that are written like a name and are the forename or the surname of one of these."""
    names = {fold(part) for each in pupils for part in (each.forename, each.surname)}
    words = re.findall(r"\b[^\W\d_][\w’'-]+", bare(text))
    written = (re.sub(r"[’']s$", "", word) for word in words if word[0].isupper())
    return list(dict.fromkeys(word for word in written if fold(word) in names))


def has_letters_between(padded: str, forename: str, surname: str) -> bool:
    """Whether it is written like “Amira J. Khan”."""
    first, last = padded_words(forename).split()[:1], padded_words(surname).strip()
    if not first or not last:
        return False
    return bool(re.search(rf" {first[0]}(?: [a-z]){{1,2}} {last}s? ", padded))


def ways(forename: str, surname: str) -> Iterator[str]:
    for first in dict.fromkeys((forename, *forename.split()[:1])):
        yield f"{first} {surname}"
        yield f"{surname} {first}"


def short_name(school: str) -> str:
    """What people call a school: the name up to the first word that many share; else nothing."""
    words = school.replace(",", " ").split()
    own = list(takewhile(lambda word: fold(word).strip(".()") not in SHARED, words))
    return " ".join(own) if len(own) < len(words) and len(fold("".join(own))) > SHORTEST else ""


def padded_words(text: str) -> str:
    """The folded words of a text between single spaces, without anything else."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def is_in(padded: str, name: str) -> bool:
    """Whether a name stands in padded words, also as “Amira Khan’s”."""
    folded = padded_words(name)
    return folded.strip() != "" and (folded in padded or f"{folded.rstrip()}s " in padded)


def upns_in(text: str) -> list[str]:
    """What looks like a UPN; where it is written with spaces or dashes, or grown together with a
    word, what is one by its check letter.
    """
    plain = [found for word in text.split() for found in UPN.findall(clean_code(word))]
    grouped = (re.sub(r"[^A-Z0-9]", "", found) for found in GROUPED_UPN.findall(fold(text).upper()))
    return list(dict.fromkeys([*plain, *(upn for upn in grouped if check_upn(upn) is None)]))


def dates_in(text: str) -> list[dt.date]:
    """The days a text tells in any usual way of writing them, each once, in their order."""
    plain = bare(text)
    found = (each for pattern in DATES for each in pattern.finditer(plain))
    days = [day_of(each) for each in sorted(found, key=lambda each: each.start())]
    return list(dict.fromkeys(day for day in days if day))


def day_of(found: re.Match[str]) -> dt.date | None:
    told = found.groupdict()
    number, year = told.get("number"), int(told["year"])
    month = int(number) if number else MONTHS.index(told["month"].lower()) + 1
    try:
        return dt.date(year + 2000 if year < 100 else year, month, int(told["day"]))
    except ValueError:
        return None
