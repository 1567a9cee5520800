"""Payments out of the ledger, as CSV or Excel (rules.md F22)."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted
from funding.ledger.paying_back import import_payments


class Command(PortalCommand):
    help = "Note what the ledger has paid of payables files; loaded again, nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        run = partial(import_payments, filename=file.name, content=file.read_bytes())
        counts = self.run_file(run, {}).preview["counts"]
        self.done(
            counts,
            f"{counted(counts['payments'], 'payment')}: {counts['created']:,} new, "
            f"{counts['updated']:,} changed.",
        )
