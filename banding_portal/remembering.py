"""What several parts of one page ask for is read once: home, where every app tells something.

Only while a page is put together (`remembering`); otherwise everything is read anew each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Nothing may be written meanwhile that changes what is read. Within another it changes
    nothing.
    """
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remembered(read: Callable[P, R]) -> Callable[P, R]:
    """A function without arguments, or of things that stay the same objects, like the person."""

    @wraps(read)
    def known(*args: P.args, **kwargs: P.kwargs) -> R:
        found = _known.get()
        if found is None:
            return read(*args, **kwargs)
        key = (read, *map(id, args), *kwargs.items())
        if key not in found:
            found[key] = read(*args, **kwargs), args  # Kept, so that no other gets its id.
        return found[key][0]

    return known
