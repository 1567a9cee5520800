"""Import the authority's caseload."""

import argparse
import re
from functools import partial
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import CommandParser

from banding.caseload.services import FIGURES, import_caseload
from banding_portal.commands import PortalCommand, readable_file
from schools.management.people import person
from schools.models import User
from schools.register_rules import academic_year_name


def academic_year(text: str) -> int:
    """For `type=`: the calendar year in which an academic year such as 2026-27 begins."""
    start = int(text[:4]) if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII) else 0
    if academic_year_name(start) != text:
        raise argparse.ArgumentTypeError(f"“{text}” is not an academic year such as 2026-27.")
    return start


class Command(PortalCommand):
    help = "Import pupils, placements, plans and agreed bands from a CSV or XLSX, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file, help="the caseload, .csv or .xlsx")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change and change nothing"
        )
        parser.add_argument(
            "--user", type=person, metavar="EMAIL", help="who enters it, for the audit trail"
        )

        parser.add_argument(
            "--academic-year",
            type=academic_year,
            metavar="2026-27",
            help="which academic year the year groups (ncy) are for; today’s if not given",
        )

    def handle(self, *, file: Path, dry_run: bool, user: User | None, **options: Any) -> None:
        context = {"user": str(user.pk)} if user else {}
        with pghistory.context(command="import_caseload", **context):
            result = self.run_file(
                partial(
                    import_caseload,
                    filename=file.name,
                    content=file.read_bytes(),
                    academic_year=options["academic_year"],
                    by=user,
                ),
                dict.fromkeys(FIGURES, 0),
                dry_run=dry_run,
            )
        counts = result.preview["counts"]
        told = [warning.as_dict() for warning in result.warnings]
        self.done(
            {**counts, "dry_run": dry_run, "warnings": told, "problems": []},
            sentence(counts, dry_run),
            result.warnings,
        )


def sentence(counts: dict[str, int], dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    text = (
        f"{counts['rows']:,} rows about {counts['pupils']:,} pupils: {counts['created']:,} "
        f"{would}created, {counts['updated']:,} {would}updated, "
        f"{counts['unchanged']:,} unchanged; {counts['placements']:,} placements, "
        f"{counts['plans']:,} plans, {counts['agreed_bands']:,} agreed bands in the file."
    )
    return f"{text} Nothing has been changed." if dry_run else text
