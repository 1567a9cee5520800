"""The embedded PostgreSQL: made, started and stopped in a clone's `.local/postgres`."""

import shlex
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from . import account
from .errors import SetUpError
from .folders import Folders, make_private
from .installed import program
from .processes import end, is_program, read_pid

OWNER = "postgres"
# The portal's own role is no superuser, as it should not be in production.
ROLE = "portal"
MAJOR = "18"

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
}


@dataclass(frozen=True)
class Postgres:
    """The PostgreSQL of one clone."""

    folders: Folders

    @property
    def log(self) -> Path:
        # Beside the data, because its own user must be able to write it.
        return self.folders.sockets / "postgres.log"

    @property
    def _pid_file(self) -> Path:
        return self.folders.postgres / "postmaster.pid"

    def url(self, database: str) -> str:
        """The `DATABASE_URL` of `database` on this server."""
        return f"postgresql://{ROLE}@/{database}?host={self.folders.sockets}"

    def is_running(self) -> bool:
        """Whether this clone's server runs, whatever a stale pid file says."""
        pid = read_pid(self._pid_file)
        return pid is not None and is_program(pid, "postgres", str(self.folders.postgres))

    def start(self) -> None:
        """Start the server, making its data folder first if need be."""
        if self.is_running():
            return
        user = account.for_postgres(self.folders)
        make_private(self.folders.sockets, user.uid)
        self._make_data(user)
        self._forget_crash()
        options = [f"-c {name}={shlex.quote(value)}" for name, value in OPTIONS.items()]
        options.append(f"-c unix_socket_directories={shlex.quote(str(self.folders.sockets))}")
        command = [
            program("pg_ctl"), "start", "-w", "-t", "60", "-s",
            "-D", str(self.folders.postgres), "-l", str(self.log), "-o", " ".join(options),
        ]  # fmt: skip
        result = user.run(*command)
        if result.returncode:
            # After a kill the old server's children need a moment to notice and end.
            time.sleep(2)
            result = user.run(*command)
        if result.returncode:
            raise SetUpError(
                f"PostgreSQL did not start. The end of {self.log}:\n{self._log_end()}\n"
                f"If the data is broken, remove {self.folders.local} and run again."
            )
        self._make_role()

    def stop(self) -> None:
        """Stop the server, if it runs; open connections are cut."""
        if self.is_running():
            pid = read_pid(self._pid_file)
            assert pid is not None  # noqa: S101
            end(pid, signal.SIGINT, seconds=20)

    def make_database(self, name: str) -> None:
        """Create database `name` of the portal's role, unless it is there."""
        found = self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")  # noqa: S608
        if not found:
            self._sql(f'CREATE DATABASE "{name}" OWNER {ROLE}')

    def _make_role(self) -> None:
        if not self._sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):  # noqa: S608
            self._sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _sql(self, statement: str) -> str:
        result = subprocess.run(
            [program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
             "-h", str(self.folders.sockets), "-U", OWNER, "-d", "postgres", "-c", statement],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode:
            raise SetUpError(f"PostgreSQL refused: {result.stderr.strip()}")
        return result.stdout.strip()

    def _make_data(self, user: account.Account) -> None:
        data = self.folders.postgres
        if data.exists():
            found = self._version()
            if found != MAJOR:
                raise SetUpError(
                    f"{data} holds data of PostgreSQL {found or 'unknown'}, this is {MAJOR}. "
                    f"Remove {self.folders.local} to begin afresh."
                )
            return
        # Made aside and renamed, so that an interrupted set-up leaves nothing half made.
        new = data.with_name("postgres.new")
        shutil.rmtree(new, ignore_errors=True)
        make_private(new, user.uid)
        result = user.run(
            program("initdb"), "-D", str(new), "-U", OWNER, "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync",
            "--no-instructions",
        )  # fmt: skip
        if result.returncode:
            raise SetUpError(f"PostgreSQL's data folder could not be made:\n{result.stderr}")
        new.rename(data)

    def _version(self) -> str:
        try:
            return (self.folders.postgres / "PG_VERSION").read_text().strip()
        except OSError:
            return ""

    def _forget_crash(self) -> None:
        # PostgreSQL deals with stale files itself, except when another process has got the id.
        for stale in (self._pid_file, *self.folders.sockets.glob(".s.PGSQL.*.lock")):
            pid = read_pid(stale)
            if pid is None or psutil.pid_exists(pid):
                stale.unlink(missing_ok=True)

    def _log_end(self) -> str:
        try:
            return "\n".join(self.log.read_text().splitlines()[-10:])
        except OSError:
            return "(no log)"
