"""Prepares or recalculates the draft run of a period (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from banding_portal.commands import PortalCommand, writable_file, writing
from banding_portal.words import counted, money
from funding.models import Period
from funding.selectors.line_files import write_lines
from funding.selectors.runs import run_totals
from funding.services.runs import calculate_run


class Command(PortalCommand):
    help = "Calculate the draft run of a period; with --output its lines as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="The period’s code, as 2026-autumn.")
        parser.add_argument("--output", type=writable_file, help="Where to write the lines.")

    def handle(self, *args: Any, period: str, output: Path | None, **options: Any) -> None:
        found = Period.objects.filter(code=period).first()
        if found is None:
            self.refuse([f"There is no period {period}. Load its payment calendar first."])
        with transaction.atomic():
            run = calculate_run(period=found, by=None, progress=self.progress)
            if output:
                with writing(output), output.open("wb") as file:
                    write_lines(run.pk, file)
        totals = run_totals(run)
        self.done(
            {"run": str(run.pk), "sequence": run.sequence, **totals.as_dict()},
            f"{run}: {counted(totals.lines, 'line')}, {money(run.control_total)} to pay, "
            f"{totals.unvalued:,} unvalued, {counted(totals.exceptions, 'exception')} to clear.",
        )
