"""Pairs of records: of the same pupil, perhaps the same, and of two (rules.md S8)."""

import datetime as dt

import pytest

from schools.choices import MatchReason, MatchStrength
from schools.identifiers import check_letter
from schools.matching import Identity

BORN = dt.date(2016, 3, 9)
STRONG, WEAK = MatchStrength.STRONG, MatchStrength.WEAK
R = MatchReason


def upn(rest: str) -> str:
    """The UPN with its check letter before these twelve characters."""
    return check_letter(rest) + rest


FIRST, SECOND = upn("801200005001"), upn("801200005002")
TEMPORARY = upn("80120000500A")
WRONG = "A801200005001"


def pupil(name: str = "Khan, Amira", born: dt.date | None = BORN, **numbers) -> Identity:
    surname, _, forename = name.partition(", ")
    return Identity(surname, forename, born, **numbers)


def case(name, one, other, strength, *reasons, doubts=()):
    return pytest.param(one, other, (strength, reasons, doubts), id=name)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


SAME = [
    case("upn and all", pupil(upn=FIRST), pupil(upn=FIRST), STRONG, R.UPN, R.NAME_AND_BIRTH),
    case(
        "upn in lower case with spaces",
        pupil(upn=FIRST),
        pupil(upn=f" {FIRST[:4].lower()} {FIRST[4:]}"),
        STRONG,
        R.UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "upn with a zero-width space",
        pupil(upn=FIRST),
        pupil(upn=f"{FIRST[:5]}\u200b{FIRST[5:]}"),
        STRONG,
        R.UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "upn, surname changed",
        pupil(upn=FIRST),
        pupil("Ashworth, Amira", upn=FIRST),
        STRONG,
        R.UPN,
    ),
    case(
        "upn, surname changed and forename misspelt",
        pupil(upn=FIRST),
        pupil("Ashworth, Amirah", upn=FIRST),
        STRONG,
        R.UPN,
    ),
    case(
        "upn, birth date put right",
        pupil(upn=FIRST),
        pupil(born=day("2015-03-09"), upn=FIRST),
        STRONG,
        R.UPN,
    ),
    case("upn, no birth date", pupil(upn=FIRST), pupil(born=None, upn=FIRST), STRONG, R.UPN),
    case(
        "upn, no birth date, surname changed",
        pupil("Ashworth, Amira", upn=FIRST),
        pupil(born=None, upn=FIRST),
        STRONG,
        R.UPN,
    ),
    case(
        "upn, one letter",
        pupil(upn=FIRST),
        pupil("Khan, Amirah", upn=FIRST),
        STRONG,
        R.UPN,
        R.ONE_LETTER,
    ),
    case(
        "upn, other reference",
        pupil(upn=FIRST, reference="881-1"),
        pupil(upn=FIRST, reference="881-2"),
        STRONG,
        R.UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "former upn on one side",
        pupil(upn=SECOND, former_upns=(FIRST,)),
        pupil(upn=FIRST),
        STRONG,
        R.FORMER_UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "former reference",
        pupil(reference="881-2", former_references=("881-1",)),
        pupil(reference="881-1"),
        STRONG,
        R.FORMER_REFERENCE,
        R.NAME_AND_BIRTH,
    ),
    case(
        "former upn on both sides",
        pupil(former_upns=(FIRST,)),
        pupil(former_upns=(SECOND, FIRST)),
        STRONG,
        R.FORMER_UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "temporary upn, replaced",
        pupil(upn=FIRST, former_upns=(TEMPORARY,)),
        pupil(upn=TEMPORARY),
        STRONG,
        R.FORMER_UPN,
        R.NAME_AND_BIRTH,
    ),
    case(
        "reference and all",
        pupil(reference="881-1"),
        pupil(reference="881-1"),
        STRONG,
        R.REFERENCE,
        R.NAME_AND_BIRTH,
    ),
    case(
        "reference in another case, with a space",
        pupil(reference="ab-0001"),
        pupil(reference=" AB-0001 "),
        STRONG,
        R.REFERENCE,
        R.NAME_AND_BIRTH,
    ),
    case(
        "reference, surname changed",
        pupil(reference="881-1"),
        pupil("Ashworth, Amira", reference="881-1"),
        STRONG,
        R.REFERENCE,
    ),
    case(
        "reference, another upn",
        pupil(reference="881-1", upn=FIRST),
        pupil(reference="881-1", upn=SECOND),
        STRONG,
        R.REFERENCE,
        R.NAME_AND_BIRTH,
        doubts=(R.OTHER_UPN,),
    ),
    case(
        "upn and reference",
        pupil(reference="881-1", upn=FIRST),
        pupil(reference="881-1", upn=FIRST),
        STRONG,
        R.UPN,
        R.REFERENCE,
        R.NAME_AND_BIRTH,
    ),
    case("no number at all", pupil(), pupil(), STRONG, R.NAME_AND_BIRTH),
    case("no number, any case", pupil("KHAN, amira"), pupil(), STRONG, R.NAME_AND_BIRTH),
    case(
        "no number, curly apostrophe",
        pupil("O'Testa, Zoe"),
        pupil("O’Testa, Zoë"),
        STRONG,
        R.NAME_AND_BIRTH,
    ),
]
PERHAPS = [
    case(
        "name and birth, upn on one side",
        pupil(upn=FIRST),
        pupil(),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "name and birth, reference on one side",
        pupil(reference="881-1"),
        pupil(),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "name and birth, other references",
        pupil(reference="881-1"),
        pupil(reference="881-2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "composed and decomposed accents",
        pupil("N\u00fa\u00f1ez, Zo\u00eb", reference="1"),
        pupil("Nu\u0301n\u0303ez, Zoe\u0308", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "accents left out",
        pupil("Núñez, Zoë", reference="1"),
        pupil("Nunez, Zoe", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "polish letters",
        pupil("Wałęsa, Łukasz", reference="1"),
        pupil("Walesa, Lukasz", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "sharp s",
        pupil("Großmann, Ella", reference="1"),
        pupil("GROSSMANN, ELLA", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "hyphen, space or neither",
        pupil("Khan-Ashworth, Mary Ann", reference="1"),
        pupil("Khan Ashworth, Maryann", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "full stop and spaces",
        pupil("St. John,  Amira", reference="1"),
        pupil("St John, Amira", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "non-breaking space",
        pupil("de\u00a0Testa, Amira", reference="1"),
        pupil("De Testa, Amira", reference="2"),
        WEAK,
        R.NAME_AND_BIRTH,
    ),
    case(
        "forename one letter other", pupil("Khan, Amira"), pupil("Khan, Amora"), WEAK, R.ONE_LETTER
    ),
    case("forename one letter more", pupil(), pupil("Khan, Amirah"), WEAK, R.ONE_LETTER),
    case("forename one letter less", pupil(), pupil("Khan, Amra"), WEAK, R.ONE_LETTER),
    case("forename letters swapped", pupil(), pupil("Khan, Amria"), WEAK, R.ONE_LETTER),
    case("forename first letter other", pupil(), pupil("Khan, Emira"), WEAK, R.ONE_LETTER),
    case("surname one letter other", pupil(), pupil("Khen, Amira"), WEAK, R.ONE_LETTER),
    case("surname one letter more", pupil(), pupil("Kahan, Amira"), WEAK, R.ONE_LETTER),
    case("surname letters swapped", pupil(), pupil("Kahn, Amira"), WEAK, R.ONE_LETTER),
    case("surname one letter less", pupil(), pupil("Kha, Amira"), WEAK, R.ONE_LETTER),
    case(
        "short forename, one letter more", pupil("Khan, Jo"), pupil("Khan, Joe"), WEAK, R.ONE_LETTER
    ),
    case(
        "one letter, upn on one side",
        pupil(upn=FIRST),
        pupil("Khan, Amirah"),
        WEAK,
        R.ONE_LETTER,
    ),
    case(
        "day and month swapped",
        pupil(),
        pupil(born=day("2016-09-03")),
        WEAK,
        R.SWAPPED_DATE,
    ),
    case(
        "day and month swapped, accents left out",
        pupil("Núñez, Zoë"),
        pupil("Nunez, Zoe", born=day("2016-09-03")),
        WEAK,
        R.SWAPPED_DATE,
    ),
    case("names swapped", pupil(), pupil("Amira, Khan"), WEAK, R.SWAPPED_NAMES),
    case("names swapped, any case", pupil(), pupil("AMIRA, KHAN"), WEAK, R.SWAPPED_NAMES),
    case("second forename left out", pupil("Khan, Amira Jane"), pupil(), WEAK, R.PART_OF_NAME),
    case(
        "first forename left out",
        pupil("Khan, Amira Jane"),
        pupil("Khan, Jane"),
        WEAK,
        R.PART_OF_NAME,
    ),
    case("half of a double surname", pupil("Khan-Ashworth, Amira"), pupil(), WEAK, R.PART_OF_NAME),
    case(
        "part of both names",
        pupil("Khan-Ashworth, Amira"),
        pupil("Ashworth, Amira Jane"),
        WEAK,
        R.PART_OF_NAME,
    ),
    case(
        "former surname",
        pupil("Ashworth, Amira", former_names=(("Khan", "Amira"),)),
        pupil(),
        WEAK,
        R.FORMER_NAME,
    ),
    case(
        "former name on both sides",
        pupil("Ashworth, Amira", former_names=(("Khan", "Amira"),)),
        pupil("Testa, Amy", former_names=(("KHAN", "Amira"),)),
        WEAK,
        R.FORMER_NAME,
    ),
    case(
        "temporary and permanent upn",
        pupil(upn=TEMPORARY),
        pupil(upn=FIRST),
        WEAK,
        R.NAME_AND_BIRTH,
        doubts=(R.OTHER_UPN,),
    ),
    case("wrong upn says nothing", pupil(upn=WRONG), pupil(upn=FIRST), WEAK, R.NAME_AND_BIRTH),
    case(
        "a twin's upn",
        pupil(upn=FIRST),
        pupil("Khan, Bilal", upn=FIRST),
        WEAK,
        R.UPN,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "a stranger's upn",
        pupil(upn=FIRST),
        pupil("Testa, Bruno", born=day("2012-01-30"), upn=FIRST),
        WEAK,
        R.UPN,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "a sibling's upn",
        pupil(upn=FIRST),
        pupil("Khan, Bilal", born=day("2014-01-30"), upn=FIRST),
        WEAK,
        R.UPN,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "upn, no birth date, other forename",
        pupil(upn=FIRST),
        pupil("Khan, Bilal", born=None, upn=FIRST),
        WEAK,
        R.UPN,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "a former reference of somebody else",
        pupil(reference="881-2", former_references=("881-1",)),
        pupil("Testa, Bruno", born=day("2012-01-30"), reference="881-1"),
        WEAK,
        R.FORMER_REFERENCE,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "a former upn of somebody else",
        pupil(upn=SECOND, former_upns=(FIRST,)),
        pupil("Testa, Bruno", born=day("2012-01-30"), upn=FIRST),
        WEAK,
        R.FORMER_UPN,
        doubts=(R.OTHER_PERSON,),
    ),
    case(
        "reference of somebody else, other upn",
        pupil(reference="881-1", upn=FIRST),
        pupil("Testa, Bruno", born=day("2012-01-30"), reference="881-1", upn=SECOND),
        WEAK,
        R.REFERENCE,
        doubts=(R.OTHER_UPN, R.OTHER_PERSON),
    ),
]
