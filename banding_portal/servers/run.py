"""`make run`: the whole portal as a demonstration, until Ctrl-C."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import FrameType

from .both import Servers
from .children import Children
from .demonstration import environment, read_port
from .errors import SetUpError
from .folders import Folders
from .ports import HOST, check_free
from .prepare import SAID_WHY

READY_SECONDS = 60


class Stopped(Exception):
    """Somebody asked to stop."""


def main() -> int:
    """Run until stopped; 0 when asked to stop, 1 with a sentence when something failed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        run(Folders(), read_port(os.environ.get("PORT") or "8000"))
    except Stopped:
        print("Stopped.")
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(folders: Folders, port: int) -> None:
    """Start everything, say where it is, and look after it until stopped."""
    folders.make()
    with _alone(folders):
        children = Children(folders)
        children.end_left_over()
        check_free(port)
        servers = Servers(folders)
        print("Starting database and queue …", flush=True)
        with servers.held():
            settings = os.environ | environment(folders, port, dict(os.environ))
            settings |= servers.environment()
            try:
                _prepare(children, settings)
                for name, command in _commands(folders, port).items():
                    children.start(name, command, settings)
                _wait_until_ready(children, port)
                _print_welcome(folders, port)
                _look_after(children)
            finally:
                _ignore_further_signals()
                children.stop()


@contextlib.contextmanager
def _alone(folders: Folders) -> Iterator[None]:
    with (folders.run / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetUpError(
                "The portal already runs from this folder. Stop it with Ctrl-C where it runs, "
                "or with `make stop`."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _prepare(children: Children, settings: dict[str, str]) -> None:
    log = children.log("prepare")
    accounts = children.folders.run / "accounts.txt"
    with log.open("w") as errors:
        code = subprocess.run(
            [sys.executable, "-m", "banding_portal.servers.prepare", str(log), str(accounts)],
            cwd=children.folders.clone, env=settings, stderr=errors, check=False,
        ).returncode  # fmt: skip
    if code == SAID_WHY:
        raise SetUpError("Nothing was started.")
    if code:
        raise SetUpError(
            f"Preparing the database failed. The end of {log}:\n{children.log_end('prepare')}"
        )


def _commands(folders: Folders, port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "banding_portal"]
    return {
        "web": [
            *python, "gunicorn", "banding_portal.wsgi", "--bind", f"{HOST}:{port}",
            "--workers", "2", "--threads", "4", "--no-control-socket",
            "--access-logfile", "-",
        ],
        "worker": [*celery, "worker", "--loglevel", "INFO"],
        "beat": [
            *celery, "beat", "--loglevel", "INFO", "--pidfile=",
            "--schedule", str(folders.run / "beat-schedule"),
        ],
    }  # fmt: skip


def _wait_until_ready(children: Children, port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        _check(children)
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10).close()
            return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
            time.sleep(0.5)
        except OSError:
            time.sleep(0.1)
    raise SetUpError(
        f"The portal does not answer on port {port}. The end of {children.log('web')}:\n"
        f"{children.log_end('web')}"
    )


def _print_welcome(folders: Folders, port: int) -> None:
    print(f"\nThe portal is at http://localhost:{port}\n")
    with contextlib.suppress(OSError):
        print((folders.run / "accounts.txt").read_text(encoding="utf-8"))
    print(f"Mail: {folders.local / 'mail'}   Logs: {folders.logs}\nCtrl-C stops it.", flush=True)


def _look_after(children: Children) -> None:
    parent = os.getppid()
    while True:
        _check(children)
        if os.getppid() != parent:  # make itself was killed
            raise Stopped
        time.sleep(0.5)


def _check(children: Children) -> None:
    name = children.ended()
    if name:
        raise SetUpError(
            f"The {name} process ended by itself, so everything is stopped. "
            f"The end of {children.log(name)}:\n{children.log_end(name)}"
        )


def _stop(number: int, frame: FrameType | None) -> None:
    _ignore_further_signals()
    print("\nStopping …", flush=True)
    raise Stopped


def _ignore_further_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
