"""A school's statement as CSV and Excel: the page's lines with names (rules.md F9, T9, Q23)."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from banding_portal.csv_text import as_text
from banding_portal.workbook import DAY, MONEY, NUMBER, TEXT, Book, Table, day_number
from funding.choices import StatementFormat
from funding.exports.columns import Column
from funding.selectors.line_lists import WorkedLine
from funding.selectors.statement_changes import StatementChanges
from funding.selectors.statement_year import StatementYear
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

YEAR_COLUMNS = (
    Column("Term", "", width=26),
    Column("Paid", "", MONEY, 14),
    Column("To come", "", MONEY, 14),
)
CHANGE_COLUMNS = (
    Column("Pupil", "", width=30),
    Column("Pupil reference", "", width=17),
    Column("Why", "", width=100),
    Column("Change", "", MONEY, 14),
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


def write_statement(
    statement: Statement,
    form: str,
    file: IO[bytes],
    year: StatementYear | None = None,
    changes: StatementChanges | None = None,
) -> None:
    """Write the statement's lines, amounts as numbers, typed text as text; and where they are
    given the year so far and to come and what changed since last term, as sheets of their own: a
    CSV file is one table, and has the lines alone.
    """
    if form == StatementFormat.EXCEL:
        run = statement.run
        made = run.published_at or run.prepared_at
        book = Book(file, f"Statement of funding: {run.period}", made=made)
        table = Table(book, "Statement", COLUMNS)
        for worked in statement.lines:
            table.write(_as_cells(statement_row(worked)))
        table.end()
        for each in (*_year_table(year), *_changes_table(changes)):
            other = Table(book, each.sheet, each.columns)
            for row in each.rows:
                other.write(row)
            other.end()
        book.close()
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows(_as_csv(statement_row(worked)) for worked in statement.lines)
    text.flush()
    text.detach()


@dataclass(frozen=True, slots=True)
class Beside:
    """A sheet beside the lines."""

    sheet: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]


def _year_table(year: StatementYear | None) -> Iterator[Beside]:
    if year is None:
        return
    rows: list[list[Any]] = [
        [
            part.period.name,
            part.paid,
            "Not known" if part.is_to_come and part.expected is None else part.expected,
        ]
        for part in year.parts
    ]
    rows.append(["The year", year.so_far, year.to_come if year.is_known else "Not known"])
    yield Beside("The year", YEAR_COLUMNS, rows)


def _changes_table(changes: StatementChanges | None) -> Iterator[Beside]:
    if changes is None:
        return
    rows: list[list[Any]] = [
        [each.who, each.reference, "; ".join(each.reasons), each.change] for each in changes.pupils
    ]
    rows.append(["All pupils", "", changes.difference.sentence, changes.difference.change])
    yield Beside("What changed", CHANGE_COLUMNS, rows)


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
