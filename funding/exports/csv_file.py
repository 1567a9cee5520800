"""The schedule as CSV: PostgreSQL writes it, then it is read back to prove what is in it."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import IO
from uuid import UUID

from django.db import connection

from funding.exports.columns import Column, guarded, select_rows


def write_csv(run_id: UUID, columns: Sequence[Column], file: IO[bytes], above: str = "") -> None:
    """Write a run's lines with their headings, UTF-8, dates ISO, in one pass over the table.

    `above` is a row of one cell over the headings, without quotes in it.
    """
    if above:
        file.write(f'"{above}"\n'.encode())
    rows = select_rows([guarded(column) for column in columns])
    with connection.cursor() as cursor:
        statement = cursor.mogrify(
            f"COPY ({rows}) TO STDOUT WITH (FORMAT csv, HEADER, ENCODING 'UTF8')", [run_id]
        )
        cursor.copy_expert(statement, file)


def read_back(heading: str, file: IO[bytes]) -> tuple[int, Decimal]:
    """The lines in a file that was written, and the sum of their amounts in pounds, which are
    under `heading`.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    rows = csv.reader(text)
    headings = next(rows)
    if heading not in headings:
        headings = next(rows)
    place = headings.index(heading)
    lines = pence = 0
    for row in rows:
        lines += 1
        if row[place]:
            pence += int(row[place].replace(".", ""))
    text.detach()
    return lines, Decimal(pence).scaleb(-2)
