"""Reads a spreadsheet from standard input and writes its rows to standard output as JSON.

Runs as a process of its own, without Django and with little memory, time and nothing to open:
`python -I reader.py '{"ending": ".csv", …}'`, the keys being those of `reading.asked_of_reader`.
A line of output is a sheet's name, or a row: the file's own number, its values as typed, and how
many there were where that differs from the headings (T3, T5); or what cells are merged; or, of a
CSV file read in other letters than it seems to have, how many cells were, with examples.
What cannot be read ends with exit code 3 and, as the last line, a word that the caller knows.
"""

import contextlib
import csv
import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

REFUSED = 3
STRICT_NAMES, USUAL_NAMES = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
STRICT = {
    STRICT_NAMES + b"spreadsheetml/main": USUAL_NAMES + b"spreadsheetml/2006/main",
    STRICT_NAMES + b"officeDocument/": USUAL_NAMES + b"officeDocument/2006/",
}
# Formulas, errors, dates as text, escapes, the other kind of workbook: not for the quick way.
# Looked for where cells and their texts are: the drawing of a note has such names of its own.
WITH_CELLS = (b"sheetData", b"sst", b"purl.oclc.org")
NOT_PLAIN = (
    *(start + end for start in (b"<f", b":f") for end in (b">", b" ", b"/", b"\t", b"\n", b"\r")),
    *(b'"e"', b"'e'", b'"d"', b"'d'", b"_x0", b"purl.oclc.org"),
)
ESCAPED = re.compile("_x(000[9AaDd]|005[Ff])_")
"""Line breaks, tabs and the line before such an escape, as some programs write them into XML."""
MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
FROM_1904 = re.compile(rb"date1904\s*=\s*[\"'](1|true)")
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415
"""Days from 1900 that may be a date. Where they are counted from 1904, or it is not known, such a
number is text, which nobody takes for a date."""
MAC, EXAMPLES, MANY = "mac_roman", 3, 100
EMPTY_PLACES = "\x81\x8d\x8f\x90\x9d"
NO_WORDS = re.compile(
    "(?<=[a-zœžš])[‡ˆ‰‹‘•˜™›¿§](?![A-Z])|(?<=[A-Za-zœžš])[–—“”](?=[a-z])"
    "|(?<=[a-z])[ŽŠŒŸÕ](?![A-Z])|(?<=\\b[OD])Õ(?=[A-Z][a-z])"
)
"""How cp1252 shows words with an accent or apostrophe that a Mac wrote: JosŽ, Nu–ez, GeorgeÕs."""
ACCENTS = re.compile("(?<=[A-Za-z])[à-öø-ÿ]|(?<![A-Za-z])[À-ÖØ-Þ](?=[a-z])")
"""What is nothing odd in cp1252."""
BESIDE = re.compile("(?<=[A-Za-z])[^\\W\\d_a-zA-Z]|[^\\W\\d_a-zA-Z](?=[A-Za-z])")
SEPARATORS = (",", ";", "\t", "|")
SAYS_SEPARATOR = re.compile("\ufeff?sep=(.)\r?\n?", re.IGNORECASE)
LOOKED_AT = 10
"""In so many rows with something in them the headings are looked for, below a title."""
ENOUGH = 2
"""So many of our headings make a row the one of the headings."""
Numbered = tuple[int, list[Any], int | None]
Asked = tuple[int, re.Pattern[str]]


class UnreadableError(Exception):
    """Raised with one word: rows, columns, text, damaged, or csv and a row."""


def folded_heading(text: str) -> str:
    """As headings are compared: in any case, with any spaces or underscores, & as “and” (T5)."""
    plain = unicodedata.normalize("NFKC", text).replace("_", " ").replace("&", "and")
    return "".join(plain.split()).casefold()


def limit_this_process(memory: int, seconds: int) -> None:
    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds}
    for limit, most in (limits | {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}).items():
        resource.setrlimit(limit, (most, most))


