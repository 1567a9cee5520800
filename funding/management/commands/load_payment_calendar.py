"""Payment calendar JSON in (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.services.calendars import load_payment_calendar
from funding.services.errors import CalendarError


class Command(PortalCommand):
    help = "Load the payment calendar of a year from its JSON file, or replace it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_payment_calendar(file.read_bytes())
        except CalendarError as error:
            self.refuse(error.problems)
        calendar, periods = loaded.calendar, loaded.calendar.periods.count()
        self.done(
            {"year": calendar.year, "periods": periods, "change": loaded.change},
            f"Payment calendar {calendar.year}: {loaded.change}, {counted(periods, 'period')}, "
            f"paid by {calendar.get_proration_display().lower()}.",
        )
