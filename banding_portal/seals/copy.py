"""The copy of the chain outside the database: a file to which lines are only ever added."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from banding_portal.jobs.locks import one_at_a_time
from banding_portal.refusals import RefusalError
from banding_portal.seals.chain import Sealed, line_of, read_line
from banding_portal.seals.models import Seal

LOCK = 7_265_412


@transaction.atomic
def write_missing(path: Path) -> int:
    """How many seals were added to the file: those that come after its last one.

    A line that was broken off by a full disk stays, and the seal follows whole on the next.
    """
    one_at_a_time(LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    seals = Seal.objects.filter(number__gt=last_number(path)).iterator(chunk_size=100)
    count = 0
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        for seal in seals:
            file.write(line_of(seal.sealed()).encode() + b"\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def last_number(path: Path) -> int:
    """Of the last seal in the file; 0 where there is none."""
    if not path.exists():
        return 0
    return max((seal.number for seal in read_copy(path)), default=0)


def read_copy(path: Path) -> Iterator[Sealed]:
    """The seals of a copy, in its order. Raises RefusalError where there is no such file."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    yield read_line(line)
                except ValueError:
                    continue  # broken off: the seal stands whole on a later line
    except OSError as problem:
        raise RefusalError(f"The copy {path} cannot be read: {problem.strerror}.") from problem
