"""What a person saw of a row, as a mark a page sends along: whether it says the same by now."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def marks_of(values: Mapping[str, Any]) -> str:
    return ",".join(f"{name}:{mark_of(value)}" for name, value in sorted(values.items()))


def mark_of(value: Any) -> str:
    return hashlib.sha256(plain(value).encode()).hexdigest()[:8]


def plain(value: Any) -> str:
    """A value of a row and of a form, as one and the same text."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | frozenset):
        return "\n".join(sorted(map(plain, value)))
    return "" if value in (None, False) else "\n".join(str(value).split())
