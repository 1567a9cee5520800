"""Sends the reminders due (rules.md R1, R2); the same service as the background task."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from banding.reminders.services import send_due_reminders
from banding_portal.commands import PortalCommand, a_date


class Command(PortalCommand):
    help = "Send the reminders that are due and have not been sent yet, each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=a_date, metavar="D", help="another day, 2026-11-30")
        parser.add_argument("--dry-run", action="store_true", help="only count, send nothing")

    def handle(self, *, today: dt.date | None, dry_run: bool, **options: Any) -> None:
        tally = send_due_reminders(today or timezone.localdate(), dry_run=dry_run)
        waiting = f" {tally.failed:,} could not be sent and will be tried again." * bool(
            tally.failed
        )
        self.done(
            asdict(tally),
            f"{tally.due:,} due, {tally.sent:,} sent, {tally.skipped:,} skipped.{waiting}",
        )
