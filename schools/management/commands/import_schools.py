"""Import the register of schools."""

import argparse
import re
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from schools.services.register import FIGURES, import_register


def three_digits(text: str) -> str:
    """For `type=`: an authority's code, or nothing for every authority."""
    if text and not re.fullmatch(r"\d{3}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"An authority’s code has three digits, not “{text}”.")
    return text


class Command(PortalCommand):
    help = "Import schools from the register’s CSV, created or updated by URN."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file, help="the register’s CSV file")
        parser.add_argument("--links", type=readable_file, help="the register’s links file")
        parser.add_argument(
            "--la", default="", type=three_digits, metavar="CODE", help="only this authority’s"
        )

    def handle(self, *, file: Path, links: Path | None, la: str, **options: Any) -> None:
        result = self.run_file(
            partial(
                import_register,
                schools=file.read_bytes(),
                links=links.read_bytes() if links else None,
                la_code=la,
                filename=file.name,
            ),
            dict.fromkeys(FIGURES, 0),
        )
        counts = result.preview["counts"]
        told = [warning.as_dict() for warning in result.warnings]
        self.done(
            {**counts, "warnings": told, "problems": []},
            f"Schools: {counts['created']:,} created, {counts['updated']:,} updated, "
            f"{counts['unchanged']:,} unchanged, {counts['closed']:,} closed; "
            f"{counts['linked']:,} links kept, {counts['carried']:,} placements carried over.",
            result.warnings,
        )
