"""`make run`: the whole portal as a demonstration, until Ctrl-C.

The processes are those of the Procfile, kept by honcho.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from .both import Servers
from .demonstration import environment
from .errors import SetUpError, with_log
from .folders import Folders
from .ports import HOST, check_free, read_port
from .prepare import SAID_WHY
from .processes import MARK, end_marked

READY_SECONDS = 60


class StoppedError(Exception):
    """Somebody asked to stop."""


def main() -> int:
    """Run until stopped; 0 when asked to stop, 1 with a sentence when something failed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        run(Folders(), read_port(os.environ.get("PORT") or "8000"))
    except StoppedError:
        print("Stopped.")
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(folders: Folders, port: int) -> None:
    """Start everything, say where it is, and look after it until stopped."""
    with _alone(folders):
        end_marked(folders.clone)  # what an earlier run left when it was killed
        check_free(port)
        servers = Servers(folders)
        print("Starting database and queue …", flush=True)
        with servers.held():
            settings = os.environ | environment(folders, port, dict(os.environ))
            settings |= servers.environment(two_roles=True) | {
                MARK: str(folders.clone),
                "PORT": str(port),
            }
            try:
                _prepare(folders, settings)
                _show(folders, port, settings)
            finally:
                _ignore_further_signals()
                end_marked(folders.clone)


@contextlib.contextmanager
def _alone(folders: Folders) -> Iterator[None]:
    with contextlib.ExitStack() as leaving:
        try:
            lock = leaving.enter_context(folders.lock("run.lock", wait=False))
        except BlockingIOError as error:
            raise SetUpError(
                "The portal already runs from this folder. Stop it with Ctrl-C where it runs, "
                "or with `make stop`."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _prepare(folders: Folders, settings: dict[str, str]) -> None:
    log = folders.logs / "prepare.log"
    with log.open("w") as errors:
        code = subprocess.run(
            [sys.executable, "-m", "banding_portal.servers.prepare", log, folders.accounts],
            cwd=folders.clone, env=settings, stderr=errors, check=False,
        ).returncode  # fmt: skip
    if code == SAID_WHY:
        raise SetUpError("Nothing was started.")
    if code:
        raise with_log("Preparing the database failed.", log)


def _show(folders: Folders, port: int, settings: dict[str, str]) -> None:
    log = folders.logs / "portal.log"
    path = f"{Path(sys.executable).parent}{os.pathsep}{settings.get('PATH', os.defpath)}"
    own = {name: value for name, value in settings.items() if name != "DATABASE_OWNER_URL"}
    with log.open("w") as out:
        # Away from the terminal's Ctrl-C, and without a file .env.
        portal = subprocess.Popen(
            [sys.executable, "-m", "honcho", "start", "--env="],
            cwd=folders.clone, env=own | {"PATH": path}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    until = time.monotonic() + READY_SECONDS
    while not _answers(port):
        _check(portal, log)
        if time.monotonic() > until:
            raise with_log(f"The portal does not answer on port {port}.", log)
        time.sleep(0.2)
    print(f"\nThe portal is at http://localhost:{port}\n\n{folders.accounts.read_text()}")
    print(f"Mail: {folders.local / 'mail'}   Log: {log}\nCtrl-C stops it.", flush=True)
    parent = os.getppid()
    while os.getppid() == parent:  # until make itself is killed
        _check(portal, log)
        time.sleep(0.5)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10).close()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


def _check(portal: subprocess.Popen[bytes], log: Path) -> None:
    if portal.poll() is not None:
        raise with_log("A process ended by itself, so everything is stopped.", log)


def _stop(number: int, frame: FrameType | None) -> None:
    _ignore_further_signals()
    print("\nStopping …", flush=True)
    raise StoppedError


def _ignore_further_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
