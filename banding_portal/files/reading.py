"""Reads a spreadsheet that passed the gate, in a limited process of its own.

A plain subprocess and not multiprocessing: a worker of Celery may not have such children.
"""

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from banding_portal.files.cells import (
    ErrorValue,
    Formula,
    Letters,
    Merged,
    Row,
    Sheet,
    Value,
    column_place,
)
from banding_portal.files.gate import ZIP, check_file
from banding_portal.files.limits import DAMAGED, Limits, RefusedFileError
from banding_portal.files.packing import unpacked
from banding_portal.files.reader import REFUSED, folded_heading

READER = Path(__file__).with_name("reader.py")
CLOCK = 4
"""How many times the processor's seconds may pass by the clock."""
KILLED = (-signal.SIGXCPU, -signal.SIGKILL)
# The gate has refused every DOCTYPE and entity, so the fast parser of the standard library will do.
ENVIRONMENT = {
    "PATH": os.defpath,
    "PYTHONIOENCODING": "utf-8",
    "OPENPYXL_DEFUSEDXML": "False",
}
NOT_CSV = (
    "This is not a CSV file: something is wrong in line {}, such as a quotation mark that is "
    "never closed. Save it as CSV again."
)


def read_sheets(
    filename: str,
    content: bytes,
    limits: Limits,
    *,
    wanted: Sequence[str] = (),
    keep: Sequence[str] = (),
    only: Mapping[str, str] = MappingProxyType({}),
) -> list[Sheet]:
    """The sheets named in `wanted` (any case; none of them: the first sheet) as typed values.

    With `keep` only the columns with these headings have values below the headings, and with
    `only`, patterns by heading, only those rows come whose cells are like them. A .csv file is
    one sheet without a name. Raises RefusedFileError with a sentence (T8).
    """
    output = read_rows(filename, content, limits, wanted=wanted, keep=keep, only=only)
    return list(sheets_from(output, {folded_heading(heading) for heading in keep}))


def read_rows(
    filename: str,
    content: bytes,
    limits: Limits,
    *,
    wanted: Sequence[str] = (),
    keep: Sequence[str] = (),
    only: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The same as `sheets_from` takes it, to be kept."""
    if limits.packed and content.startswith(ZIP):
        with unpacked(content, filename, limits) as file:
            return run_reader(asked_of_reader(".csv", limits, wanted, keep, only), file, limits)
    ending = check_file(filename, content, limits)
    return run_reader(asked_of_reader(ending, limits, wanted, keep, only), content, limits)


def asked_of_reader(
    ending: str,
    limits: Limits,
    wanted: Sequence[str],
    keep: Sequence[str],
    only: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    return asdict(limits) | {
        "ending": ending,
        "wanted": [name.lower() for name in wanted],
        "keep": [folded_heading(heading) for heading in keep],
        "only": {folded_heading(heading): like for heading, like in only.items()},
        "quick": False,
    }


def run_reader(asked: dict[str, Any], content: bytes | IO[bytes], limits: Limits) -> bytes:
    """What the reader writes: the quick way where the file lets it, else by the careful one."""
    try:
        done = run_process(asked | {"quick": True}, content)
        if done.returncode and asked["ending"] == ".xlsx":
            done = run_process(asked, content)
    except subprocess.TimeoutExpired as error:
        raise RefusedFileError(limits.too_slow) from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode in KILLED:
        raise RefusedFileError(limits.too_slow)
    if done.returncode == -signal.SIGABRT:
        raise RefusedFileError(limits.too_much_unpacked)
    words = done.stdout.decode(errors="replace").splitlines() if done.returncode == REFUSED else []
    raise RefusedFileError(sentence_for(words[-1] if words else "", limits))


def run_process(
    asked: dict[str, Any], content: bytes | IO[bytes], reader: Path = READER
) -> "subprocess.CompletedProcess[bytes]":
    """Nothing of the environment is handed on, so that no secret is within reach."""
    given: dict[str, Any] = {"input": content} if isinstance(content, bytes) else {"stdin": content}
    return subprocess.run(
        [sys.executable, "-I", str(reader), json.dumps(asked)],
        **given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=CLOCK * asked["seconds"],
        env=ENVIRONMENT,
        check=False,
    )


def sentence_for(word: str, limits: Limits) -> str:
    word, _, line = word.partition(" ")
    return {
        "rows": limits.too_many_rows,
        "columns": limits.too_many_columns,
        "text": limits.too_much_text,
        "csv": NOT_CSV.format(line),
    }.get(word, DAMAGED)


def sheets_from(output: bytes, keep: Collection[str] = ()) -> Iterator[Sheet]:
    name, rows, more = None, list[Row](), dict[str, Any]()
    for text in output.splitlines():
        read = json.loads(text)
        if isinstance(read, str):
            if name is not None:
                yield replace(sheet_of(name, rows, keep), **more)
            name, rows, more = read, [], {}
        elif isinstance(read, dict):
            more |= told_of_sheet(read)
        else:
            number, cells, width = read
            rows.append(Row(number, tuple(map(value_from, cells)), width))
    if name is not None:
        yield replace(sheet_of(name, rows, keep), **more)


def told_of_sheet(read: dict[str, Any]) -> dict[str, Any]:
    if "merged" in read:
        return {"merged": tuple(map(merged_from, read["merged"]))}
    return {"letters": Letters(read["cells"], tuple(map(tuple, read["examples"])))}


def merged_from(told: str | list[list[int]]) -> Merged:
    """From “A2:B4”, or from row and column of the first and last cell, counted from 0."""
    if not isinstance(told, str):
        (top, left), (bottom, right) = told
        return Merged(top + 1, left, bottom + 1, right)
    places = [re.split(r"(?=\d)", cell, maxsplit=1) for cell in told.split(":")]
    (left_letter, first), (right_letter, last) = places
    return Merged(int(first), column_place(left_letter), int(last), column_place(right_letter))


def sheet_of(name: str, rows: list[Row], keep: Collection[str]) -> Sheet:
    if not keep or not rows:
        return Sheet(name, tuple(rows))
    headings = enumerate(rows[0].values)
    kept = [
        place for place, text in headings if isinstance(text, str) and folded_heading(text) in keep
    ]
    return Sheet(name, tuple(rows), tuple(kept))


def value_from(cell: Any) -> Value:
    if cell.__class__ is not list:
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
