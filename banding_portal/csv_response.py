"""A short table of text as a CSV file to download."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from banding_portal.csv_text import as_text


def csv_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`name` ends in .csv and names nobody (R3). Text stays text (T9); Excel sees the encoding."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=disposition)
    response.write("\ufeff")
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
    return response
