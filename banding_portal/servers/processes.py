"""The portal's processes, known by a mark in their environment that their children inherit."""

import contextlib
import os
from pathlib import Path

import psutil

MARK = "PORTAL_RUNS_IN"


def marked(clone: Path) -> list[psutil.Process]:
    """The processes of `clone` that have the mark, this one left out."""
    return [
        process
        for process in psutil.process_iter(["environ"])
        if (process.info["environ"] or {}).get(MARK) == str(clone) and process.pid != os.getpid()
    ]


def end_marked(clone: Path, seconds: float = 10) -> None:
    """End the marked processes of `clone`, killing what is left after so many seconds.

    Looks three times, for some may have been starting others.
    """
    for end in (psutil.Process.terminate, psutil.Process.kill, psutil.Process.kill):
        processes = marked(clone)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                end(process)
        psutil.wait_procs(processes, timeout=seconds)
