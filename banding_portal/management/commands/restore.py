"""`restore`: a backup into an empty database, and the proof that it is whole (quality.md Q17)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.backups.services import restore_backup
from banding_portal.commands import PortalCommand, readable_file
from banding_portal.words import counted


class Command(PortalCommand):
    needs_owner = True
    help = (
        "Restore a backup into the empty database of DATABASE_URL, then count, add up and compare "
        "with the seals. Refuses a database that holds anything; leaves it empty where anything "
        "differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file, help="what `backup` wrote")
        parser.add_argument(
            "--identity", type=readable_file, help="the file with the key, where it is encrypted"
        )

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        kept = restore_backup(file.absolute(), identity)
        self.done(
            kept.as_dict(),
            f"{counted(kept.tables, 'table')}, {counted(kept.rows, 'row')} and "
            f"{counted(kept.documents, 'document')} are restored. What was published and the "
            "audit trail are as they were. Everybody signs in again.",
        )
