"""Which column of a sheet is which: by heading, in any case, spaces, order (rules.md T3, T5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from banding.templates_io.workbooks.columns import ERRORS_COLUMN, Column, folded
from banding_portal.uploads.results import Issue
from banding_portal.workbooks.cells import Sheet, column_letter, shown


@dataclass(frozen=True)
class Headings:
    """Places of the columns found, counted from 0, by column key."""

    places: dict[str, int]
    extra: list[str]
    """Headings that are none of ours; their columns are ignored."""
    issues: list[Issue]


def match_headings(sheet: Sheet, columns: Sequence[Column]) -> Headings:
    """Find the columns in the sheet's first row; missing and doubled headings are issues."""
    names = {
        folded(name): column
        for column in (ERRORS_COLUMN, *columns)
        for name in (*column.also, column.heading)
    }
    top = sheet.rows[0] if sheet.rows else None
    places: dict[str, int] = {}
    extra, issues = [], []
    for index, value in enumerate(top.values if top else ()):
        text = shown(value)
        column = names.get(folded(text))
        if column is None:
            extra += [" ".join(text.split())] if text.strip() else []
        elif column.key in places:
            issues.append(_twice(sheet, top.number if top else 1, index, column, text))
        else:
            places[column.key] = index
    missing = [column for column in columns if column.needed and column.key not in places]
    issues += [_missing(sheet, top.number if top else 1, column) for column in missing]
    return Headings(places, extra, issues)


def _twice(sheet: Sheet, row: int, index: int, column: Column, text: str) -> Issue:
    return Issue(
        "This heading is there twice. Remove one of the two columns.",
        sheet=sheet.name,
        row=row,
        column=column_letter(index),
        heading=column.heading,
        value=text,
    )


def _missing(sheet: Sheet, row: int, column: Column) -> Issue:
    hidden = " It is a hidden column of the template." if column.hidden else ""
    return Issue(
        f"The column “{column.heading}” is missing.{hidden} Copy your answers into a fresh "
        "template, or put the column back.",
        sheet=sheet.name,
        row=row,
        heading=column.heading,
    )
