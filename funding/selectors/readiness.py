"""What of a run's content stands against sending and publishing it (rules.md F6, F7)."""

from dataclasses import dataclass
from enum import StrEnum

from banding_portal.words import counted
from funding.choices import LineKind, RunState
from funding.models import Run


class Remedy(StrEnum):
    """What helps against a reason; the page has a link for each."""

    VALUES = "values"
    EXCEPTIONS = "exceptions"
    CALCULATE = "calculate"


REMEDIES = {
    Remedy.VALUES: "Set the values first.",
    Remedy.EXCEPTIONS: "",
    Remedy.CALCULATE: "Calculate the run again.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the one that says what helps."""

    text: str
    remedy: Remedy

    @property
    def advice(self) -> str:
        return REMEDIES[self.remedy]

    def __str__(self) -> str:
        return f"{self.text} {self.advice}".strip()


def reasons_in_content(run: Run) -> list[Reason]:
    """Lines without a value, exceptions not cleared, another run published since; three queries."""
    reasons = []
    unvalued = run.lines.filter(kind=LineKind.UNVALUED).count()
    if unvalued:
        are = "is" if unvalued == 1 else "are"
        text = f"{counted(unvalued, 'line')} {are} on a band without a value."
        reasons.append(Reason(text, Remedy.VALUES))
    uncleared = run.exceptions.filter(cleared_at=None).count()
    if uncleared:
        are = "is" if uncleared == 1 else "are"
        text = f"{counted(uncleared, 'exception')} {are} not cleared yet."
        reasons.append(Reason(text, Remedy.EXCEPTIONS))
    if Run.objects.filter(state=RunState.PUBLISHED).count() != run.published_before:
        text = "Another run was published after this one."
        reasons.append(Reason(text, Remedy.CALCULATE))
    return reasons
