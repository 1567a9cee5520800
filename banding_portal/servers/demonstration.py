"""What `make run` puts in the environment; whatever is set already stays."""

import os
import secrets
from pathlib import Path

from .folders import Folders
from .ports import HOST

INVENTED = {
    "PORTAL_URL": "http://localhost:8000",
    "LA_CODE": "999",
    "LA_NAME": "Westmere County Council",
    "EMAIL_URL": "consolemail://",
}
"""What only an authority can say; tests and the demonstration have an invented one."""


def environment(folders: Folders, port: int, given: dict[str, str]) -> dict[str, str]:
    """The settings of the demonstration at http://localhost:`port`; `given` ones win."""
    settings = INVENTED | {
        "SECRET_KEY": secret_key(folders.local / "secret_key"),
        "DEBUG": "False",
        "DEMO": "True",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "PORTAL_URL": f"http://localhost:{port}",
        "BIND_ADDRESS": HOST,
        "WEB_CONCURRENCY": "2",
        "BEAT_SCHEDULE": str(folders.run / "beat-schedule"),
        "AUDIT_COPY": str(folders.local / "audit-copy.jsonl"),
    }
    return {name: given.get(name) or value for name, value in settings.items()}


def secret_key(file: Path) -> str:
    """The key in `file`, made the first time; sessions last over restarts because it stays."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    return file.read_text().strip()
