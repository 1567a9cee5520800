"""School days CSV in (interfaces.md)."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.services.school_days import import_school_days


class Command(PortalCommand):
    help = "Load the days on which schools are open from a CSV file; loaded again, nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        run = partial(import_school_days, filename=file.name, content=file.read_bytes())
        counts = self.run_file(run, {}).preview["counts"]
        self.done(
            counts,
            f"{counted(counts['days'], 'day')}, {counted(counts['school_days'], 'school day')}: "
            f"{counts['created']:,} new, {counts['updated']:,} changed.",
        )
