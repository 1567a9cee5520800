"""A school's statement as CSV and Excel: the page's lines with names (rules.md F9, T9, Q23)."""

import csv
import io
from collections.abc import Sequence
from typing import IO, Any

from banding_portal.csv_text import as_text
from banding_portal.workbook import DAY, MONEY, NUMBER, TEXT, Book, Table, day_number
from funding.choices import StatementFormat
from funding.exports.columns import Column
from funding.selectors.line_lists import WorkedLine
from funding.selectors.statements import Statement

COLUMNS = (
    Column("Surname", "", width=20),
    Column("Forename", "", width=18),
    Column("Pupil reference", "", width=17),
    Column("UPN", "", width=16),
    Column("Basis", "", width=13),
    Column("Band", ""),
    Column("Annual value", "", MONEY, 14),
    Column("Period", "", width=20),
    Column("Start", "", DAY),
    Column("End", "", DAY),
    Column("Days", "", NUMBER, 7),
    Column("Fraction", "", width=9),
    Column("Amount", "", MONEY, 14),
    Column("Kind", "", width=22),
    Column("How it is worked out", "", width=100),
)


def statement_row(worked: WorkedLine) -> list[Any]:
    """The values of COLUMNS."""
    line = worked.line
    return [
        *worked.pupil_name,
        line.reference,
        worked.upn,
        line.get_basis_display() if line.basis else "",
        line.band_name,
        line.annual_value,
        line.period.name,
        line.start,
        line.end,
        line.days,
        f"{line.numerator}/{line.denominator}",
        line.amount,
        line.get_kind_display(),
        worked.working,
    ]


def write_statement(statement: Statement, form: str, file: IO[bytes]) -> None:
    """Write the statement's lines; one table, amounts as numbers, typed text as text."""
    if form == StatementFormat.EXCEL:
        run = statement.run
        made = run.published_at or run.prepared_at
        book = Book(file, f"Statement of funding: {run.period}", made=made)
        table = Table(book, "Statement", COLUMNS)
        for worked in statement.lines:
            table.write(_as_cells(statement_row(worked)))
        table.end()
        book.close()
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows(_as_csv(statement_row(worked)) for worked in statement.lines)
    text.flush()
    text.detach()


def _as_cells(values: Sequence[Any]) -> list[Any]:
    return [
        day_number(value) if column.form == DAY else value
        for column, value in zip(COLUMNS, values, strict=True)
    ]


def _as_csv(values: Sequence[Any]) -> list[Any]:
    return [
        as_text(value) if column.form == TEXT else value
        for column, value in zip(COLUMNS, values, strict=True)
    ]


def statement_file_name(statement: Statement, form: str) -> str:
    """Like statement-2026-autumn-run-1-114704.csv; names no pupil."""
    run = statement.run
    return f"statement-{run.period.code}-run-{run.sequence}-{statement.urn}.{form}"
