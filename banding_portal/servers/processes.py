"""Looking at processes by id without trusting a file that may be stale."""

import contextlib
import os
import signal
import time
from pathlib import Path

import psutil


def is_program(pid: int, program: str, *words: str) -> bool:
    """Whether process `pid` is alive, is `program` and has all `words` on its command line.

    A process id alone proves nothing: after a crash another process may have it.
    """
    try:
        process = psutil.Process(pid)
        line = process.cmdline()
        name = process.name()
        alive = process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
    return alive and name == program and all(any(word in part for part in line) for word in words)


def end(pid: int, first: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask process `pid` to end, and kill it when it hasn't after `seconds`."""
    for number, patience in ((first, seconds), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not psutil.pid_exists(pid) or is_zombie(pid):
                return
            time.sleep(0.05)


def is_zombie(pid: int) -> bool:
    """Whether `pid` has ended and only waits to be collected."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return True


def read_pid(file: Path) -> int | None:
    """The process id on the first line of `file`, or None when there is none to be read."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def is_ours(pid: int, word: str, folder: Path) -> bool:
    """Whether `pid` works in `folder` and has `word` on its command line."""
    try:
        process = psutil.Process(pid)
        return Path(process.cwd()) == folder and any(word in part for part in process.cmdline())
    except psutil.Error:
        return False


def end_group(pid: int) -> None:
    """Kill what is left of the process group led by `pid`."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
