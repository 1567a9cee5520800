"""The embedded Redis-protocol server, for the queue and the cache, in `.local/redis`."""

import json
import os
import secrets
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .errors import SetUpError
from .folders import Folders
from .installed import redis_program
from .ports import HOST, free_port
from .processes import end, is_program


@dataclass(frozen=True)
class Redis:
    """The Redis-protocol server of one clone. It keeps nothing over a stop."""

    folders: Folders

    @property
    def _state_file(self) -> Path:
        return self.folders.run / "redis.json"

    @property
    def _config_file(self) -> Path:
        return self.folders.redis / "valkey.conf"

    @property
    def log(self) -> Path:
        return self.folders.logs / "redis.log"

    def url(self, number: int = 0) -> str:
        """The `REDIS_URL` of database `number`. Raises SetUpError when the server isn't running."""
        state = self._state()
        if state is None:
            raise SetUpError("The Redis-protocol server isn't running.")
        return f"redis://:{state['password']}@{HOST}:{state['port']}/{number}"

    def is_running(self) -> bool:
        """Whether this clone's server runs, whatever a stale file says."""
        return self._pid() is not None

    def start(self) -> None:
        """Start the server on a free port, unless it runs."""
        if self.is_running():
            return
        for _ in range(3):  # another program may take the free port first
            if self._try_start():
                return
        end_of_log = "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])
        raise SetUpError(
            f"The Redis-protocol server did not start. The end of {self.log}:\n{end_of_log}"
        )

    def stop(self) -> None:
        """Stop the server, if it runs."""
        pid = self._pid()
        if pid is not None:
            end(pid)
        self._state_file.unlink(missing_ok=True)

    def _try_start(self) -> bool:
        port, password = free_port(), secrets.token_hex(16)
        self._config_file.touch(mode=0o600)
        self._config_file.write_text(
            f"bind {HOST}\nport {port}\nrequirepass {password}\nmaxmemory-policy noeviction\n"
            'save ""\nappendonly no\ndaemonize no\n'
        )
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [redis_program(), str(self._config_file)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folders.redis, start_new_session=True,
            )  # fmt: skip
        if not _answers(process, port, password):
            process.kill()
            process.wait()
            return False
        state = {"pid": process.pid, "port": port, "password": password}
        new = self._state_file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(state))
        os.replace(new, self._state_file)
        process.returncode = 0  # it outlives this process on purpose
        return True

    def _state(self) -> dict[str, int | str] | None:
        try:
            state: dict[str, int | str] = json.loads(self._state_file.read_text())
        except (OSError, ValueError):
            return None
        return state

    def _pid(self) -> int | None:
        state = self._state()
        if state is None:
            return None
        # The server shows its address instead of its arguments, so look for the port.
        pid = int(state["pid"])
        return pid if is_program(pid, "valkey-server", str(state["port"])) else None


def _answers(process: subprocess.Popen[bytes], port: int, password: str) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=1) as line:
                line.sendall(f"AUTH {password}\r\n".encode())
                if line.recv(64).startswith(b"+OK"):
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False
