"""Whether two records are of one pupil (rules.md S8). Pure.

The one matcher: imports, forms, joiners and the standing check give it what they know of two
pupils, and it says how surely they are the same and why.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from banding_portal.folding import clean_code, fold, words_of
from schools.choices import MatchReason, MatchStrength
from schools.identifiers import check_upn, is_temporary

IDENTITY = ("surname", "forename", "date_of_birth", "reference", "upn")
"""The fields of a pupil by which it is matched."""

SHORTEST = 3
"""Of two names of fewer letters one letter more or less means nothing: Bo, Jo."""


class Name(NamedTuple):
    """A folded name without spaces and punctuation: Mary-Ann, Mary Ann and Maryann are one."""

    surname: str
    forename: str


@dataclass(frozen=True)
class Identity:
    """What is known of a pupil; what is not known is empty. Names and numbers are as typed."""

    surname: str
    forename: str
    date_of_birth: dt.date | None
    reference: str = ""
    upn: str | None = ""
    former_upns: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()
    """Surnames with forenames the pupil had earlier."""
    former_references: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[list[str], list[str]]:
        """The folded words of surname and forename."""
        return words_of(self.surname), words_of(self.forename)

    @cached_property
    def name(self) -> Name:
        return Name(*("".join(words) for words in self.words))

    @cached_property
    def earlier_names(self) -> frozenset[Name]:
        names = (name_of(*each) for each in self.former_names)
        return frozenset(name for name in names if all(name))

    @cached_property
    def number(self) -> str:
        """The UPN, cleaned; empty where it is none, so that a wrong one says nothing."""
        return valid_upn(self.upn or "")

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every UPN the pupil has or had."""
        former = map(valid_upn, self.former_upns)
        return frozenset(filter(None, (self.number, *former)))

    @cached_property
    def known_by(self) -> str:
        """The authority's reference as it is compared."""
        return fold(self.reference)

    @cached_property
    def references(self) -> frozenset[str]:
        """Every reference the pupil has or had, as they are compared."""
        return frozenset(filter(None, (self.known_by, *map(fold, self.former_references))))

    @property
    def has_number(self) -> bool:
        return bool(self.numbers or self.known_by)


@dataclass(frozen=True)
class Match:
    """How surely two records are of one pupil, why, and what speaks against it."""

    strength: MatchStrength
    reasons: tuple[MatchReason, ...]
    doubts: tuple[MatchReason, ...] = ()

    @property
    def is_strong(self) -> bool:
        return self.strength == MatchStrength.STRONG

    @property
    def is_taken(self) -> bool:
        """Whether both have one current UPN or one reference, which no two pupils can."""
        return not {MatchReason.UPN, MatchReason.REFERENCE}.isdisjoint(self.reasons)

    def __str__(self) -> str:
        """“Same name and date of birth. But: different UPNs”"""
        words = ". ".join(reason.label for reason in self.reasons)
        doubts = ", ".join(doubt.label.replace("D", "d", 1) for doubt in self.doubts)
        return f"{words}. But: {doubts}" if doubts else words


def compare(one: Identity, other: Identity) -> Match | None:
    """How surely two records are of one pupil, either way round; None where nothing says so (S8).

    Strong: the same UPN or reference, and nothing in name and birth date that contradicts; also
    the same name and birth date where neither has a number that could tell them apart.
    Weak: a number whose name and birth date contradict; the same name and birth date, or with
    one letter, a swapped day and month, swapped names, a former name or a part of the name
    between them. Two different permanent UPNs are twins or namesakes.
    """
    shared = shared_numbers(one, other)
    alike = likeness(one, other)
    reasons = (*shared, alike) if alike else shared
    apart = bool(one.number and other.number and not one.numbers & other.numbers)
    doubts = (MatchReason.OTHER_UPN,) if apart else ()
    if shared:
        return _by_number(one, other, reasons, doubts)
    if alike is None or (apart and not _may_be_replaced(one, other, alike)):
        return None
    unnumbered = not (one.has_number or other.has_number)
    if unnumbered and alike == MatchReason.NAME_AND_BIRTH:
        return Match(MatchStrength.STRONG, reasons)
    return Match(MatchStrength.WEAK, reasons, doubts)


def blocking_keys(identity: Identity) -> set[tuple[object, str]]:
    """What two records share at least one of wherever `compare` finds a match.

    So only those that share one need be compared: it is how many are matched quickly.
    """
    keys: set[tuple[object, str]] = {("upn", number) for number in identity.numbers}
    keys |= {("reference", each) for each in identity.references}
    born = identity.date_of_birth
    if born is not None:
        day = min(born, swapped_date(born) or born)
        keys |= {(day, word) for word in _words_of_names(identity)}
    return keys


