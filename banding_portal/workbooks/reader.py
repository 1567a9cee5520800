"""Reads a spreadsheet from standard input and writes its rows to standard output as JSON.

Runs as a process of its own, without Django and with little memory, time and nothing to open:
`python -I reader.py xlsx|csv SHEET...`. Without sheet names the first sheet is read. Values are
written as Excel holds them; the file's own row numbers are kept (rules.md T3, T5). What cannot
be read ends with exit code 3 and a word that the caller knows.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

MEMORY = 384 * 1024 * 1024
SECONDS = 8
MAX_TEXT = 10_000_000
REFUSED = 3
STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/"
    ),
}


class Refused(Exception):
    """Raised with one word: rows, columns, text or damaged."""


def limit_this_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Rows:
    """Collects the rows of a sheet and counts what they hold."""

    def __init__(self, max_rows: int, max_columns: int) -> None:
        self.max_rows = max_rows + 1  # and the headings
        self.max_columns = max_columns
        self.text = 0

    def of(self, numbered_rows: Iterable[tuple[int, list[Any]]]) -> list[Any]:
        rows = []
        for number, cells in numbered_rows:
            while cells and cells[-1] is None:
                cells.pop()
            if not cells:
                continue
            if len(cells) > self.max_columns:
                raise Refused("columns")
            self.text += sum(len(cell) for cell in cells if isinstance(cell, str))
            if self.text > MAX_TEXT:
                raise Refused("text")
            rows.append([number, cells])
            if len(rows) > self.max_rows:
                raise Refused("rows")
        return rows


def read_csv(content: bytes, rows: Rows) -> list[Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    separator = (
        ";" if ";" in text.partition("\n")[0] and "," not in text.partition("\n")[0] else ","
    )
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    numbered = (
        (number, [cell if cell.strip() else None for cell in line])
        for number, line in enumerate(lines, start=1)
    )
    return [{"name": "", "rows": rows.of(numbered)}]


def read_xlsx(content: bytes, wanted: list[str], rows: Rows) -> list[Any]:
    # Without these it starts in half the time.
    for unneeded in ("numpy", "lxml", "PIL"):
        sys.modules[unneeded] = None  # type: ignore[assignment]
    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(plain(content)), read_only=True, data_only=False, keep_links=False
    )
    sheets = []
    for position, sheet in enumerate(book.worksheets):
        name = " ".join(sheet.title.lower().split())
        if name in wanted or (not wanted and position == 0):
            sheet.reset_dimensions()
            sheets.append({"name": sheet.title, "rows": rows.of(numbered_rows(sheet))})
    return sheets


def numbered_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [written(cell) for cell in row]


def written(cell: Any) -> Any:
    """A cell as JSON: text, numbers and truth as they are, the rest in a list with its kind."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    kind = cell.data_type
    if kind == "f":
        return ["formula", str(getattr(value, "text", value))]
    if kind == "e":
        return ["error", str(value)]
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, (int, float)):
        return value if value == value and abs(value) != float("inf") else ["error", str(value)]
    if hasattr(value, "isoformat"):
        return ["date", value.isoformat()]
    return ["error", str(value)]


def plain(content: bytes) -> bytes:
    """A workbook saved as “Strict Open XML” in the names that the library knows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not any(b"purl.oclc.org" in archive.read(each) for each in start_of(archive)):
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for entry in archive.infolist():
                part = archive.read(entry)
                for strict, usual in STRICT.items():
                    part = part.replace(strict, usual)
                copy.writestr(entry.filename, part)
    return out.getvalue()


def start_of(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name in ("_rels/.rels", "xl/workbook.xml")]


def read(kind: str, max_rows: int, max_columns: int, wanted: list[str]) -> list[Any]:
    content = sys.stdin.buffer.read()
    rows = Rows(max_rows, max_columns)
    return read_csv(content, rows) if kind == "csv" else read_xlsx(content, wanted, rows)


def main() -> int:
    limit_this_process()
    kind, max_rows, max_columns, *wanted = sys.argv[1:]
    try:
        sheets = read(kind, int(max_rows), int(max_columns), wanted)
    except Refused as refusal:
        print(refusal)
        return REFUSED
    except MemoryError:
        print("text")
        return REFUSED
    except Exception:  # noqa: BLE001
        # Whatever the library stumbles over: the file cannot be read, and its content is not
        # to appear in any log.
        print("damaged")
        return REFUSED
    json.dump(sheets, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
