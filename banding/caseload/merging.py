"""Which side holds where a caseload file and the portal differ (rules.md B5). Pure.

What the file said when it was loaded last tells who changed it: where the file says it still, it
was changed here, and loading the file again must not undo that.
"""

from typing import Any, Final, NamedTuple

from banding.choices import CaseloadAnswer, DifferenceKind


class _Unsaid:
    """The file has never said anything about it."""


UNSAID: Final = _Unsaid()


class Verdict(NamedTuple):
    """What kind of difference it is, and what holds until a person says otherwise."""

    kind: DifferenceKind
    answer: CaseloadAnswer


TAKEN = Verdict(DifferenceKind.CHANGED, CaseloadAnswer.FILE)
KEPT = Verdict(DifferenceKind.CONTRADICTING, CaseloadAnswer.OURS)
ENDED_THERE = Verdict(DifferenceKind.ENDED_THERE, CaseloadAnswer.FILE)
ENDED_HERE = Verdict(DifferenceKind.ENDED_HERE, CaseloadAnswer.OURS)
NEW = Verdict(DifferenceKind.NEW, CaseloadAnswer.FILE)
MOVED = Verdict(DifferenceKind.MOVED, CaseloadAnswer.FILE)


def verdict_on_value(said: Any, ours: Any) -> Verdict:
    """On a value in which the sides differ: the file's, unless it was changed here since."""
    return TAKEN if said is UNSAID or said == ours else KEPT


def verdict_on_end(said: Any, theirs: Any, ours: Any) -> Verdict:
    """On ends that differ; None is no end. A blank takes away only what the file had said."""
    if said is not UNSAID and said == ours:
        return ENDED_THERE if theirs else TAKEN
    if theirs is None:
        return ENDED_HERE
    return ENDED_THERE if said is UNSAID and ours is None else KEPT
