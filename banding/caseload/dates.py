"""Dates of a caseload that cannot be, and those that hardly can (rules.md S13)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from banding.caseload.known import LookUps
from banding_portal.files.tables import TableLine
from banding_portal.jobs.results import Issue
from schools.oddities import (
    Oddity,
    oddities_of_birth,
    oddities_of_period,
    oddities_of_place,
    oddities_of_year_group,
)

PLACEMENT = {"start": "placement_start", "end": "placement_end", "school": "school_urn"}
PLAN = {"start": "plan_start", "end": "plan_end"}
OWN = {"date_of_birth": "date_of_birth", "year_group": "ncy"}


def check_dates(
    rows: Iterable[TableLine], known: LookUps, academic_year: int, today: dt.date
) -> list[Issue]:
    """Warnings about what hardly can be; what cannot is refused at its cell."""
    warnings = []
    for row in rows:
        if row["date_of_birth"] is None:
            continue
        for column, oddity in oddities_of_row(row, known, academic_year, today):
            if oddity.is_error:
                row.refuse(column, f"{oddity.sentence}.")
            else:
                warnings.append(row.note(column, f"{oddity.sentence}."))
    return warnings


def oddities_of_row(
    row: TableLine, known: LookUps, academic_year: int, today: dt.date
) -> Iterator[tuple[str, Oddity]]:
    """What is odd about a row, each with the key of its column."""
    born = row["date_of_birth"]
    yield from places(oddities_of_birth(born, today), OWN)
    if born > today:
        return
    yield from places(oddities_of_year_group(born, row["ncy"], academic_year), OWN)
    for what, columns in (("placement", PLACEMENT), ("plan", PLAN)):
        start, end = row[columns["start"]], row[columns["end"]]
        if start is None:
            continue
        yield from places(oddities_of_period(born, start, end, what), columns)
        school = known.places.get(row["school_urn"]) if what == "placement" else None
        if school:
            yield from places(oddities_of_place(born, start, end, school, today), columns)


def places(found: Iterable[Oddity], columns: dict[str, str]) -> Iterator[tuple[str, Oddity]]:
    for oddity in found:
        yield columns[oddity.field], oddity
