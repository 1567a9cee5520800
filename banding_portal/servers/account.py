"""Whose processes the embedded PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .errors import SetUpError
from .folders import Folders
from .installed import postgres_install

NAME = "embedded_postgres"


@dataclass(frozen=True)
class Account:
    """A user of the machine to run programs as."""

    uid: int
    gid: int

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run `command` as this user and return what it said."""
        other = self.uid != os.getuid()
        # Not through pipes: the server would inherit them and the call would never end.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
            result = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                check=False,
                user=self.uid if other else None,
                group=self.gid if other else None,
                extra_groups=[] if other else None,
            )
            out.seek(0)
            said = out.read()
        return subprocess.CompletedProcess(command, result.returncode, said, said)


def for_postgres(folders: Folders) -> Account:
    """The user PostgreSQL runs as: oneself, or for root a user of its own.

    For root, that user is created when missing and let through to the clone's folders.
    """
    if os.getuid() != 0:
        return Account(os.getuid(), os.getgid())
    entry = _ensure_user()
    _let_through(folders.local / "any")
    _let_through(folders.sockets)
    _let_read()
    return Account(entry.pw_uid, entry.pw_gid)


def _ensure_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", NAME],
            check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"PostgreSQL does not run as root, and a user {NAME} for it could not be made. "
            "Run as another user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(NAME)


def _let_through(path: Path) -> None:
    for folder in path.parents:
        _add(folder, stat.S_IXOTH)


def _let_read() -> None:
    install = postgres_install()
    _let_through(install)
    for top in (install, *install.parents[1].glob("embedded_postgres.libs")):
        for path in (top, *top.rglob("*")):
            if path.is_symlink():
                continue
            search = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            _add(path, stat.S_IROTH | (stat.S_IXOTH if search else 0))


def _add(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
