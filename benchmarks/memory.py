"""How much memory something takes at the most: this process, and those it starts. Linux alone."""

import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

EVERY = 0.02
"""Seconds between two looks at the processes that were started."""
RESET = "5"
"""What sets the peak of a process to what it takes now."""


def memory_of(work: Callable[[], object]) -> tuple[float, float]:
    """Megabytes by which this process grew at its peak, and the peak of what it started."""
    own, largest, done = Path("/proc/self"), [0.0], threading.Event()

    def look() -> None:
        while not done.wait(EVERY):
            started = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            for number in started:
                with suppress(OSError):
                    largest.append(megabytes(Path("/proc", number), "VmHWM"))

    (own / "clear_refs").write_text(RESET)
    before = megabytes(own, "VmRSS")
    watch = threading.Thread(target=look)
    watch.start()
    try:
        work()
    finally:
        done.set()
        watch.join()
    return megabytes(own, "VmHWM") - before, max(largest)


def megabytes(process: Path, what: str) -> float:
    found = re.search(rf"{what}:\s+(\d+) kB", (process / "status").read_text())
    return int(found[1]) / 1024 if found else 0.0
