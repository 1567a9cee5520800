"""Which column of a sheet is which: by heading, in any case, spaces, order (rules.md T3, T5)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from banding_portal.files.cells import Row, Sheet, column_letter, shown
from banding_portal.files.columns import Column
from banding_portal.files.likeness import LIKE, likeness
from banding_portal.files.reader import ENOUGH, LOOKED_AT, folded_heading
from banding_portal.jobs.results import Issue

ERRORS = "Errors"
"""The heading of the column we add to a sheet that goes back; never read, never named (T6)."""
SHOWN = 80


@dataclass
class Headings:
    """What was found. Places are counted from 0, by column key."""

    places: dict[str, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    """Headings that are none of ours; their columns are not read."""
    issues: list[Issue] = field(default_factory=list)


def match_headings(sheet: Sheet, columns: Sequence[Column], advice: str = "") -> Headings:
    """Find the columns in the sheet's first row; missing and doubled headings are issues."""
    found = Headings()
    if not sheet.rows:
        found.issues.append(Issue("The file is empty.", sheet=sheet.name))
        return found
    top = sheet.rows[0]
    names = {folded_heading(name): column for column in columns for name in column.names}
    for place, value in enumerate(top.values):
        text = shown(value)
        folded = folded_heading(text)
        column = names.get(folded)
        if column is None:
            is_named = folded and folded != folded_heading(ERRORS)
            found.ignored += [" ".join(text.split())[:SHOWN]] if is_named else []
        elif column.key in found.places:
            other = column_letter(found.places[column.key])
            sentence = f"The column “{column.heading}” is there twice: also in {other}. Remove one."
            letter = column_letter(place)
            found.issues.append(
                Issue(sentence, sheet.name, top.number, letter, column.heading, text[:SHOWN])
            )
        else:
            found.places[column.key] = place
    for column in columns:
        if column.needed and column.key not in found.places:
            hidden = "It is a hidden column of the template." if column.hidden else ""
            near = nearest(column, found.ignored)
            words = (f"The column “{column.heading}” is missing.", near, hidden, advice)
            sentence = " ".join(filter(None, words))
            found.issues.append(
                Issue(sentence, sheet=sheet.name, row=top.number, heading=column.heading)
            )
    return found


def nearest(column: Column, ignored: Sequence[str]) -> str:
    """A sentence about the heading that may be meant; empty where none is like it."""
    if column.hidden or not ignored:
        return ""
    score, text = max((likeness(each, column), each) for each in ignored)
    return f"Is it the one called “{text}”? If so, rename it." if score >= LIKE else ""


def names_of(columns: Sequence[Column]) -> set[str]:
    """Every heading of the columns, as headings are compared."""
    return {folded_heading(name) for column in columns for name in column.names}


def count_of_ours(row: Row, names: Set[str]) -> int:
    texts = (value for value in row.values if isinstance(value, str))
    return sum(folded_heading(text) in names for text in texts)


def starting_at_headings(sheet: Sheet, columns: Sequence[Column]) -> Sheet:
    """The sheet without what stands above its headings, such as a title (T5).

    The same where no row near its top has enough of our headings.
    """
    names = names_of(columns)
    for at, row in enumerate(sheet.rows[:LOOKED_AT]):
        if count_of_ours(row, names) >= ENOUGH:
            return replace(sheet, rows=sheet.rows[at:])
    return sheet


def sheet_with_most(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Sheet | None:
    """The sheet whose headings are ours more than any other's, whatever it is called (T5)."""
    names = names_of(columns)
    counted = [
        (max((count_of_ours(row, names) for row in sheet.rows[:LOOKED_AT]), default=0), sheet)
        for sheet in sheets
    ]
    most, sheet = max(counted, key=lambda pair: pair[0], default=(0, None))
    return sheet if most > ENOUGH else None
