"""The cache, without which the portal still works: people sign in while Redis is away.

Nothing that must last is in it. What is counted there, wrong passwords above all, is counted by
each web process alone meanwhile, so that a server that is away opens no door to guessing.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
PAUSE = 10.0
"""Seconds before a server that did not answer is asked again."""


def patient(name: str) -> Callable[..., Any]:
    asked = getattr(RedisCache, name)

    @wraps(asked)
    def answer(self: "PatientCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self.away_until:
            try:
                return asked(self, *args, **kwargs)
            except RedisError as problem:
                log.warning("cache_away", error=type(problem).__name__)
                type(self).away_until = time.monotonic() + PAUSE
        return getattr(self.meanwhile, name)(*args, **kwargs)

    return answer


class PatientCache(RedisCache):
    """Redis; while it does not answer, the memory of this process."""

    away_until = float("-inf")

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        rest = {name: value for name, value in params.items() if name != "OPTIONS"}
        self.meanwhile = LocMemCache("patient", rest)

    add = patient("add")
    get = patient("get")
    set = patient("set")
    touch = patient("touch")
    delete = patient("delete")
    has_key = patient("has_key")
    incr = patient("incr")
    get_many = patient("get_many")
    set_many = patient("set_many")
    delete_many = patient("delete_many")
    clear = patient("clear")
