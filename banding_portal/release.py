"""Which release of the portal this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def release() -> str:
    """The version in pyproject.toml, like 0.1.0."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
