"""Tables of the size of all England, as they are published, read for the benchmark of scenarios."""

import resource
import time
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

from banding_portal.files.limits import MEGABYTE
from banding_portal.files.packing import packed
from benchmarks.memory import memory_of
from benchmarks.published import section_251, sen2
from benchmarks.runs import timed
from funding.benchmarks.services import import_figures
from funding.models import AuthorityFigure

NEIGHBOURS = "\n".join(f"Inventshire {number}" for number in range(1, 11))


def measure_national() -> Iterator[str]:
    """Yield the report: each table whole, and only of ten authorities."""
    for name, table in (("section 251", section_251), ("SEN2", sen2)):
        yield from measure_table(name, table)


def measure_table(name: str, table: Callable[[], Iterable[bytes]]) -> Iterator[str]:
    sizes = [(len(chunk), chunk.count(b"\n")) for chunk in table()]
    size, rows = (sum(part) for part in zip(*sizes, strict=True))
    kept: list[bytes] = []
    seconds = timed(lambda: kept.append(packed(f"{name}.csv", table())))
    [content] = kept
    yield (
        f"{name}: {rows - 1:,} rows, {size / MEGABYTE:.0f} MB, written and packed in "
        f"{seconds:.1f} s to {len(content) / MEGABYTE:.1f} MB"
    )
    for whose, authorities in (("all authorities", ""), ("ten authorities", NEIGHBOURS)):
        with transaction.atomic():
            began = time.perf_counter(), processor_seconds()
            own, reader = memory_of(lambda given=authorities: read(content, given))
            seconds = time.perf_counter() - began[0]
            processor = processor_seconds() - began[1]
            count = AuthorityFigure.objects.count()
            transaction.set_rollback(True)
        yield (
            f"{name}, {whose}: {count:,} figures read and kept in {seconds:.1f} s, {processor:.1f} "
            f"s of them of the processor; the worker grew by {own:.0f} MB at most, the process "
            f"that reads took {reader:.0f} MB"
        )


def read(content: bytes, authorities: str) -> None:
    result = import_figures(
        lambda done, total: None, filename="f.csv", content=content, authorities=authorities
    )
    if result.issues:
        raise RuntimeError(result.issues[0].message)


def processor_seconds() -> float:
    """Of this process and of those it started that have ended; the database is left out."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
