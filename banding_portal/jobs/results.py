"""What the work of a job finds or does, and how it tells how far it is."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

from banding_portal.refusals import RefusalError


@dataclass(frozen=True)
class Issue:
    """A problem, or a warning; of a file at the file's own place (rules.md T3)."""

    message: str
    """What is wrong or what is allowed, as a sentence or phrase for the person."""
    sheet: str = ""
    row: int | None = None
    """The file's own row number, as Excel shows it."""
    column: str = ""
    """The column letter."""
    heading: str = ""
    value: str = ""
    """What the person gave, as text."""
    allowed: str = ""
    who: str = ""
    """The pupil or school the row is about, where that is known."""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row or ''}"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "cell": self.cell}


@dataclass
class Result:
    """Issues refuse the work, and undo it; warnings want a confirmation."""

    issues: list[Any] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    preview: dict[str, Any] = field(default_factory=dict)
    """Counts and lists the page shows; JSON only."""
    kept: dict[str, Any] = field(default_factory=dict)
    """Fields of the job's own to save with it, even where what the work did is undone."""
    found: list[Any] = field(default_factory=list)
    """What the job keeps in rows of its own beside a preview, which does not show all of it."""

    @property
    def fingerprint(self) -> str:
        """Changes when the preview or a warning changes; what a person confirmed (T7)."""
        seen = [self.preview, [warning.as_dict() for warning in self.warnings]]
        text = json.dumps(seen, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


Work = TypeVar("Work", bound=Callable[..., Result])


def lists_refusals(work: Work) -> Work:
    """What a service refuses, or the gate of files, are issues of the work like any others."""

    @wraps(work)
    def listed(*args: Any, **kwargs: Any) -> Result:
        try:
            return work(*args, **kwargs)
        except RefusalError as refusal:
            found = (each if isinstance(each, Issue) else Issue(each) for each in refusal.problems)
            return Result(issues=list(found))

    return cast("Work", listed)


def silent(done: int, total: int) -> None:
    """The Progress of work that nobody follows."""


Progress = Callable[[int, int], None]
"""Called with rows or steps done and all of them, as often as the work likes."""
