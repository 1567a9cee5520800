"""What never stands in a log: what people typed, and links that let somebody in.

A path keeps its beginning, an exception its kind and its place in the code. What an exception says
is left out, for a database’s says the values of the row it refused.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

SECRET_PATHS = re.compile(
    r"(/invitations/|/addresses/|/password/reset/key/|/confirm-email/|/calendar/)[^/\s\"'?]+"
)
QUERY = re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def quiet(text: str) -> str:
    """Addresses in a text without the secret in them, and without what was asked for."""
    return QUERY.sub(r"\1", SECRET_PATHS.sub(r"\1…", text))


def frames(exc_info: ExcInfo) -> str:
    """A traceback without what the exceptions say; of a database’s refusal, which rule it was."""
    error: BaseException | None = exc_info[1]
    parts, seen = [], set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        where = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{where}{kind_of(error)}")
        after = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or after
    return "\n\n".join(reversed(parts))


def kind_of(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    diagnosis = getattr(error, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "table_name", None)
    return f"{name} ({rule})" if rule else name


class Quiet(logging.Filter):
    """For handlers: no address with a secret, and no words of an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, Mapping) and "exc" in record.args:  # Celery’s of a task
            told = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
            record.args = {**record.args, "exc": told, "traceback": ""}
        if isinstance(record.msg, str):
            record.msg, record.args = quiet(record.getMessage()), None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = frames(record.exc_info)
        return True


def quiet_event(_: Any, __: str, event: Any) -> Any:
    """The same for lines of our own, a processor of structlog."""
    for name in ("event", "path"):
        if isinstance(event.get(name), str):
            event[name] = quiet(event[name])
    return event
