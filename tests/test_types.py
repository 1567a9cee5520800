"""Types and migrations, checked beside the other tests: mypy works on one core while they work."""

import subprocess
import sys

from django.conf import settings
from django.core.management import call_command


def test_types_hold():
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert mypy.returncode == 0, mypy.stdout + mypy.stderr


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, interactive=False)
