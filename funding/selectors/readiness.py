"""What of a run's content stands against sending and publishing it (rules.md F6, F7)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from banding_portal.roles import FINANCE_AUTHORISER
from banding_portal.words import counted
from funding.choices import LineKind, RunState
from funding.models import Run
from funding.selectors.calculations import is_being_calculated
from funding.selectors.fingerprints import inputs_have_changed
from schools.models import User

EMPTY = "It has no lines: there is nothing to pay and nothing to adjust."
CHANGED = (
    "Values, placements, plans, bands or what schools reported have changed since this run was "
    "calculated."
)
ADVICE = {
    RunState.DRAFT: "Calculate again.",
    RunState.CHECKED: "Send it back to calculate again, or it is published as it was calculated "
    "and the difference is adjusted in the next run.",
}


class Remedy(StrEnum):
    """What helps against a reason, by the name of the action. What comes first is to be done
    first: calculating again may do away with the others.
    """

    CALCULATE = "calculate"
    VALUES = "values"
    CLEAR = "clear"


REMEDIES = {
    Remedy.VALUES: "Set the values first.",
    Remedy.CLEAR: "",
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
    """No lines, lines without a value, exceptions not cleared, another run published since; four
    queries.
    """
    reasons = []
    if not run.is_outdated and not run.lines.exists():
        reasons.append(Reason(EMPTY, Remedy.CALCULATE))
    unvalued = run.lines.filter(kind=LineKind.UNVALUED).count()
    if unvalued:
        are = "is" if unvalued == 1 else "are"
        text = f"{counted(unvalued, 'line')} {are} on a band without a value."
        reasons.append(Reason(text, Remedy.VALUES))
    uncleared = run.exceptions.filter(cleared_at=None).count()
    if uncleared:
        are = "is" if uncleared == 1 else "are"
        text = f"{counted(uncleared, 'exception')} {are} not cleared yet."
        reasons.append(Reason(text, Remedy.CLEAR))
    if Run.objects.filter(state=RunState.PUBLISHED).count() != run.published_before:
        text = "Another run was published after this one."
        reasons.append(Reason(text, Remedy.CALCULATE))
    return reasons


class Standing:
    """How a run stands, of which a person sees and does something; worked out when wanted."""

    def __init__(self, run: Run, user: User) -> None:
        self.run, self.user = run, user

    @property
    def is_open(self) -> bool:
        return self.run.state != RunState.PUBLISHED

    @cached_property
    def in_content(self) -> list[Reason]:
        return reasons_in_content(self.run) if self.is_open else []

    @property
    def of_person(self) -> list[str]:
        """Why this person can't publish it, whatever it holds, though their role lets them."""
        if not self.is_open or not self.user.has_role(*FINANCE_AUTHORISER):
            return []
        return reasons_of_person(self.run, self.user)

    @cached_property
    def is_at_work(self) -> bool:
        return self.run.state == RunState.DRAFT and is_being_calculated(self.run)

    @cached_property
    def changed(self) -> str:
        """That an open run rests on something that is different now, and what helps."""
        if not self.is_open or not self.run.inputs_hash or not inputs_have_changed(self.run):
            return ""
        return f"{CHANGED} {ADVICE[RunState(self.run.state)]}"

    @property
    def remedy(self) -> Remedy | None:
        """What has to be done first with a draft, if anything."""
        if self.run.state != RunState.DRAFT:
            return None
        if self.run.is_outdated or self.changed:
            return Remedy.CALCULATE
        found = {reason.remedy for reason in self.in_content}
        return next((remedy for remedy in Remedy if remedy in found), None)


def reasons_of_person(run: Run, by: User) -> list[str]:
    """Why this person can't publish it, whatever it holds; empty when nothing."""
    if by.pk == run.prepared_by_id:
        return ["You prepared this run. Somebody else has to publish it."]
    if by.pk == run.sent_by_id:
        return ["You sent this run for checking. Somebody else has to publish it."]
    return []
