"""Deletes what is due to go; the same service as the background task (quality.md Q10)."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from banding_portal.commands import PortalCommand
from banding_portal.uploads.retention import delete_old_files
from banding_portal.words import counted


class Command(PortalCommand):
    help = "Delete files people sent in that have been kept long enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, delete nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        files = delete_old_files(today=timezone.localdate(), dry_run=dry_run)
        are = "due to be deleted" if dry_run else "deleted"
        self.done({"files": files}, f"{counted(sum(files.values()), 'file')} {are}.")
