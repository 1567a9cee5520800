"""What to ask a person about a file whose headings are not all ours."""

from typing import Any

from banding_portal.files.headings import starting_at_headings
from banding_portal.files.limits import Limits, RefusedFileError
from banding_portal.files.own_words import UnknownHeading, unknown_headings
from banding_portal.files.reading import read_sheets
from banding_portal.files.tables import Table


def headings_to_explain(
    table: Table, filename: str, content: bytes, limits: Limits
) -> dict[str, Any]:
    """The columns that were not found and the headings that may be they, for the page that asks.

    Empty where nothing is missing, or nothing is left that it could be. The file is read again,
    for of columns that are not ours no value was kept.
    """
    columns = list(table.columns.values())
    places = table.headings.places
    missing = [each.key for each in columns if each.needed and each.key not in places]
    if not missing or not table.headings.ignored:
        return {}
    try:
        sheet = starting_at_headings(read_sheets(filename, content, limits)[0], columns)
    except RefusedFileError:
        sheet = table.sheet
    found = unknown_headings(sheet, columns) or [UnknownHeading(h) for h in table.headings.ignored]
    return {"missing": missing, "unknown": [[each.text, list(each.samples)] for each in found]}
