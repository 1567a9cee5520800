"""`backup`: everything that must last in one file (quality.md Q17)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from banding_portal.backups.services import make_backup
from banding_portal.commands import PortalCommand, writable_file, writing
from banding_portal.words import counted

IN_THE_CLEAR = (
    "The file is not encrypted: it holds pupils’ details and the secrets of second factors in the "
    "clear. Set BACKUP_RECIPIENT."
)


class Command(PortalCommand):
    needs_owner = True
    help = (
        "Write everything that must last, documents included, to one file: encrypted for "
        "BACKUP_RECIPIENT where that is set. People may go on working."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=writable_file, help="where it is written")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        with writing(file):
            kept = make_backup(file.absolute(), settings.BACKUP_RECIPIENT)
        warnings = [] if settings.BACKUP_RECIPIENT else [IN_THE_CLEAR]
        self.done(
            kept.as_dict(),
            f"{counted(kept.tables, 'table')}, {counted(kept.rows, 'row')} and "
            f"{counted(kept.documents, 'document')} are in {file}.\nSHA-256 {kept.sha256}",
            warnings,
        )
