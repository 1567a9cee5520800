"""Caseload files to import: rows of invented pupils, as CSV or as a workbook."""

import csv
import io

from openpyxl import Workbook

from schools.identifiers import check_letter

HEADINGS = (
    "pupil_id",
    "upn",
    "surname",
    "forename",
    "date_of_birth",
    "ncy",
    "school_urn",
    "placement_start",
    "placement_end",
    "plan_type",
    "plan_start",
    "plan_end",
    "primary_need",
    "responsible_la",
    "band_framework",
    "band",
    "band_effective_from",
)


def upn(number: int) -> str:
    """A valid UPN, invented."""
    rest = f"9992{number:07d}1"
    return check_letter(rest) + rest


def caseload_row(number: int = 1, **values) -> dict[str, object]:
    """A pupil at school 900001 with an EHCP and band B of the test framework."""
    row = {
        "pupil_id": f"999-{number}",
        "upn": upn(number),
        "surname": f"Invented{number}",
        "forename": "Amira",
        "date_of_birth": "2018-03-04",
        "ncy": "",
        "school_urn": "900001",
        "placement_start": "2025-09-01",
        "placement_end": "",
        "plan_type": "EHCP",
        "plan_start": "2025-05-05",
        "plan_end": "",
        "primary_need": "SLCN",
        "responsible_la": "999",
        "band_framework": "test-framework",
        "band": "B",
        "band_effective_from": "2025-09-01",
    }
    assert set(values) <= set(row)
    return row | values


def as_csv(rows, headings=HEADINGS, encoding="utf-8") -> bytes:
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(headings)
    lines.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, headings=HEADINGS) -> bytes:
    book = Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append([row.get(heading) or None for heading in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
