"""What every service has in common: one transaction, on record under the name of who asked."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from banding_portal.states import acting

P = ParamSpec("P")
R = TypeVar("R")


def verb(service: Callable[P, R]) -> Callable[P, R]:
    """Run a service in a transaction; the audit trail names its `by`.

    So a command that works for somebody stands under the same name as the page would.
    """

    @wraps(service)
    def recorded(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), acting(kwargs.get("by")):
            return service(*args, **kwargs)

    return recorded
