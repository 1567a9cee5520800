"""The band values file (interfaces.md): CSV in, typed rows or every problem out (F2)."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from banding_portal.uploads.results import Issue

HEADINGS = ("framework", "band", "sector", "annual_value", "effective_from")
# Characters no text has: a workbook, a picture or a PDF has them at once.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
AMOUNT = re.compile(r"^\d{1,8}(\.\d{1,2})?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row as written. `annual_value` is pounds, None when not known yet.

    A cell that can't be read is None here and an issue beside the rows.
    `given_day` is the date as written.
    """

    row: int
    framework: str
    band: str
    sector: str
    annual_value: Decimal | None
    effective_from: date | None
    given_day: str = ""


def read_values_file(content: bytes) -> tuple[list[ValueRow], list[Issue]]:
    """Return the rows and an issue for each fault, with the file's row number."""
    try:
        table = list(csv.reader(io.StringIO(_decode(content), newline="")))
    except (csv.Error, NoTextError):
        return [], [Issue("This is not a CSV file. Save the sheet as CSV and upload that.")]
    headings = [heading.strip().lower().replace(" ", "_") for heading in table[0]] if table else []
    problems = _problems_with_headings(headings)
    if problems:
        return [], problems
    rows: list[ValueRow] = []
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            padded = cells + [""] * len(headings)
            given = {heading: padded[headings.index(heading)].strip() for heading in HEADINGS}
            row, found = _read_row(number, given)
            rows.append(row)
            problems += found
    return rows, problems


def issue(row: int, heading: str, value: str, message: str, allowed: str = "") -> Issue:
    """A fault in one cell."""
    return Issue(message, row=row, heading=heading, value=value, allowed=allowed)


def parse_amount(text: str) -> Decimal | None:
    """Pounds as typed, with at most two decimals. Raises ValueError for anything else."""
    if not AMOUNT.match(text):
        raise ValueError(text)
    return Decimal(text).quantize(Decimal("0.01"))


class NoTextError(ValueError):
    """Raised for bytes that no text file has."""


def _decode(content: bytes) -> str:
    if BINARY.search(content):
        raise NoTextError
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _problems_with_headings(headings: list[str]) -> list[Issue]:
    problems = [
        Issue(f"The heading {heading} is missing.", row=1, heading=heading)
        for heading in HEADINGS
        if heading not in headings
    ]
    twice = sorted({heading for heading in HEADINGS if headings.count(heading) > 1})
    return problems + [
        Issue(f"The heading {heading} is there twice.", row=1, heading=heading) for heading in twice
    ]


def _read_row(number: int, given: dict[str, str]) -> tuple[ValueRow, list[Issue]]:
    annual, amount_problems = _read_amount(number, given["annual_value"])
    day, day_problems = _read_day(number, given["effective_from"])
    texts = given["framework"], given["band"], given["sector"]
    return ValueRow(
        number, *texts, annual, day, given["effective_from"]
    ), amount_problems + day_problems


def _read_amount(number: int, text: str) -> tuple[Decimal | None, list[Issue]]:
    if not text:
        return None, []
    try:
        return parse_amount(text), []
    except ValueError:
        negative = text.startswith(("-", "−"))
        message = "A value can't be negative." if negative else "This is not an amount in pounds."
        allowed = "Pounds like 2240.00, or nothing when not known yet."
        return None, [issue(number, "annual_value", text, message, allowed)]


def _read_day(number: int, text: str) -> tuple[date | None, list[Issue]]:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        if len(text) == 10:
            try:
                return datetime.strptime(text, form).date(), []  # noqa: DTZ007
            except ValueError:
                continue
    message = "This is not a date."
    return None, [issue(number, "effective_from", text, message, "2026-09-01 or 01/09/2026.")]
