"""Payment calendar JSON in (interfaces.md)."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.services.calendars import import_payment_calendar


class Command(PortalCommand):
    help = "Load the payment calendar of a year from its JSON file, or replace it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        run = partial(import_payment_calendar, filename="calendar.json", content=file.read_bytes())
        preview = self.run_file(run, {}).preview
        year, change, periods = preview["year"], preview["change"], preview["counts"]["periods"]
        self.done(
            {"year": year, "periods": periods, "change": change},
            f"Payment calendar {year}: {change}, {counted(periods, 'period')}, "
            f"paid by {preview['proration'].lower()}.",
        )
