"""Import the authority's caseload."""

import argparse
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import CommandParser
from django.db import transaction

from banding.caseload.services import Counts, import_caseload
from banding_portal.commands import PortalCommand, readable_file
from schools.models import User


def person(email: str) -> User:
    """For `type=`: wrong usage (exit 2) when nobody has this e-mail address."""
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise argparse.ArgumentTypeError(f"Nobody has the e-mail address {email}.")
    return found


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

    def handle(self, *, file: Path, dry_run: bool, user: User | None, **options: Any) -> None:
        context = {"user": str(user.pk)} if user else {}
        with pghistory.context(command="import_caseload", **context), transaction.atomic():
            result = import_caseload(
                self.progress, filename=Path(file).name, content=Path(file).read_bytes(), by=user
            )
            if result.issues or dry_run:
                transaction.set_rollback(True)
        if result.issues:
            self.refuse(result.issues, Counts().numbers())
        counts = result.preview["counts"]
        told = [warning.as_dict() for warning in result.warnings]
        self.done(
            {**counts, "dry_run": dry_run, "warnings": told, "problems": []},
            sentence(counts, dry_run),
        )
        if not self.as_json:
            for warning in result.warnings:
                self.stderr.write(f"{warning.who}, row {warning.row}: {warning.message}")


def sentence(counts: dict[str, int], dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    text = (
        f"{counts['rows']:,} rows about {counts['pupils']:,} pupils: {counts['created']:,} "
        f"{would}created, {counts['updated']:,} {would}updated, "
        f"{counts['unchanged']:,} unchanged; {counts['placements']:,} placements, "
        f"{counts['plans']:,} plans, {counts['agreed_bands']:,} agreed bands in the file."
    )
    return f"{text} Nothing has been changed." if dry_run else text
