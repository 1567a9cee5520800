"""`verify_audit`: whether the audit trail and the published runs are as they were (rules.md A1)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.seals.checking import look_at_trail
from banding_portal.words import counted


class Command(PortalCommand):
    help = (
        "Compares the audit trail with its seals, the seals with the copy outside the database, "
        "and the published runs with their hashes. Changes nothing; ends with 1 where anything "
        "was changed, and names it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--copy", type=readable_file, help="The copy of the seals; else that of AUDIT_COPY."
        )

    def handle(self, *args: Any, copy: Path | None, **options: Any) -> None:
        kept = settings.AUDIT_COPY
        found = look_at_trail(copy or (kept if kept and kept.exists() else None))
        if found.broken:
            self.refuse(found.broken, found.as_dict())
        waiting = f" {counted(found.waiting, 'change')} not sealed yet." if found.waiting else ""
        self.done(
            found.as_dict(),
            f"{counted(found.events, 'change')} on record and "
            f"{counted(found.runs, 'published run')}: all as they were.{waiting}",
        )
