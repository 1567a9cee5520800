"""Fill an empty database with an invented authority at work."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.commands import PortalCommand
from banding_portal.demo.ids import repeatable_ids
from banding_portal.demo.timeline import Timeline
from banding_portal.seals.checking import check_trail
from banding_portal.seals.sealing import seal_trail

SEED = "westmere"


class Command(PortalCommand):
    needs_owner = True
    help = (
        "Invent an authority with schools, pupils, people and work in every state. Always the "
        "same one, counted from today. Changes nothing where there are people or schools."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", action="store_true", help="only list the accounts to sign in with"
        )
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / ".local" / "demo",
            help="where the workbooks to try are written (.local/demo)",
        )

    def handle(self, *, accounts: bool, folder: Path, **options: Any) -> None:
        if accounts:
            self.list_accounts()
            return
        if any(apps.get_model(name).objects.exists() for name in settings.DEMO_EMPTY):
            self.done(
                {"seeded": False},
                "There are people or schools in this database already. Nothing has been changed.",
            )
            return
        started = time.monotonic()
        self.seed(Timeline(timezone.localdate(), folder))
        seal_trail(now=timezone.now(), young=timedelta(0))
        check_trail()
        seconds = time.monotonic() - started
        data = {"seeded": True, "seconds": round(seconds, 1), "folder": str(folder)}
        self.done(data, f"The demonstration is ready, after {seconds:.0f} seconds.")
        if not self.as_json:
            self.stdout.write(f"Workbooks to try: {folder}")
            self.list_accounts()

    def seed(self, timeline: Timeline) -> None:
        """Every part in its order, all or nothing."""
        parts = [import_string(name) for name in settings.DEMO_PARTS]
        with transaction.atomic(), repeatable_ids(SEED):
            for done, part in enumerate(parts, start=1):
                part(timeline)
                self.progress(done, len(parts))

    def list_accounts(self) -> None:
        lines = import_string(settings.DEMO_ACCOUNTS)()
        if not lines:
            raise CommandError("This database has no demonstration accounts.")
        self.done({"accounts": lines}, "\n".join(lines))
