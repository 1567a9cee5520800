"""A workbook as a person made it, own columns, sheets and comments too, with Errors (T6)."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from banding_portal.files.gate import check_file
from banding_portal.files.limits import Limits
from banding_portal.files.marking import Errors
from banding_portal.files.mending import Mend
from banding_portal.files.reading import CLOCK, ENVIRONMENT
from banding_portal.folding import fold

MARKER = Path(__file__).with_name("marker.py")


@dataclass(frozen=True)
class Marks:
    """What to write into a sheet: errors by row, and what was typed on screen by row and column."""

    heading_row: int
    errors: Errors
    typed: Mapping[int, Mapping[str, str]]


def typed_into(sheet: str, mends: Iterable[Mend]) -> dict[int, dict[str, str]]:
    """The last word on each cell; the column is empty where the whole row is left out."""
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    for each in mends:
        if fold(each.sheet) == fold(sheet):
            cells[each.row][each.column] = each.value.strip()
    return dict(cells)


def marked_copy(
    filename: str, content: bytes, limits: Limits, sheets: Mapping[str, Marks]
) -> bytes | None:
    """The .xlsx that was sent with its errors; None where it has to be written anew: it is
    another kind of file, or more than the library can hold. It has passed the gate before.
    """
    if check_file(filename, content, limits) != ".xlsx":
        return None
    asked = {
        "memory": limits.memory,
        "seconds": limits.seconds,
        "most_columns": limits.max_columns,
        "sheets": {name: asdict(marks) for name, marks in sheets.items()},
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(MARKER)],
            input=json.dumps(asked).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=CLOCK * limits.seconds,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
