"""What the workbook of a schedule holds: a journal, remittances and totals (rules.md F11)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.db import connection

from banding_portal.jobs.results import Progress, silent
from banding_portal.workbook import MONEY, NUMBER, Book, Table, sum_of
from funding.exports.columns import COLUMNS, Column, as_number, select_rows
from funding.models import Run
from funding.run_words import said_of_draft
from funding.section_251 import ACADEMIES, INDEPENDENT, LINES, MAINTAINED, section_251_line
from funding.selectors.runs import totals_by_school, totals_by_section_251

# A sheet a way of paying, in this order; the last is for schools the register says nothing of.
SHEETS = {
    MAINTAINED: "Journal – maintained",
    ACADEMIES: "Remittance – academies",
    INDEPENDENT: "Remittance – independent",
    "": "Remittance – type not known",
}
SUMMARY = (Column("What", "", width=44), Column("Figure", "", width=44))
BY_SCHOOL = (
    *COLUMNS[:4],
    Column("Paid by", "", width=26),
    Column("Lines", "", NUMBER),
    Column("Pupils", "", NUMBER),
    Column("Amount", "", MONEY, 16),
)
BY_SECTION_251 = (
    Column("Section 251 line", "", width=16),
    Column("Providers", "", width=40),
    Column("Phase", "", width=26),
    Column("Lines", "", NUMBER),
    Column("Amount", "", MONEY, 16),
)
AMOUNT = [column.heading for column in COLUMNS].index("Amount")
CHUNK = 2000


def write_workbook(run: Run, file: IO[bytes], progress: Progress = silent) -> tuple[int, Decimal]:
    """Write the workbook; returns its lines and the sum of their amounts in pounds.

    `progress` counts lines.
    """
    line_of = lines_of_section_251(run)
    book = Book(file, f"Schedule: {run}", made=run.published_at or run.prepared_at)
    _write_summary(book, run)
    used = set(line_of.values()) or {MAINTAINED}
    sheets = {key: Table(book, name, COLUMNS) for key, name in SHEETS.items() if key in used}
    lines, total = 0, Decimal("0.00")
    all_lines = run.lines.count()
    progress(0, all_lines)
    for urn, rows in _rows_by_school(run):
        sheet = sheets[line_of[urn]]
        for row in rows:
            sheet.write(row)
        lines += len(rows)
        total += sum_of([row[AMOUNT] for row in rows])
        progress(lines, all_lines)
    for sheet in sheets.values():
        sheet.end()
    _write_schools(book, run, line_of)
    _write_section_251(book, run)
    book.close()
    return lines, total


def lines_of_section_251(run: Run) -> dict[str, str]:
    """By URN the line of the section 251 return, which is also the way of paying."""
    schools = run.lines.order_by().values_list("urn", "type_code", "type_group_code", "sector")
    return {
        urn: section_251_line(code, group, sector)
        for urn, code, group, sector in schools.distinct()
    }


def _rows_by_school(run: Run) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Chunks of rows, each of one school, read a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(select_rows([as_number(column) for column in COLUMNS]), [run.pk])
        while rows := cursor.fetchmany(CHUNK):
            start = 0
            for place in range(1, len(rows) + 1):
                if place == len(rows) or rows[place][1] != rows[start][1]:
                    yield rows[start][1], rows[start:place]
                    start = place


def _write_summary(book: Book, run: Run) -> None:
    table = Table(book, "Summary", SUMMARY)
    facts = {"Draft": said} if (said := said_of_draft(run)) else {}
    facts |= {
        "Authority": settings.LA_NAME,
        "Period": run.period.name,
        "Run": f"{run.period.code} run {run.sequence}",
        "State": run.get_state_display(),
    }
    for fact in facts.items():
        table.write(fact)
    table.write_fact("Lines", run.lines.count(), NUMBER)
    table.write_fact("Control total", run.control_total, MONEY)


def _write_schools(book: Book, run: Run, line_of: dict[str, str]) -> None:
    table = Table(book, "Totals by school", BY_SCHOOL)
    for row in totals_by_school(run):
        section = line_of[row["urn"]]
        school = [row[name] for name in ("la_number", "urn", "school_name", "school_type")]
        table.write([*school, SHEETS[section], row["lines"], row["pupils"], row["amount"]])
    table.end()


def _write_section_251(book: Book, run: Run) -> None:
    table = Table(book, "Totals by section 251", BY_SECTION_251)
    for cell in totals_by_section_251(run):
        providers = LINES.get(cell.line, "Type not known")
        table.write([cell.line, providers, cell.phase, cell.lines, cell.amount])
    table.end()
