"""The files the journey's people bring: invented schools, pupils, a calendar and values."""

import csv
import datetime as dt
import io
import json

from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.banding.caseload_files import as_csv as caseload_csv
from tests.banding.caseload_files import caseload_row
from tests.schools.register_files import as_csv as register_csv
from tests.schools.register_files import school_row

ALDERBROOK, BECKFORD = "900001", "900002"
PUPILS = ("Adair", "Bell", "Cole", "Dunn")
"""Alderbrook's. Dunn is still on Beckford's roll too, which is an exception to clear."""


def period_start() -> dt.date:
    """A term that began ten weeks ago, whatever the day of the test."""
    return timezone.localdate() - dt.timedelta(weeks=10)


def period_end() -> dt.date:
    return timezone.localdate() + dt.timedelta(weeks=7)


def register() -> bytes:
    names = {ALDERBROOK: "Alderbrook Primary School", BECKFORD: "Beckford Primary School"}
    rows = [
        school_row(urn, name, EstablishmentNumber=str(2000 + place))
        for place, (urn, name) in enumerate(names.items(), start=1)
    ]
    return register_csv(rows)


def caseload() -> bytes:
    """Pupils without any band yet; at Beckford one more, whom nobody bands."""
    unbanded = {"band_framework": "", "band": "", "band_effective_from": ""}
    rows = [
        caseload_row(number, surname=surname, school_urn=ALDERBROOK, **unbanded)
        for number, surname in enumerate(PUPILS, start=1)
    ]
    rows += [
        caseload_row(
            4, surname="Dunn", school_urn=BECKFORD, placement_start="2025-01-06", **unbanded
        ),
        caseload_row(5, surname="Eaton", school_urn=BECKFORD, **unbanded),
    ]
    return caseload_csv(rows)


def calendar() -> bytes:
    start, end = period_start(), period_end()
    next_start = end + dt.timedelta(days=1)
    periods = [
        {"code": "this-term", "name": "This term", "start": start, "end": end,
         "count_date": start, "numerator": 4, "denominator": 12},
        {"code": "next-terms", "name": "Next terms", "start": next_start,
         "end": next_start + dt.timedelta(days=240), "count_date": next_start,
         "numerator": 8, "denominator": 12},
    ]  # fmt: skip
    year = {"year": "2026-27", "proration": "calendar_days", "periods": periods}
    return json.dumps(year, default=str).encode()


def band_values(framework: str) -> bytes:
    lines = ["framework,band,sector,annual_value,effective_from"]
    for band, value in (("A", "1234.56"), ("B", "2240.00"), ("C", "4044.00")):
        lines.append(f"{framework},{band},mainstream,{value},2020-09-01")
    return "\n".join(lines).encode()


class Template:
    """A downloaded template, filled in by surname as a SENCO would in Excel."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(content))

    @property
    def sheet(self) -> Worksheet:
        return self.book["Pupils"]

    def fill(self, surname: str, **values: str) -> "Template":
        columns = {cell.value: cell.column for cell in self.sheet[1]}
        row = next(
            row[0].row
            for row in self.sheet.iter_rows(min_row=2)
            if any(str(cell.value or "").startswith(surname) for cell in row)
        )
        for heading, value in values.items():
            self.sheet.cell(row, columns[heading.replace("_", " ")]).value = value
        return self

    def decide(self, surname: str, level: str, band: str, **values: str) -> "Template":
        """The same level in both areas of the test framework, and a band."""
        return self.fill(
            surname,
            Cognition_and_learning=level,
            Communication_and_interaction=level,
            Band=band,
            **values,
        )

    @property
    def content(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def column(file: bytes, heading: str) -> list[str]:
    """A column of a downloaded CSV."""
    rows = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    return [row[heading] for row in rows]