class Rows:
    """Writes the rows of a sheet and counts what they hold."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.max_rows = asked["max_rows"] + 1  # and the headings
        self.max_columns, self.max_text = asked["max_columns"], asked["max_text"]
        self.keep, self.text, self.asked_of = set(asked["keep"]), 0, list[Asked]()
        self.only = {name: re.compile(like, re.IGNORECASE) for name, like in asked["only"].items()}

    def write(self, name: str, numbered_rows: Iterable[Numbered]) -> None:
        print(json.dumps(name))
        count, kept = 0, None
        for number, given, width in self.below_a_title(numbered_rows):
            cells = given
            while cells and cells[-1] is None:
                cells.pop()
            if not cells or not self.is_asked_for(cells):
                continue
            if len(cells) > self.max_columns:
                raise UnreadableError("columns")
            count += 1
            if count > self.max_rows:
                raise UnreadableError("rows")
            if kept is not None:
                cells = [cells[place] if place < len(cells) else None for place in kept]
            elif self.keep:
                kept = [at for at, cell in enumerate(cells) if self.is_kept(cell)]
                named = ((at, self.only.get(folded_heading(cells[at]))) for at in kept)
                self.asked_of = [(at, like) for at, like in named if like]
            self.text += sum([len(cell) for cell in cells if cell.__class__ is str])
            if self.text > self.max_text:
                raise UnreadableError("text")
            print(json.dumps([number, cells, width]))

    def below_a_title(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """The rows from the headings on, where it is known which are kept."""
        if not self.keep:
            yield from rows
            return
        above: list[Numbered] = []
        remaining = iter(rows)
        for row in remaining:
            if any(cell is not None for cell in row[1]):
                above.append(row)
            if sum(map(self.is_kept, row[1])) >= ENOUGH:
                above = above[-1:]
                break
            if len(above) >= LOOKED_AT:
                break
        yield from above
        yield from remaining

    def is_asked_for(self, cells: list[Any]) -> bool:
        texts = ((like, str(*filter(None, cells[at : at + 1]))) for at, like in self.asked_of)
        return all(like.fullmatch(text.strip()) for like, text in texts)

    def is_kept(self, heading: Any) -> bool:
        return isinstance(heading, str) and folded_heading(heading) in self.keep


def read_csv(content: bytes, rows: Rows) -> None:
    letters = Letters(encoding_of(content))
    text = io.TextIOWrapper(io.BytesIO(content), letters.encoding, newline="")
    lines = csv.reader(text, delimiter=separator_of(text), strict=True)
    try:
        rows.write("", numbered_lines(map(letters.read, lines)))
    except csv.Error:
        raise UnreadableError(f"csv {lines.line_num}") from None
    letters.tell()


def wide_letters(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of English text is then nothing."""
    start = content[:400]
    for nothing, name in ((start[1::2], "utf-16-le"), (start[::2], "utf-16-be")):
        if len(start) > 2 and start.strip(b"\0") and nothing.count(0) > 0.8 * len(nothing):
            return name
    return ""


def encoding_of(content: bytes) -> str:
    """UTF-8, UTF-16, or what Excel writes in England or on a Mac."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := wide_letters(content):
        return wide
    with contextlib.suppress(UnicodeDecodeError):
        for _ in io.TextIOWrapper(io.BytesIO(content), "utf-8-sig"):
            pass
        return "utf-8-sig"
    try:
        odd = plain = 0
        for line in io.TextIOWrapper(io.BytesIO(content), "cp1252"):
            odd, plain = odd + len(NO_WORDS.findall(line)), plain + len(ACCENTS.findall(line))
    except UnicodeDecodeError:
        if in_words(content.decode(MAC)):
            return MAC
        raise UnreadableError("csv 1") from None
    return MAC if odd > plain else "cp1252"


def in_words(text: str) -> bool:
    """Whether most letters with accents stand beside plain ones."""
    return 2 * len(BESIDE.findall(text)) > sum(not each.isascii() for each in text)


class Letters:
    """Reads cells in the letters they were written in, and counts what had to be put right."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.cells = 0
        self.examples: list[tuple[str, str]] = []

    def read(self, line: list[str]) -> list[str]:
        return [cell if cell.isascii() else self.mended(cell) for cell in line]

    def mended(self, cell: str) -> str:
        if self.encoding == MAC:
            wrong, right = cell.encode(MAC).decode("cp1252", "replace"), cell
        else:
            wrong, right = cell, read_once(cell)
        if right != wrong:
            self.cells += 1
            if len(self.examples) < EXAMPLES and wrong not in dict(self.examples):
                self.examples.append((wrong, right))
        return right

    def tell(self) -> None:
        if self.cells:
            print(json.dumps({"cells": self.cells, "examples": self.examples}))


def read_once(text: str) -> str:
    """“NuÃ±ez”, UTF-8 that was once read as cp1252, as what was meant; else the text itself."""
    with contextlib.suppress(UnicodeError):
        return b"".join(map(as_byte, text)).decode()
    return text


def as_byte(letter: str) -> bytes:
    """Its place in cp1252; the five places that are empty there are taken as they are."""
    return letter.encode("latin-1" if letter in EMPTY_PLACES else "cp1252")


def separator_of(text: io.TextIOWrapper) -> str:
    """The separator that the file names (“sep=;”), which Excel does not show as a row, or that the
    first line with any has most of. Leaves the text where its rows begin.
    """
    if named := SAYS_SEPARATOR.fullmatch(first := text.readline()):
        return named[1]
    lines = [first, *(text.readline() for _ in range(LOOKED_AT - 1))]
    text.seek(0)
    divided = next((line for line in lines if any(map(line.count, SEPARATORS))), first)
    return max(SEPARATORS, key=divided.count)


def numbered_lines(lines: Iterable[list[str]]) -> Iterator[Numbered]:
    width = 0
    for number, line in enumerate(lines, start=1):
        cells: list[Any] = [cell if cell and not cell.isspace() else None for cell in line]
        width = width or len(line)
        is_odd = len(line) < width or any(cells[width:])
        yield number, cells, len(line) if is_odd else None


