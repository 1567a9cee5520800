"""Files of the demonstration, loaded as an officer would."""

from collections.abc import Callable
from typing import Any

from banding_portal.jobs.results import Result


def load(run: Callable[..., Result], **file: Any) -> Result:
    """Raises ValueError where the file is refused: the demonstration is wrong then."""
    result = run(lambda done, total: None, **file)
    if result.issues:
        raise ValueError(f"The demonstration's file is refused: {result.issues[:3]}")
    return result
