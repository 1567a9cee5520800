"""The schedule of a run into a file (interfaces.md, rules.md F11)."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, writable_file, writing
from banding_portal.words import counted, money
from funding.choices import ScheduleFormat
from funding.exports.schedule import write_schedule
from funding.models import Run


def run_identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not the identifier of a run. It is in the address of the run’s page."
        ) from None


class Command(PortalCommand):
    help = "Write the schedule of a run: its stored lines as CSV, Excel, or CSV for the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--run", type=run_identifier, required=True, help="The run’s identifier."
        )
        parser.add_argument("--format", choices=ScheduleFormat.values, required=True)
        parser.add_argument("--output", type=writable_file, required=True)

    def handle(self, *args: Any, run: UUID, output: Path, **options: Any) -> None:
        found = Run.objects.select_related("period").filter(pk=run).first()
        if found is None:
            self.refuse([f"There is no run {run}."])
        if output.exists() and not output.is_file():
            self.refuse([f"{output} is not a file that a schedule can replace."])
        unfinished = output.with_name(f"{output.name}.part")
        with writing(output):
            try:
                with unfinished.open("w+b") as file:
                    schedule = write_schedule(found, options["format"], file)
                unfinished.replace(output)
            finally:
                unfinished.unlink(missing_ok=True)
        self.done(
            {"lines": schedule.lines, "total": schedule.total, "sha256": schedule.sha256},
            f"{found}: {counted(schedule.lines, 'line')}, "
            f"control total {money(schedule.total)}, in {output}.\nSHA-256 {schedule.sha256}",
        )