def read_xlsx(content: bytes, wanted: list[str], rows: Rows) -> None:
    # Without these it starts in half the time.
    for unneeded in ("numpy", "lxml", "PIL"):
        sys.modules[unneeded] = None  # type: ignore[assignment]
    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(plain(content)), read_only=True, data_only=False, keep_links=False
    )
    wanted = those_there(wanted, [sheet.title for sheet in book.worksheets])
    archive, from_1904 = zipfile.ZipFile(io.BytesIO(content)), book.epoch.year == 1904
    for position, sheet in enumerate(book.worksheets):
        if is_wanted(sheet.title, position, wanted):
            sheet.reset_dimensions()
            rows.write(sheet.title, numbered_rows(sheet.iter_rows(), written, from_1904))
            merged = MERGED.findall(archive.read(sheet._worksheet_path))  # type: ignore[attr-defined]  # noqa: SLF001
            tell_merged([each.decode() for each in merged])


def read_quickly(content: bytes, wanted: list[str], rows: Rows) -> None:
    """A workbook of plain values by a library ten times as fast, which knows no formulas.

    It may take this process down with it; whoever started it reads the other way then.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [*map(archive.read, archive.namelist())]
    cells = [part for part in parts if any(name in part for name in WITH_CELLS)]
    if any(mark in part for part in cells for mark in NOT_PLAIN):
        raise UnreadableError("damaged")
    read_by_calamine(content, wanted, rows, any(map(FROM_1904.search, parts)))


def read_by_calamine(content: bytes, wanted: list[str], rows: Rows, is_undated: bool) -> None:
    """Any kind of workbook."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    wanted = those_there(wanted, book.sheet_names)
    for position, name in enumerate(book.sheet_names):
        if is_wanted(name, position, wanted):
            sheet = book.get_sheet_by_name(name)
            cells = sheet.to_python(skip_empty_area=False)
            rows.write(name, numbered_rows(cells, plain_value, is_undated))
            tell_merged(sheet.merged_cell_ranges or [])


def numbered_rows(
    rows: Iterable[Any], read: Callable[[Any], Any], is_undated: bool
) -> Iterator[Numbered]:
    for number, row in enumerate(rows, start=1):
        cells = [*map(read, row)]
        yield number, [*map(undated, cells)] if is_undated else cells, None


def tell_merged(ranges: list[Any]) -> None:
    if ranges:
        print(json.dumps({"merged": ranges[:MANY]}))


def undated(value: Any) -> Any:
    """A cell whose number may count days from 1900 or from 1904."""
    is_number = value.__class__ in (int, float)
    return str(value) if is_number and FIRST_SERIAL <= value <= LAST_SERIAL else value


def plain_value(value: Any) -> Any:
    if value.__class__ is str:
        return value if value and not value.isspace() else None
    if value.__class__ is float and value.is_integer():
        return int(value)
    return typed(value)


def those_there(wanted: list[str], names: list[str]) -> list[str]:
    """The sheets asked for; where the first of them has another name, the first few of all."""
    there = list(map(plain_name, names))
    return wanted if not wanted or wanted[0] in there else there[:LOOKED_AT]


def is_wanted(name: str, position: int, wanted: list[str]) -> bool:
    return plain_name(name) in wanted or (not wanted and position == 0)


def plain_name(name: str) -> str:
    return " ".join(name.lower().split())


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
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return text if text and not text.isspace() else None
    return typed(value)


def typed(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return value if value == value and abs(value) != float("inf") else ["error", str(value)]
    return ["date", value.isoformat()] if hasattr(value, "isoformat") else ["error", str(value)]


def plain(content: bytes) -> bytes:
    """A workbook saved as “Strict Open XML” in the names that the library knows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = {"_rels/.rels", "xl/workbook.xml"} & set(archive.namelist())
        if not any(b"purl.oclc.org" in archive.read(each) for each in start):
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for entry in archive.infolist():
                part = archive.read(entry)
                for strict, usual in STRICT.items():
                    part = part.replace(strict, usual)
                copy.writestr(entry.filename, part)
    return out.getvalue()


def read(asked: dict[str, Any]) -> None:
    content = sys.stdin.buffer.read()
    if asked["ending"] == ".csv":
        read_csv(content, Rows(asked))
    elif asked["ending"] != ".xlsx":
        read_by_calamine(content, asked["wanted"], Rows(asked), is_undated=True)
    elif asked["quick"]:
        read_quickly(content, asked["wanted"], Rows(asked))
    else:
        read_xlsx(content, asked["wanted"], Rows(asked))


def main() -> int:
    asked = json.loads(sys.argv[1])
    limit_this_process(asked["memory"], asked["seconds"])
    try:
        read(asked)
    except UnreadableError as refusal:
        print(refusal)
    except MemoryError:
        print("text")
    except Exception:  # noqa: BLE001
        # Whatever the library stumbles over: what the file holds is not to appear in any log.
        print("damaged")
    else:
        return 0
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
