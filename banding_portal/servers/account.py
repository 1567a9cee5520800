"""Whose processes the embedded PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any

from .errors import SetUpError

NAME = "embedded_postgres"


def for_postgres(data: Path, programs: Path) -> dict[str, Any]:
    """Arguments to run PostgreSQL's programs with: oneself, or for root a user of its own.

    For root, that user is created when missing and let through to the data and the programs.
    """
    if os.getuid() != 0:
        return {}
    entry = _ensure_user()
    for folder in (*data.parents, *programs.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


def _ensure_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"PostgreSQL does not run as root, and a user {NAME} for it could not be made. "
            "Run as another user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(NAME)
