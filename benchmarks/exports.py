"""What exporting 100,000 lines takes of memory: each format by its command, a process each."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from funding.choices import ScheduleFormat
from funding.models import Period, Run
from funding.services.runs import calculate_run
from funding.services.scale import seed_scale

PUPILS, SCHOOLS, MOST = 90_000, 900, 150
KIB = 1024
ONE = ["-m", "benchmarks.measured"]


def measure_exports() -> Iterator[str]:
    """Yield the report, a line at a time. MiB are those of the whole process at its highest, the
    portal itself included.
    """
    seed_scale(schools=SCHOOLS, pupils=PUPILS)
    run = calculate_run(period=Period.objects.get(code="2026-autumn"), by=None)
    lines = run.lines.count()
    with tempfile.TemporaryDirectory() as folder:
        idle = peak_of("check")[0]
        yield f"the portal alone: {idle:.0f} MiB"
        for name, command in commands_for(run, Path(folder)).items():
            mebibytes, seconds = peak_of(*command)
            reached = "reached" if mebibytes <= MOST else "missed"
            took = f"{mebibytes:.0f} MiB, {seconds:.1f} s"
            yield f"{name} of {lines:,} lines: {took} (at most {MOST} MiB: {reached})"


def commands_for(run: Run, folder: Path) -> dict[str, list[str]]:
    made = {
        f"schedule as {each.value}": [
            *("export_schedule", "--run", str(run.pk), "--format", each.value),
            *("--output", str(folder / each.value)),
        ]
        for each in ScheduleFormat
    }
    zipped = ["--run", str(run.pk), "--output", str(folder / "remittances.zip")]
    return made | {"remittances in a zip": ["export_remittances", *zipped]}


def peak_of(*command: str) -> tuple[float, float]:
    """The most memory a command of the portal has, in MiB, and how many seconds it takes."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *ONE, connection.settings_dict["NAME"], *command],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}.")
    return used.ru_maxrss / KIB, time.perf_counter() - start
