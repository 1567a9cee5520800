"""The schedule of a run: who is paid what, as CSV, Excel or a ledger's CSV (rules.md F11)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

from banding_portal.jobs.results import Progress, silent
from banding_portal.refusals import RefusalError
from funding.choices import ScheduleFormat
from funding.exports.columns import COLUMNS, LEDGER_COLUMNS
from funding.exports.csv_file import read_back, write_csv
from funding.exports.schedule_workbook import write_workbook
from funding.models import Run
from funding.run_words import said_of_draft
from funding.selectors.line_files import write_lines

CONTENT_TYPES: dict[str, str] = {
    ScheduleFormat.CSV: "text/csv; charset=utf-8",
    ScheduleFormat.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ScheduleFormat.LEDGER: "text/csv; charset=utf-8",
    ScheduleFormat.LINES: "text/csv; charset=utf-8",
}
ENDINGS: dict[str, str] = {
    ScheduleFormat.CSV: ".csv",
    ScheduleFormat.EXCEL: ".xlsx",
    ScheduleFormat.LEDGER: "-ledger.csv",
    ScheduleFormat.LINES: ".csv",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """What was written: lines, their total in pounds, and the file's SHA-256."""

    lines: int
    total: Decimal
    sha256: str


def write_schedule(run: Run, form: str, file: IO[bytes], progress: Progress = silent) -> Schedule:
    """Write a run's stored lines into an empty file open for writing and reading.

    Raises RefusalError when what was written does not add up to the control total.
    """
    if form == ScheduleFormat.EXCEL:
        lines, total = write_workbook(run, file, progress)
    elif form == ScheduleFormat.LINES:
        write_lines(run.pk, file)
        lines, total = read_back("amount", file)
    else:
        columns = LEDGER_COLUMNS if form == ScheduleFormat.LEDGER else COLUMNS
        write_csv(run.pk, columns, file, above=said_of_draft(run))
        lines, total = read_back("Amount", file)
    control_total = Run.objects.values_list("control_total", flat=True).get(pk=run.pk)
    if total != control_total:
        raise RefusalError(
            f"The file was not made: its lines add up to £{total:,.2f}, but the control total is "
            f"£{control_total:,.2f}. The run may have been calculated again."
        )
    return Schedule(lines, total, hash_of(file))


def hash_of(file: IO[bytes]) -> str:
    """The SHA-256 of a whole file; leaves it at its end."""
    digest = hashlib.sha256()
    file.seek(0)
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


@contextmanager
def temporary_schedule(
    run: Run, form: str, progress: Progress = silent
) -> Iterator[tuple[IO[bytes], Schedule]]:
    """A schedule in a temporary file at its beginning; the caller closes the file."""
    file = TemporaryFile()  # noqa: SIM115
    try:
        schedule = write_schedule(run, form, file, progress)
        file.seek(0)
        yield file, schedule
    except BaseException:
        file.close()
        raise


def file_name(run: Run, form: str) -> str:
    """Like schedule-2026-autumn-run-1.csv, with “draft” until it is published; names nobody."""
    what = "lines" if form == ScheduleFormat.LINES else "schedule"
    of_draft = "-draft" if said_of_draft(run) else ""
    return f"{what}-{run.period.code}-run-{run.sequence}{of_draft}{ENDINGS[form]}"