def _words_of_names(identity: Identity) -> set[str]:
    """Each name, and each word of a name that has several."""
    surname, forename = identity.words
    earlier = (each for name in identity.earlier_names for each in name)
    return {*surname, *forename, *identity.name, *earlier} - {""}


def _by_number(
    one: Identity,
    other: Identity,
    reasons: tuple[MatchReason, ...],
    doubts: tuple[MatchReason, ...],
) -> Match:
    if contradict(one, other):
        return Match(MatchStrength.WEAK, reasons, (*doubts, MatchReason.OTHER_PERSON))
    return Match(MatchStrength.STRONG, reasons, doubts)


def _may_be_replaced(one: Identity, other: Identity, alike: MatchReason) -> bool:
    """A temporary UPN is replaced one day; two permanent ones are two pupils'."""
    temporary = is_temporary(one.number) or is_temporary(other.number)
    return temporary and alike == MatchReason.NAME_AND_BIRTH


def shared_numbers(one: Identity, other: Identity) -> tuple[MatchReason, ...]:
    found = []
    if one.number and one.number == other.number:
        found.append(MatchReason.UPN)
    elif one.numbers & other.numbers:
        found.append(MatchReason.FORMER_UPN)
    if one.known_by and one.known_by == other.known_by:
        found.append(MatchReason.REFERENCE)
    elif one.references & other.references:
        found.append(MatchReason.FORMER_REFERENCE)
    return tuple(found)


def contradict(one: Identity, other: Identity) -> bool:
    """Whether two of one number are hardly one pupil: a twin's or a stranger's number was typed.

    A surname changes, a birth date is put right; a forename and birth date stay.
    """
    if likeness(one, other) or (one.name == other.name and all(one.name)):
        return False
    if one.date_of_birth is None or other.date_of_birth is None:
        return one.name.forename != other.name.forename
    if one.date_of_birth != other.date_of_birth:
        return True
    forenames = one.name.forename, other.name.forename
    return not (forenames[0] == forenames[1] or one_letter_apart(*forenames))


def likeness(one: Identity, other: Identity) -> MatchReason | None:
    """What name and birth date have in common; None where it is too little."""
    born, theirs = one.date_of_birth, other.date_of_birth
    if born is None or theirs is None or not all((*one.name, *other.name)):
        return None
    if born == theirs:
        return likeness_of_names(one, other)
    if one.name == other.name and swapped_date(born) == theirs:
        return MatchReason.SWAPPED_DATE
    return None


def likeness_of_names(one: Identity, other: Identity) -> MatchReason | None:
    """What the names of two born on one day have in common."""
    if one.name == other.name:
        return MatchReason.NAME_AND_BIRTH
    if one.name == other.name[::-1]:
        return MatchReason.SWAPPED_NAMES
    if one_letter_between(one.name, other.name):
        return MatchReason.ONE_LETTER
    if shares_former_name(one, other):
        return MatchReason.FORMER_NAME
    return MatchReason.PART_OF_NAME if is_part(one, other) else None


def one_letter_between(one: Name, other: Name) -> bool:
    if one.surname == other.surname:
        return one_letter_apart(one.forename, other.forename)
    return one.forename == other.forename and one_letter_apart(one.surname, other.surname)


def shares_former_name(one: Identity, other: Identity) -> bool:
    if not (one.earlier_names or other.earlier_names):
        return False
    return bool(({one.name} | one.earlier_names) & ({other.name} | other.earlier_names))


def is_part(one: Identity, other: Identity) -> bool:
    """Whether a second forename, or half of a double surname, is all that is left out."""
    return all(_is_in(*words) for words in zip(one.words, other.words, strict=True))


def _is_in(mine: list[str], theirs: list[str]) -> bool:
    shorter, longer = sorted((set(mine), set(theirs)), key=len)
    return shorter <= longer or "".join(mine) == "".join(theirs)


def one_letter_apart(one: str, other: str) -> bool:
    """One letter other, more or fewer, or two neighbours swapped."""
    if one == other or abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < SHORTEST:
        return False
    pairs = zip(one, other, strict=False)
    at = next((place for place, (mine, theirs) in enumerate(pairs) if mine != theirs), None)
    if at is None:
        return True
    skips = product((at, at + 1), repeat=2)
    if any(one[mine:] == other[theirs:] for mine, theirs in skips):
        return True
    mine, theirs = one[at:], other[at:]
    return mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]


def swapped_date(day: dt.date) -> dt.date | None:
    """The date whose day and month are swapped; None where there is no such date or it is one."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def name_of(surname: str, forename: str) -> Name:
    return Name("".join(words_of(surname)), "".join(words_of(forename)))


def valid_upn(text: str) -> str:
    """The UPN, cleaned; empty where the text is none (S4)."""
    return "" if check_upn(text) else clean_code(text)
