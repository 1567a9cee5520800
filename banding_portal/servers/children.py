"""The processes `make run` looks after: each with its log, ended together."""

import contextlib
import json
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .folders import Folders
from .processes import end, end_group, is_ours

PATIENCE = 10.0


@dataclass
class Children:
    """The running processes by name, and a record of them for whoever comes after a crash."""

    folders: Folders
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def _record(self) -> Path:
        return self.folders.run / "children.json"

    def log(self, name: str) -> Path:
        return self.folders.logs / f"{name}.log"

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start `command` with a fresh log, away from the terminal's Ctrl-C."""
        log = self.log(name)
        if log.exists():
            log.replace(log.with_suffix(".old.log"))
        with log.open("wb") as out:
            self.running[name] = subprocess.Popen(
                command, env=dict(environment), cwd=self.folders.clone, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        pids = {each: process.pid for each, process in self.running.items()}
        self._record.write_text(json.dumps(pids))

    def ended(self) -> str | None:
        """The name of a process that has ended, if any has."""
        for name, process in self.running.items():
            if process.poll() is not None:
                return name
        return None

    def log_end(self, name: str, lines: int = 15) -> str:
        """The last lines `name` wrote."""
        try:
            text = self.log(name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def stop(self) -> None:
        """End all of them with their own children, killing what is left after ten seconds."""
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
        for process in self.running.values():
            end_group(process.pid)
            process.wait()
        self.running.clear()
        self._record.unlink(missing_ok=True)

    def end_left_over(self) -> None:
        """End processes of an earlier run that was killed before it could."""
        try:
            pids: dict[str, int] = json.loads(self._record.read_text())
        except (OSError, ValueError):
            return
        left = [pid for pid in pids.values() if is_ours(pid, "banding_portal", self.folders.clone)]
        for pid in left:
            end(pid)
            end_group(pid)
        self._record.unlink(missing_ok=True)
