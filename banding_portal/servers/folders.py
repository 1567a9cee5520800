"""Where a clone keeps its servers' data, sockets and logs."""

import contextlib
import fcntl
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .errors import SetUpError

CLONE = Path(__file__).resolve().parents[2]
# A Unix socket's whole path may have 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET = 100
SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Folders:
    """The folders of one clone."""

    clone: Path = CLONE

    @property
    def local(self) -> Path:
        return self.clone / ".local"

    @property
    def postgres(self) -> Path:
        return self.local / "postgres"

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def run(self) -> Path:
        return self.local / "run"

    @property
    def sockets(self) -> Path:
        """The folder of PostgreSQL's socket: in the clone, or a short one when that is too long."""
        inside = self.local / "sockets"
        path = str(inside / SOCKET_NAME)
        # PostgreSQL reads the folder as a list, so only plain characters may stay.
        if len(os.fsencode(path)) <= LONGEST_SOCKET and re.fullmatch(r"[\w./+-]+", path, re.ASCII):
            return inside
        mark = hashlib.sha256(os.fsencode(self.clone)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"banding-{os.getuid()}-{mark}"

    @property
    def accounts(self) -> Path:
        """The demonstration's accounts, as `make run` lists them."""
        return self.run / "accounts.txt"

    @contextlib.contextmanager
    def lock(self, name: str, kind: int = fcntl.LOCK_EX, wait: bool = True) -> Iterator[IO[str]]:
        """A locked file inside the block; the lock ends with its process, however that ends.

        Raises BlockingIOError when somebody else has it and it shall not `wait`.
        """
        self.make()
        with (self.run / name).open("a") as file:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
            yield file

    def make(self) -> None:
        """Create the folders. Raises SetUpError when the clone can't be written to."""
        try:
            for folder in (self.local, self.logs, self.run):
                folder.mkdir(parents=True, exist_ok=True)
            # For root, PostgreSQL's own user must get through to its data.
            self.local.chmod(0o711 if os.getuid() == 0 else 0o700)
            self.run.chmod(0o700)
        except PermissionError as error:
            raise SetUpError(
                f"{error.filename} can’t be written to. It may have been made by another user; "
                f"remove {self.local} or work in a clone of your own."
            ) from error


def make_private(folder: Path, owner: int) -> None:
    """Create `folder` for user id `owner` alone. Raises SetUpError if another user has it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.getuid()):
        raise SetUpError(f"{folder} belongs to another user; remove it and start again.")
    if os.getuid() == 0:
        os.chown(folder, owner, -1)
    folder.chmod(0o700)
