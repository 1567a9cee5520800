"""Which column of a sheet is which: by heading, in any case, spaces, order (rules.md T3, T5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from banding_portal.files.cells import Sheet, column_letter, shown
from banding_portal.files.columns import Column
from banding_portal.files.reader import folded_heading
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
            words = (f"The column “{column.heading}” is missing.", hidden, advice)
            sentence = " ".join(filter(None, words))
            found.issues.append(
                Issue(sentence, sheet=sheet.name, row=top.number, heading=column.heading)
            )
    return found
