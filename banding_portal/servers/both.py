"""Both servers together, shared by every command that uses this clone."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .folders import Folders
from .postgres import Postgres
from .redis import Redis

DATABASE = "banding_portal"


@dataclass
class Servers:
    """The embedded servers not replaced by `DATABASE_URL` or `REDIS_URL`.

    Users of the servers hold a shared lock that ends with their process, even when it is killed.
    Whoever lets go last stops the servers, unless `start` asked for them to stay.
    """

    folders: Folders = field(default_factory=Folders)
    given: dict[str, str] = field(default_factory=lambda: dict(os.environ))

    def __post_init__(self) -> None:
        self.postgres = None if self.given.get("DATABASE_URL") else Postgres(self.folders)
        self.redis = None if self.given.get("REDIS_URL") else Redis(self.folders)

    @property
    def _stay(self) -> Path:
        return self.folders.run / "stay"

    def start(self) -> None:
        """Start both and let them stay until `stop`."""
        with self._lock("start.lock"):
            self._start()
            self._stay.touch()

    def stop(self) -> None:
        """Stop both, whoever uses them."""
        with self._lock("start.lock"):
            self._stay.unlink(missing_ok=True)
            self._stop()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Have both running inside the block; the last to leave stops them."""
        with self._open("in-use.lock") as using:
            with self._lock("start.lock"):
                fcntl.flock(using, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                with self._lock("start.lock"):
                    if not self._stay.exists() and _is_last(using):
                        self._stop()

    def environment(self, database: str = DATABASE, number: int = 0) -> dict[str, str]:
        """`DATABASE_URL` and `REDIS_URL`, the given ones or the embedded servers'.

        The embedded database is created when missing.
        """
        found = {name: self.given.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        if self.postgres:
            self.postgres.make_database(database)
            found["DATABASE_URL"] = self.postgres.url(database)
        if self.redis:
            found["REDIS_URL"] = self.redis.url(number)
        return found

    def _start(self) -> None:
        for server in (self.postgres, self.redis):
            if server:
                server.start()

    def _stop(self) -> None:
        for server in (self.redis, self.postgres):
            if server:
                server.stop()

    def _open(self, name: str) -> IO[str]:
        self.folders.make()
        return (self.folders.run / name).open("a")

    @contextlib.contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with self._open(name) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _is_last(using: IO[str]) -> bool:
    try:
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
