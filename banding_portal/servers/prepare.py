"""Brings database and static files up to date before the portal starts, in one process.

Sentences for the person waiting go to standard output, all else to the log named first.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import TextIO

from .folders import CLONE, Folders
from .front_end import fingerprint

SAID_WHY = 3


def prepare(log: TextIO, accounts: Path) -> None:
    """Migrate, collect static files if they changed, seed an empty database, list accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banding_portal.settings")
    import django
    from django.contrib.auth import get_user_model
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        print(problem, flush=True)
        sys.exit(SAID_WHY)
    _check_database()
    print("Bringing the database up to date …", flush=True)
    call_command("migrate", interactive=False, stdout=log)
    collect_static(log)
    if not get_user_model().objects.exists():
        print("Filling the demonstration, once …", flush=True)
        call_command("seed_demo", stdout=log)
    # A database of one's own has no demonstration accounts to list.
    with accounts.open("w", encoding="utf-8") as file, contextlib.suppress(CommandError):
        call_command("seed_demo", "--accounts", stdout=file, no_color=True)


def _check_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        print(f"The database of DATABASE_URL can’t be reached: {error}".strip(), flush=True)
        sys.exit(SAID_WHY)


def collect_static(log: TextIO) -> None:
    """Run collectstatic unless nothing it reads has changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Folders().run / "static.stamp"
    sources = [*sorted((CLONE / "static").rglob("*")), *sorted(CLONE.glob("requirements*.txt"))]
    now = fingerprint(sources)
    if Path(settings.STATIC_ROOT).exists() and stamp.exists() and stamp.read_text() == now:
        return
    call_command(
        "collectstatic", interactive=False, clear=True, ignore_patterns=["src"], stdout=log
    )
    stamp.write_text(now)


if __name__ == "__main__":
    with open(sys.argv[1], "a", encoding="utf-8", buffering=1) as log_file:
        prepare(log_file, Path(sys.argv[2]))
