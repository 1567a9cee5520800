"""What is typed or pasted into the cells of the grid, as codes and columns (rules.md B5). Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from banding_portal.folding import without_noughts

BAND, REASON = "band", "reason"
QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
NEEDS_QUOTING = re.compile(r'[\t\n"]')
PLAIN = re.compile(r"[^\t\n]*")


class Was(NamedTuple):
    """What a row said when the page was made: the draft's version and its cells, shortened."""

    version: int | None
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.version or ''}.{self.fingerprint}"

    @classmethod
    def parse(cls, text: str) -> "Was":
        version, _, rest = text.partition(".")
        known = version.isascii() and version.isdigit() and len(version) < 9
        return cls(int(version) if known else None, rest)


def fingerprint(cells: Iterable[str]) -> str:
    text = "\x1f".join(in_one_line(cell) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def code_in(column: str, text: str, names: Mapping[str, str]) -> str | None:
    """The code somebody means by a code or a name, in any case; None where it is neither.

    `names` are the names by code. What is blank is blank: not decided yet. A level may be written
    01 or 1.0; a band is taken as typed (T5).
    """
    said = in_one_line(text).casefold()
    if not said:
        return ""
    for meant in (said,) if column == BAND else (said, without_noughts(said)):
        for code, name in names.items():
            if meant in (code.casefold(), name.casefold()):
                return code
    return None


def in_one_line(text: str) -> str:
    """As a cell shows it: it has no room for a second line."""
    return " ".join(text.split())


def pasted_rows(text: str) -> list[list[str]]:
    """Cells copied from a spreadsheet, row by row; `static/src/pasted.js` reads them the same.

    A cell with a line break, a tab or a quotation mark in it stands in quotation marks, each of
    its own doubled. One that only begins with a quotation mark is read as it stands. The break
    at the end ends the last row.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = cell_from(text, at)
        rows[-1].append(cell)
        if at == len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def cell_from(text: str, at: int) -> tuple[str, int]:
    """The cell that begins there, and where it ends."""
    quoted = QUOTED.match(text, at)
    if quoted and (not quoted[1] or NEEDS_QUOTING.search(quoted[1])):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = PLAIN.match(text, at)
    assert plain is not None  # noqa: S101 - it matches nothing too
    return plain[0], plain.end()


def listed(codes: Sequence[str]) -> str:
    """A, B or C."""
    return f"{', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else "".join(codes)
