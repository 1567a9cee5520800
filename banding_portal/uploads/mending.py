"""What of a refused file can be put right on screen, and keeping what a person typed (T3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from banding_portal.files.cells import Row, column_letter, shown
from banding_portal.files.columns import Column
from banding_portal.files.kinds import Date, Kind, OneOf
from banding_portal.files.mending import Mend
from banding_portal.files.tables import Table
from banding_portal.folding import fold
from banding_portal.jobs.services import preview_again
from banding_portal.refusals import RefusalError
from banding_portal.uploads.states import UploadState
from banding_portal.verbs import verb

CHECKED_ALREADY = "The file has been checked again since you opened this page. Look at it again."
Beside = Mapping[str, Sequence[str]]
"""Columns whose cell is shown too where one with this key has a problem."""


@dataclass
class CellToMend:
    """A cell to type in; `said` is what is wrong with it, empty for one that is shown beside."""

    column: Column
    letter: str
    given: str
    said: str = ""


@dataclass
class RowToMend:
    """A row with problems; `said` are those that no cell of it can put right."""

    sheet: str
    number: int
    who: str
    cells: dict[str, CellToMend] = field(default_factory=dict)
    """By key of the column."""
    said: list[str] = field(default_factory=list)


def rows_to_mend(
    issues: Iterable[Mapping[str, Any]], tables: Sequence[Table], beside: Beside
) -> list[RowToMend]:
    """The rows with problems, in the order in which they were found."""
    by_name = {fold(table.sheet.name): table for table in tables}
    rows: dict[tuple[str, int], Row] = {
        (name, row.number): row for name, table in by_name.items() for row in table.sheet.rows[1:]
    }
    found: dict[tuple[str, int], RowToMend] = {}
    for issue in issues:
        at = (fold(issue["sheet"]), issue["row"])
        if at in rows:
            known = found.setdefault(at, RowToMend(issue["sheet"], issue["row"], issue["who"]))
            add_problem(known, issue, by_name[at[0]], rows[at], beside)
    return list(found.values())


def add_problem(
    row: RowToMend, issue: Mapping[str, Any], table: Table, given: Row, beside: Beside
) -> None:
    said = " ".join(filter(None, (issue["message"], issue["allowed"])))
    columns = {key: column for key, column in table.columns.items() if key in table.at}
    key = next((key for key, each in columns.items() if each.heading == issue["heading"]), "")
    if not key or columns[key].given:
        row.said.append(said)
        return
    for each in (key, *beside.get(key, ())):
        if each in columns and each not in row.cells:
            letter = column_letter(table.headings.places[each])
            text = shown(given.at(table.at[each]))
            row.cells[each] = CellToMend(columns[each], letter, text)
    on_screen = words_on_screen(columns[key].kind, issue["message"], issue["allowed"]) or said
    row.cells[key].said = f"{row.cells[key].said} {on_screen}".strip()


def words_on_screen(kind: Kind, message: str, allowed: str) -> str:
    """What is said of a list, or of boxes for a day; empty for what is typed as in the file."""
    match kind:
        case OneOf():
            return f"{message.replace('Enter', 'Choose', 1)} {allowed}".strip()
        case Date() if allowed and message.endswith(":"):
            return f"{message.rstrip(':')}, like {kind.on_screen}"
        case Date() if allowed:
            return f"{message} a day, month and year, like {kind.on_screen}"
    return ""


@verb
def mend_upload(*, upload: Any, mends: Sequence[Mend], by: Any) -> None:
    """Keep what was typed in place of cells of a refused file, and ask for its check again.

    Raises RefusalError when it was checked again meanwhile.
    """
    rows = type(upload).objects.select_for_update(of=("self",))
    locked = rows.only("pk", "state", "mends").get(pk=upload.pk)
    if locked.state != UploadState.REFUSED:
        raise RefusalError(CHECKED_ALREADY)
    locked.mends = [*locked.mends, *(each.as_dict() for each in mends)]
    locked.save(update_fields=["mends"])
    preview_again(locked, by=by)
