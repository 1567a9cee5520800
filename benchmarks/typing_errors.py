"""Invented pupils, twins and namesakes among them, and copies of some with typing errors."""

import datetime as dt
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from uuid import UUID

from banding.demo.names import FORENAMES, SURNAMES
from schools.identifiers import check_letter
from schools.matching import swapped_date
from schools.models import Pupil

ODD = ("Núñez", "O’Testa", "Wałęsa", "Großmann", "Mary-Ann", "D’Alba", "Sørby", "Zoë", "Łukasz")
SYLLABLES = (  # noqa: SIM905
    "bar ber dal den fel gra hol kin lin mar nor pel ros sul tor ven wil yar"
).split()
ENDINGS = "ley ton son ham wick field man by worth ski ova".split()  # noqa: SIM905
BORN_FROM, DAYS = dt.date(2005, 9, 1), 7_000
A_KIND = 300
"""How many copies with each kind of error."""
TWINS, NAMESAKES = 1_000, 100

Error = Callable[[Random, Pupil], None]


@dataclass
class Copies:
    """The pupils, the copies, and of which kind of error each pair is."""

    pupils: list[Pupil] = field(default_factory=list)
    copies: list[Pupil] = field(default_factory=list)
    kinds: dict[frozenset[UUID], str] = field(default_factory=dict)
    out_of_reach: tuple[str, ...] = ("a letter in both names", "another day of the month")


def invented_pupils(dice: Random, count: int) -> Copies:
    made = Copies()
    surnames = [*SURNAMES, *ODD, *(surname(dice) for _ in range(4_000))]
    forenames = [*FORENAMES, *ODD, *(one + "a" for one in FORENAMES), *SYLLABLES]
    weights = [1 / (place + 10) for place in range(len(surnames))]
    chosen = dice.choices(surnames, weights, k=count)
    made.pupils = [invented(dice, number, name, forenames) for number, name in enumerate(chosen)]
    for number, pupil in enumerate(dice.sample(made.pupils, TWINS + NAMESAKES)):
        make_alike(dice, pupil, made.pupils[number], forenames, twin=number < TWINS)
    originals = dice.sample(made.pupils[TWINS + NAMESAKES :], 4 * A_KIND * len(ERRORS))
    for kind, error in ERRORS.items():
        for original in chosen_for(error, originals):
            copy = copy_of(original, len(made.copies))
            error(dice, copy)
            made.copies.append(copy)
            made.kinds[frozenset((original.pk, copy.pk))] = kind
    return made


def chosen_for(error: Error, originals: list[Pupil]) -> list[Pupil]:
    """Pupils of whom the error can be made; none is chosen twice."""
    fits = [each for each in originals if error is not date or swapped_date(each.date_of_birth)]
    chosen = fits[:A_KIND]
    for each in chosen:
        originals.remove(each)
    return chosen


def surname(dice: Random) -> str:
    name = "".join(dice.choices(SYLLABLES, k=dice.randint(1, 2))) + dice.choice(ENDINGS)
    return name.title() if dice.random() < 0.9 else f"{name.title()}-{dice.choice(SURNAMES)}"


def invented(dice: Random, number: int, name: str, forenames: list[str]) -> Pupil:
    rest = f"{dice.randrange(100, 1000)}{number:09}"[:12]
    born = BORN_FROM + dt.timedelta(days=dice.randrange(DAYS))
    return Pupil(
        reference=f"M{number:06}",
        upn=check_letter(rest) + rest if dice.random() < 0.7 else None,
        surname=name,
        forename=dice.choice(forenames),
        date_of_birth=born,
        responsible_la="999",
    )


def make_alike(
    dice: Random, pupil: Pupil, other: Pupil, forenames: list[str], *, twin: bool
) -> None:
    """Make the other a twin of the pupil, or a namesake of the same day, each with a UPN."""
    if pupil is other:
        return
    other.surname, other.date_of_birth = pupil.surname, pupil.date_of_birth
    other.forename = dice.choice(forenames) if twin else pupil.forename


def copy_of(pupil: Pupil, number: int) -> Pupil:
    """Entered a second time, without the UPN."""
    return Pupil(
        reference=f"COPY{number:05}",
        surname=pupil.surname,
        forename=pupil.forename,
        date_of_birth=pupil.date_of_birth,
        responsible_la="999",
    )


def same(dice: Random, pupil: Pupil) -> None:
    pass


def other_case(dice: Random, pupil: Pupil) -> None:
    pupil.surname, pupil.forename = pupil.surname.upper(), pupil.forename.lower()


def without_marks(dice: Random, pupil: Pupil) -> None:
    """As somebody types who has no such keys."""
    plain = str.maketrans({"’": "'", "-": " ", "ú": "u", "ñ": "n", "ł": "l", "ę": "e", "Ł": "L"})
    pupil.surname = pupil.surname.translate(plain).replace("ß", "ss").replace("ø", "o")
    pupil.forename = pupil.forename.translate(plain).replace("ë", "e")


def letter(dice: Random, pupil: Pupil, *, names: tuple[str, ...] = ()) -> None:
    for name in names or (dice.choice(("surname", "forename")),):
        setattr(pupil, name, mistyped(dice, getattr(pupil, name)))


def mistyped(dice: Random, text: str) -> str:
    """A letter other, more or fewer, or two neighbours swapped."""
    at, wrong = dice.randrange(len(text)), dice.choice(string.ascii_lowercase)
    before, own, after = text[:at], text[at], text[at + 1 :]
    swapped = before + after[:1] + own + after[1:]
    more, fewer = before + wrong + own + after, before + after
    return dice.choice([before + wrong + after, more, fewer, swapped])


def date(dice: Random, pupil: Pupil) -> None:
    pupil.date_of_birth = swapped_date(pupil.date_of_birth) or pupil.date_of_birth


def names(dice: Random, pupil: Pupil) -> None:
    pupil.surname, pupil.forename = pupil.forename, pupil.surname


def part(dice: Random, pupil: Pupil) -> None:
    pupil.forename = f"{pupil.forename} {dice.choice(FORENAMES)}"


def other_day(dice: Random, pupil: Pupil) -> None:
    pupil.date_of_birth += dt.timedelta(days=dice.randint(1, 9))


ERRORS: dict[str, Error] = {
    "none": same,
    "capitals and small letters": other_case,
    "accents, apostrophes and hyphens": without_marks,
    "one letter": letter,
    "day and month swapped": date,
    "names swapped": names,
    "a second forename": part,
    "a letter in both names": partial(letter, names=("surname", "forename")),
    "another day of the month": other_day,
}
