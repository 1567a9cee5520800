"""Band values CSV in (interfaces.md)."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.services.errors import ValuesError
from funding.services.values import load_band_values


class Command(PortalCommand):
    help = "Set the annual band values of a CSV file; the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_band_values(file.read_bytes())
        except ValuesError as error:
            self.refuse(error.issues)
        self.done(
            asdict(loaded),
            f"{counted(loaded.values, 'band value')}: {loaded.created} created, "
            f"{loaded.updated} updated, {loaded.unchanged} unchanged.",
        )
