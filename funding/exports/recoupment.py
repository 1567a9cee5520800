"""The schedule of claims between authorities as CSV and Excel (rules.md F16, T9)."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from banding_portal.csv_text import as_text
from banding_portal.refusals import RefusalError
from banding_portal.words import money
from banding_portal.workbook import DAY, MONEY, NUMBER, TEXT, Book, Table, day_number, sum_of
from funding.choices import StatementFormat
from funding.exports.columns import Column
from funding.models import Line, Run
from funding.run_words import said_of_draft
from funding.selectors.recoupment import in_order, lines_claimed, lines_elsewhere
from funding.selectors.summaries import summary_of
from schools.authorities import authority_of

WE_CLAIM, THEY_MAY = "We claim", "They may claim"
COLUMNS = (
    Column("Direction", "", width=16),
    Column("Authority", "", width=30),
    Column("LA number", ""),
    Column("URN", "", width=9),
    Column("School", "", width=36),
    Column("Pupil reference", "", width=17),
    Column("UPN", "", width=16),
    Column("Band", ""),
    Column("Annual value", "", MONEY, 14),
    Column("Claimed before, a year", "", MONEY, 14),
    Column("Period", "", width=20),
    Column("Start", "", DAY),
    Column("End", "", DAY),
    Column("Days", "", NUMBER, 7),
    Column("Fraction", "", width=9),
    Column("Kind", "", width=24),
    Column("Amount", "", MONEY, 14),
)


def recoupment_rows(run: Run) -> Iterator[list[Any]]:
    """Values of COLUMNS, first what is claimed from others, then what they may claim.

    Raises RefusalError where what is claimed is not the run’s total any more.
    """
    claimed = list(in_order(lines_claimed(run)))
    total = sum_of([line.claim for line in claimed])
    kept = summary_of(run).totals.recoupment_total
    if total != kept:
        raise RefusalError(
            f"The file was not made: its claims add up to {money(total)}, but the run’s are "
            f"{money(kept)}. The run may have been calculated again."
        )
    for line in claimed:
        yield _row(line, WE_CLAIM, line.responsible_la, line.claim)
    for line in in_order(lines_elsewhere(run)):
        yield _row(line, THEY_MAY, line.la_number[:3], line.amount)


def _row(line: Line, direction: str, code: str, amount: Decimal | None) -> list[Any]:
    return [
        *(direction, authority_of(code), line.la_number, line.urn, line.school_name),
        *(line.reference, line.upn, line.band_name, line.annual_value, line.was_annual),
        *(line.period.name, line.start, line.end, line.days),
        *(f"{line.numerator}/{line.denominator}", line.get_kind_display(), amount),
    ]


def write_recoupment(run: Run, form: str, file: IO[bytes]) -> None:
    """Write the schedule into a file that is open for writing."""
    rows = list(recoupment_rows(run))
    if form == StatementFormat.EXCEL:
        made = run.published_at or run.prepared_at
        book = Book(file, f"Claims between authorities: {run}", made=made)
        table = Table(book, "Claims", COLUMNS)
        for row in rows:
            table.write(
                [day_number(v) if c.form == DAY else v for c, v in zip(COLUMNS, row, strict=True)]
            )
        table.end()
        book.close()
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    if said := said_of_draft(run):
        writer.writerow([said])
    writer.writerow([column.heading for column in COLUMNS])
    for row in rows:
        writer.writerow(
            [as_text(v) if c.form == TEXT else v for c, v in zip(COLUMNS, row, strict=True)]
        )
    text.flush()
    text.detach()


def recoupment_file_name(run: Run, form: str) -> str:
    """Like claims-2026-autumn-run-1.csv, with “draft” until it is published."""
    of_draft = "-draft" if said_of_draft(run) else ""
    return f"claims-{run.period.code}-run-{run.sequence}{of_draft}.{form}"
