"""What people here call our columns and values, once somebody has said so. Pure.

A file with headings and codes of its own is then read as if they were listed alternatives (T5).
Nothing is guessed: a likely answer is only proposed to the person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from banding_portal.files.cells import Sheet, shown
from banding_portal.files.columns import Column
from banding_portal.files.headings import SHOWN, match_headings
from banding_portal.files.kinds import NOT_ONE_OF, Kind, OneOf
from banding_portal.files.likeness import LIKE, likeness

SAMPLES = 3


@dataclass(frozen=True)
class OwnWord:
    """A heading that stands for a column or, with a meaning, a value in it that stands for ours."""

    column: str
    word: str
    meaning: str = ""


@dataclass(frozen=True)
class UnknownHeading:
    """A heading that is none of ours, with the first values below it."""

    text: str
    samples: Sequence[str] = ()


@dataclass(frozen=True)
class UnknownValue:
    """A value that is none of those a column takes, and in how many rows it stands."""

    column: Column
    text: str
    rows: int


def with_own_words(columns: Sequence[Column], words: Iterable[OwnWord]) -> tuple[Column, ...]:
    """The columns, which know these headings and values too."""
    said = list(words)
    return tuple(
        taught(column, [one for one in said if one.column == column.key]) for column in columns
    )


def taught(column: Column, words: Sequence[OwnWord]) -> Column:
    if not words:
        return column
    headings = tuple(one.word for one in words if not one.meaning)
    return replace(column, also=(*column.also, *headings), kind=kind_taught(column.kind, words))


def kind_taught(kind: Kind, words: Sequence[OwnWord]) -> Kind:
    if not isinstance(kind, OneOf):
        return kind
    choices = [
        replace(each, also=(*each.also, *(one.word for one in words if one.meaning == each.shown)))
        for each in kind.choices
    ]
    return replace(kind, choices=choices)


def unknown_headings(sheet: Sheet, columns: Sequence[Column]) -> list[UnknownHeading]:
    """The headings of a sheet that are none of the columns', each once, in their order."""
    if not sheet.rows:
        return []
    ours = match_headings(sheet, columns)
    top, *rows = sheet.rows
    found: dict[str, UnknownHeading] = {}
    for place, value in enumerate(top.values):
        text = " ".join(shown(value).split())[:SHOWN]
        if text in ours.ignored:
            given = (shown(row.at(place)).strip()[:SHOWN] for row in rows)
            samples = list(dict.fromkeys(filter(None, given)))[:SAMPLES]
            found.setdefault(text, UnknownHeading(text, samples))
    return list(found.values())


def unknown_values(
    problems: Iterable[dict[str, Any]], columns: Sequence[Column]
) -> list[UnknownValue]:
    """Values that a list of choices does not have, from the problems of a file."""
    chosen = {each.heading: each for each in columns if isinstance(each.kind, OneOf)}
    count = Counter(
        (problem["heading"], problem["value"])
        for problem in problems
        if problem["message"] == NOT_ONE_OF and problem["heading"] in chosen
    )
    return [UnknownValue(chosen[heading], text, n) for (heading, text), n in count.items()]


def likely_columns(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """The key of the column that a heading most resembles, no column twice; to be proposed."""
    pairs = [(likeness(text, each), text, each.key) for text in headings for each in columns]
    likely: dict[str, str] = {}
    for score, text, key in sorted(pairs, key=lambda pair: -pair[0]):
        if score >= LIKE and text not in likely and key not in likely.values():
            likely[text] = key
    return likely
