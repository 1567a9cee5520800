"""Reads a spreadsheet that passed the gate, in a limited process of its own.

A plain subprocess and not multiprocessing: a worker of Celery may not have such children.
"""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from banding_portal.workbooks.cells import ErrorValue, Formula, Row, Sheet, Value
from banding_portal.workbooks.gate import check_file
from banding_portal.workbooks.refusals import (
    DAMAGED,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_SLOW,
    RefusedFile,
)

READER = Path(__file__).with_name("reader.py")
SECONDS = 30
REFUSED = 3
KILLED = (-signal.SIGXCPU, -signal.SIGKILL)
# The gate has refused every DOCTYPE and entity, so the fast parser of the standard library will do.
ENVIRONMENT = {
    "PATH": os.defpath,
    "PYTHONIOENCODING": "utf-8",
    "OPENPYXL_DEFUSEDXML": "False",
}
SENTENCES = {
    "rows": TOO_MANY_ROWS,
    "columns": TOO_MANY_COLUMNS,
    "text": "The file holds far more text than a template does. Shorten it and try again.",
    "damaged": DAMAGED,
}


def read_sheets(
    filename: str,
    content: bytes,
    *,
    wanted: Sequence[str] = (),
    max_rows: int = MAX_ROWS,
    max_columns: int = MAX_COLUMNS,
) -> list[Sheet]:
    """The sheets named in `wanted` (any case; none of them: the first sheet) as typed values.

    A .csv file is one sheet without a name. Raises RefusedFile with a sentence (T8).
    """
    kind = check_file(filename, content)
    limits = [str(kind), str(max_rows), str(max_columns)]
    output = run_reader([*limits, *(name.lower() for name in wanted)], content)
    return [sheet_from(each) for each in json.loads(output)]


def run_reader(arguments: list[str], content: bytes) -> bytes:
    """Nothing of the environment is handed on, so that no secret is within reach."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER), *arguments],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(TOO_SLOW) from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode in KILLED:
        raise RefusedFile(TOO_SLOW)
    word = done.stdout.decode(errors="replace").strip() if done.returncode == REFUSED else ""
    raise RefusedFile(SENTENCES.get(word, DAMAGED))


def sheet_from(data: dict[str, Any]) -> Sheet:
    rows = (Row(number, tuple(map(value_from, cells))) for number, cells in data["rows"])
    return Sheet(data["name"], tuple(rows))


def value_from(cell: Any) -> Value:
    if not isinstance(cell, list):
        return cell
    kind, text = cell
    if kind == "formula":
        return Formula(text)
    if kind == "error":
        return ErrorValue(text)
    return moment_from(text)


def moment_from(text: str) -> Value:
    """A date where the cell holds midnight, as Excel keeps dates; else the moment or time."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            return dt.time.fromisoformat(text)
        except ValueError:
            return text
    return moment.date() if moment.time() == dt.time.min else moment
