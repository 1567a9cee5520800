"""Deletes what is due to go; the same service as the background task (quality.md Q10)."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from banding_portal.commands import PortalCommand
from banding_portal.uploads.retention import delete_old_files, delete_old_records
from banding_portal.words import counted, number


class Command(PortalCommand):
    help = "Delete files people sent in, and queries, that have been kept long enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, delete nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        today = timezone.localdate()
        files = delete_old_files(today=today, dry_run=dry_run)
        records = delete_old_records(today=today, dry_run=dry_run)
        are = "due to be deleted" if dry_run else "deleted"
        told = [f"{counted(sum(files.values()), 'file')} {are}."]
        told += [f"{what}: {number(count)} {are}." for what, count in records.items()]
        self.done({"files": files, "records": records}, " ".join(told))
