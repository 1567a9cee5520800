"""Makes `.venv` and installs the packages. Run as a file, by whatever Python there is.

So it imports nothing of ours, and an old Python must be able to read it.
"""

import os
import shutil
import subprocess
import sys

CLONE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(CLONE, ".venv")
LOG = os.path.join(CLONE, ".local", "logs", "packages.log")
OLDEST = (3, 11)
NO_NETWORK = ("NewConnectionError", "Connection refused", "NameResolutionError", "ProxyError",
              "Temporary failure in name resolution", "ConnectTimeoutError",
              "Network is unreachable", "nodename nor servname")  # fmt: skip


def complaint(version):
    """What is wrong with a Python of `version`, or an empty string."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {version[0]}.{version[1]}. "
        "Install a newer one, or name it: make PYTHON=/path/to/python3.12 run"
    )


def install_complaint(log):
    """A sentence on why installing failed, from what pip said."""
    if any(word in log for word in NO_NETWORK):
        return (
            "The packages could not be fetched: the package index can’t be reached. "
            "The first set-up needs the network; try again with it."
        )
    if "No space left on device" in log:
        return "The packages need about 700 MB, and the disk is full."
    last = "\n".join(log.strip().splitlines()[-5:])
    return f"The packages could not be installed. The end of {LOG}:\n{last}"


def make():
    """Create `.venv` unless it works already."""
    os.umask(0o022)  # root's PostgreSQL runs as another user, who must read its programs
    python = os.path.join(VENV, "bin", "python")
    works = [python, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    if os.path.exists(python) and _quiet(works)[0] == 0:
        return
    if os.path.exists(VENV):
        shutil.rmtree(VENV)
    code, said = _quiet([sys.executable, "-m", "venv", VENV])
    if code:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in said:
            sys.exit(
                "This Python can’t make virtual environments. "
                "On Debian and Ubuntu, `apt-get install python3-venv` adds that."
            )
        sys.exit(f"The virtual environment could not be made:\n{said}")


def install():
    """Install the pinned packages into `.venv`."""
    print("Installing packages, once; a minute or two …", flush=True)
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    code, said = _quiet(
        [os.path.join(VENV, "bin", "python"), "-m", "pip", "install", "--retries", "2",
         "--disable-pip-version-check", "-r", os.path.join(CLONE, "requirements-dev.txt")]
    )  # fmt: skip
    with open(LOG, "w", encoding="utf-8") as log:
        log.write(said)
    if code:
        sys.exit(install_complaint(said))


def _quiet(command):
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd=CLONE
    )
    return result.returncode, result.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    if complaint(sys.version_info):
        sys.exit(complaint(sys.version_info))
    make()
    install()
    with open(os.path.join(VENV, ".stamp"), "w", encoding="utf-8"):
        pass
