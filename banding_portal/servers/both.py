"""Both servers together, shared by every command that uses this clone."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from .folders import Folders
from .postgres import PORTAL_ROLE, Postgres
from .redis import Redis

DATABASE = "banding_portal"


@dataclass
class Servers:
    """The embedded servers not replaced by `DATABASE_URL` or `REDIS_URL`.

    Users of the servers hold a shared lock that ends with their process, even when it is killed.
    Whoever lets go last stops the servers.
    """

    folders: Folders = field(default_factory=Folders)
    given: dict[str, str] = field(default_factory=lambda: dict(os.environ))

    def __post_init__(self) -> None:
        self.postgres = None if self.given.get("DATABASE_URL") else Postgres(self.folders)
        self.redis = None if self.given.get("REDIS_URL") else Redis(self.folders)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Have both running inside the block; the last to leave stops them."""
        with contextlib.ExitStack() as leaving:
            with self.folders.lock("start.lock"):
                using = leaving.enter_context(self.folders.lock("in-use.lock", fcntl.LOCK_SH))
                self._start()
            try:
                yield
            finally:
                with self.folders.lock("start.lock"), contextlib.suppress(BlockingIOError):
                    fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def stop(self) -> None:
        """Stop both, whoever uses them."""
        with self.folders.lock("start.lock"):
            self._stop()

    def environment(
        self, database: str = DATABASE, number: int = 0, *, two_roles: bool = False
    ) -> dict[str, str]:
        """`DATABASE_URL` and `REDIS_URL`, the given ones or the embedded servers'.

        The embedded database is created when missing. With `two_roles` the first is the portal's
        own, and `DATABASE_OWNER_URL` is whose the tables are; else the first is the owner's.
        """
        found = {name: self.given.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        if self.postgres:
            self.postgres.make_database(database)
            found["DATABASE_URL"] = self.postgres.url(database)
            if two_roles:
                found["DATABASE_OWNER_URL"] = found["DATABASE_URL"]
                found["DATABASE_URL"] = self.postgres.url(database, PORTAL_ROLE)
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
