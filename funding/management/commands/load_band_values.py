"""Band values CSV in (interfaces.md)."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.services.value_files import import_band_values


class Command(PortalCommand):
    help = "Set the annual band values of a CSV file; the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        run = partial(import_band_values, filename=file.name, content=file.read_bytes())
        counts = self.run_file(run, {}).preview["counts"]
        self.done(
            counts,
            f"{counted(counts['values'], 'band value')}: {counts['created']} created, "
            f"{counts['updated']} updated, {counts['unchanged']} unchanged.",
        )
