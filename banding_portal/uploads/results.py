"""What checking an upload finds."""

from dataclasses import asdict, dataclass
from typing import Any

from banding_portal.jobs.results import Progress, Result

__all__ = ["Issue", "Progress", "Result"]


@dataclass(frozen=True)
class Issue:
    """A problem found in an upload, at the file's own place (rules.md T3)."""

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
