"""Fixed vocabularies of banding, and the moves a return may make (rules.md B7)."""

from django.db.models import TextChoices


class CombineKind(TextChoices):
    HIGHEST_NEED = "highest_need", "Highest need"
    BEST_FIT = "best_fit", "Best fit"
    WEIGHTED_SUM = "weighted_sum", "Weighted sum"


class ValueBasis(TextChoices):
    TOP_UP = "top_up", "Top-up"


class FrameworkState(TextChoices):
    """Of a version of a framework. Only a published one is banded under."""

    DRAFT = "draft", "Being prepared"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


FRAMEWORK_MOVES: dict[str, frozenset[str]] = {
    FrameworkState.DRAFT: frozenset({FrameworkState.PUBLISHED}),
    FrameworkState.PUBLISHED: frozenset({FrameworkState.RETIRED}),
    FrameworkState.RETIRED: frozenset({FrameworkState.PUBLISHED}),
}


class CollectionKind(TextChoices):
    EXERCISE = "exercise", "Banding exercise"
    ROUND = "round", "Termly round"


class ReturnState(TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned for correction"


RETURN_MOVES: dict[str, frozenset[str]] = {
    ReturnState.NOT_STARTED: frozenset({ReturnState.IN_PROGRESS, ReturnState.SUBMITTED}),
    ReturnState.IN_PROGRESS: frozenset({ReturnState.SUBMITTED}),
    ReturnState.SUBMITTED: frozenset(
        {ReturnState.ACCEPTED, ReturnState.RETURNED, ReturnState.IN_PROGRESS}
    ),
    ReturnState.RETURNED: frozenset({ReturnState.SUBMITTED}),
    ReturnState.ACCEPTED: frozenset({ReturnState.RETURNED}),
}
# The school still owes something and may change its answers.
OPEN_STATES = frozenset({ReturnState.NOT_STARTED, ReturnState.IN_PROGRESS, ReturnState.RETURNED})


class CollectionMoveKind(TextChoices):
    """What happens to a collection after it was opened."""

    CHANGED = "changed", "Changed"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"
    DELETED = "deleted", "Deleted"


class ReturnMoveKind(TextChoices):
    """What happens to a return, as its page tells it (rules.md B7)."""

    STARTED = "started", "Started"
    READY = "ready", "Headteacher told that it is ready"
    SUBMITTED = "submitted", "Submitted"
    WITHDRAWN = "withdrawn", "Taken back by the school"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned for correction"
    REOPENED = "reopened", "Opened again for correction"
    EXTENDED = "extended", "Given more time"
    WRITTEN = "written", "The authority wrote"


class PupilChange(TextChoices):
    """How a pupil on a return is accounted for without a decision (rules.md B7, S7)."""

    LEFT = "left", "Left"
    NOT_OURS = "not_ours", "Not our pupil"
    STAYING_ON = "staying_on", "Staying on"
    NO_BAND = "no_band", "Needs no band"


class PupilStatus(TextChoices):
    """Where a pupil on a return stands who is banded; the others stand at their change."""

    NOT_STARTED = "not_started", "Not started"
    DRAFT = "draft", "Draft"
    NEEDS_REASON = "needs_reason", "Needs a reason"
    NEEDS_EVIDENCE = "needs_evidence", "Needs evidence"
    READY = "ready", "Ready"
    SUBMITTED = "submitted", "Submitted"
    CARRYING_ON = "carrying_on", "Carrying on"
    LEAVING = "leaving", "Leaving"
    NOT_APPLIED = "not_applied", "Not applied for"
    OTHER_LA = "other_la", "Another authority’s"


class RoundList(TextChoices):
    """The lists a round by exception shows a school (rules.md B10)."""

    CARRYING_ON = "carrying_on", "Carrying on"
    LEAVING = "leaving", "Leaving"
    TO_TELL = "to_tell", "Please tell us"


class RollOverKind(TextChoices):
    """What becomes of a pupil when an academic year ends (rules.md S7)."""

    LEAVES = "leaves", "Leaves: last year group"
    TURNED_25 = "turned_25", "Leaves: turned 25"
    STAYS = "stays", "Stays on"
    CEASED = "ceased", "Plan has ended"


TAKEN_OFF = frozenset({RollOverKind.LEAVES, RollOverKind.TURNED_25})
"""Their placement ends with the year; of those whose plan has ended somebody says whether."""

# The pupil is somebody else's to decide on.
AWAY = frozenset({PupilChange.LEFT, PupilChange.NOT_OURS})
# No decision of theirs is submitted.
OFF_THE_RETURN = frozenset({PupilChange.LEFT, PupilChange.NOT_OURS, PupilChange.NO_BAND})


class DecisionState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    SUPERSEDED = "superseded", "Superseded"
    MISTAKEN = "mistaken", "Entered by mistake"


DECISION_MOVES: dict[str, frozenset[str]] = {
    DecisionState.DRAFT: frozenset({DecisionState.SUBMITTED}),
    DecisionState.SUBMITTED: frozenset({DecisionState.SUPERSEDED, DecisionState.MISTAKEN}),
    DecisionState.SUPERSEDED: frozenset({DecisionState.SUBMITTED}),
    DecisionState.MISTAKEN: frozenset({DecisionState.SUBMITTED}),
}


class DecisionSource(TextChoices):
    """Who made a decision. For SEN Support only SETTLED sources count for funding (B9)."""

    SCHOOL = "school", "School"
    PANEL = "panel", "Panel"
    AUTHORITY = "authority", "Entered by the authority"
    MODERATION = "moderation", "Moderation outcome"


SETTLED_SOURCES = frozenset(
    {DecisionSource.PANEL, DecisionSource.AUTHORITY, DecisionSource.MODERATION}
)


class DifferenceKind(TextChoices):
    """How a caseload file and the portal differ about a pupil."""

    PERHAPS = "perhaps", "Perhaps the same child"
    CONTRADICTING = "contradicting", "Contradicting"
    ENDED_HERE = "ended_here", "Ended here"
    ENDED_THERE = "ended_there", "Ended in the file"
    MOVED = "moved", "Moved"
    CHANGED = "changed", "Changed in the file"
    NEW = "new", "New"
    MISSING = "missing", "Missing from the file"


class CaseloadAnswer(TextChoices):
    """Which side of a difference holds."""

    FILE = "file", "Take the file’s"
    OURS = "ours", "Keep ours"


SAME_CHILD_ANSWERS = {CaseloadAnswer.FILE: "Another child", CaseloadAnswer.OURS: "The same child"}
"""The two sides in the words of that question."""


class JoinerState(TextChoices):
    DRAFT = "draft", "Not submitted yet"
    WAITING = "waiting", "Waiting for the authority"
    PLACED = "placed", "Placed"
    REFUSED = "refused", "Not accepted"


JOINER_MOVES: dict[str, frozenset[str]] = {
    JoinerState.DRAFT: frozenset({JoinerState.WAITING}),
    JoinerState.WAITING: frozenset({JoinerState.PLACED, JoinerState.REFUSED}),
}


class LeaverState(TextChoices):
    """Of a pupil whom a school tells as having left, out of a return."""

    WAITING = "waiting", "Waiting for the authority"
    ACCEPTED = "accepted", "Taken off your roll"
    REFUSED = "refused", "Not accepted"


LEAVER_WORDS = dict(LeaverState.choices) | {LeaverState.ACCEPTED: "Taken off the roll"}
"""As an officer reads them, for whom it is not “your roll”."""
LEAVER_MOVES: dict[str, frozenset[str]] = {
    LeaverState.WAITING: frozenset({LeaverState.ACCEPTED, LeaverState.REFUSED}),
}


class DetailState(TextChoices):
    """Of details of a pupil that a school says are wrong."""

    WAITING = "waiting", "Waiting for the authority"
    ACCEPTED = "accepted", "Corrected"
    REFUSED = "refused", "Not corrected"


DETAIL_MOVES: dict[str, frozenset[str]] = {
    DetailState.WAITING: frozenset({DetailState.ACCEPTED, DetailState.REFUSED}),
}


class TransferState(TextChoices):
    """What a school that is named for a pupil after a phase transfer says (rules.md S7)."""

    ASKED = "asked", "Not confirmed yet"
    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Not coming"


TRANSFER_MOVES: dict[str, frozenset[str]] = {
    TransferState.ASKED: frozenset({TransferState.COMING, TransferState.NOT_COMING}),
}


class NamedBy(TextChoices):
    """Who named the school that a pupil goes to."""

    SCHOOL = "school", "The present school"
    PLAN = "plan", "The plan"


class RequestState(TextChoices):
    """Of an exceptional request (rules.md B11)."""

    WAITING = "waiting", "Waiting for an answer"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Not agreed"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST_MOVES: dict[str, frozenset[str]] = {
    RequestState.WAITING: frozenset(
        {RequestState.AGREED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
}


class ChangeRequestState(TextChoices):
    """Of a request to change a band after the return was accepted (rules.md B14)."""

    WAITING = "waiting", "Waiting for an answer"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Not agreed"
    WITHDRAWN = "withdrawn", "Withdrawn"


CHANGE_REQUEST_MOVES: dict[str, frozenset[str]] = {
    ChangeRequestState.WAITING: frozenset(
        {ChangeRequestState.AGREED, ChangeRequestState.REFUSED, ChangeRequestState.WITHDRAWN}
    ),
}


class RecipientKind(TextChoices):
    SENCO = "senco", "SENCO"
    HEADTEACHER = "headteacher", "Headteacher"
    AUTHORITY = "authority", "Authority’s digest"


class ReminderState(TextChoices):
    """What became of a reminder, or of a day of them (rules.md R1, R2)."""

    SENT = "sent", "Sent"
    WAITING = "waiting", "Waiting"
    PLANNED = "planned", "Planned"
    MISSED = "not_sent", "Not sent"
    REFUSED = "refused", "Undeliverable"
    UNCERTAIN = "not_certain", "May have been sent"
