"""Fixed vocabularies of moderation, and the moves a case may make (rules.md M4, M5)."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    RANDOM = "random", "Random"
    TARGETED = "targeted", "Targeted"


class Allocation(TextChoices):
    """How the cases of a sample are allotted to its strata (M2)."""

    SHARE = "share", "The same share of every stratum"
    EQUAL = "equal", "Every stratum as precise as the others"
    NEYMAN = "neyman", "More where bands differed last time"


class TargetReason(TextChoices):
    """Why a case is judged that is in no statistics (M3)."""

    APPLICATION = "application", "An application at SEN Support"
    SCHOOL = "school", "No other case of its school was drawn"
    WIDENED = "widened", "The sample was widened at its school"
    TOP_BAND = "top_band", "The highest band"
    EXCEPTIONAL = "exceptional", "An exceptional band"
    JUMP = "jump", "A jump of two bands or more"
    OUTLYING = "outlying", "A school whose bands lie apart"
    RECHECK = "recheck", "A re-check of accepted decisions"
    COMPLAINT = "complaint", "A complaint"
    BY_HAND = "by_hand", "Another reason"


HAND_REASONS = (TargetReason.COMPLAINT, TargetReason.BY_HAND)
"""Those for which the lead names the pupil, and says why."""


class SeedFrom(TextChoices):
    """Who chose the seed: nobody can try seeds until the list suits them (M2)."""

    PORTAL = "portal", "Chance, when the sample was drawn"
    GIVEN = "given", "Given by who drew it"


class ResultsFormat(TextChoices):
    """What the results of a sample are written as (M7)."""

    CSV = "csv", "CSV"
    EXCEL = "xlsx", "Excel"


class CaseState(TextChoices):
    UNASSIGNED = "unassigned", "Not assigned"
    ASSIGNED = "assigned", "To be judged"
    JUDGED = "judged", "To be settled"
    EVIDENCE = "evidence", "Waiting for evidence"
    PANEL = "panel", "With the panel"
    SETTLED = "settled", "Settled"


ALLOWED: dict[str, frozenset[str]] = {
    CaseState.UNASSIGNED: frozenset({CaseState.ASSIGNED}),
    CaseState.ASSIGNED: frozenset({CaseState.UNASSIGNED, CaseState.JUDGED, CaseState.SETTLED}),
    CaseState.JUDGED: frozenset({CaseState.EVIDENCE, CaseState.PANEL, CaseState.SETTLED}),
    CaseState.EVIDENCE: frozenset({CaseState.JUDGED, CaseState.SETTLED}),
    CaseState.PANEL: frozenset({CaseState.JUDGED, CaseState.SETTLED}),
    CaseState.SETTLED: frozenset({CaseState.ASSIGNED, CaseState.JUDGED, CaseState.PANEL}),
}
# Not judged by everybody yet, so it can still be given to somebody else.
ASSIGNABLE = frozenset({CaseState.UNASSIGNED, CaseState.ASSIGNED})
WAITING_FOR_SECOND = "Waiting for the second moderator"
WAITING_FOR_FIRST = "Waiting for the first moderator"
"""What ASSIGNED means for a person whose own judgement is locked."""
# Not finished: somebody still has to do something.
OPEN_STATES = frozenset(CaseState) - {CaseState.SETTLED}
# Everybody who judges it has, and it is not settled yet.
JUDGED_BY_ALL = OPEN_STATES - ASSIGNABLE


class EvidenceState(TextChoices):
    """Of what a school is asked to send about a case (M5)."""

    ASKED = "asked", "To be answered"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


EVIDENCE_MOVES: dict[str, frozenset[str]] = {
    EvidenceState.ASKED: frozenset({EvidenceState.ANSWERED, EvidenceState.WITHDRAWN}),
}


class PanelRoute(TextChoices):
    """How a case comes to a panel (M5)."""

    ESCALATED = "escalated", "Escalated"
    CHALLENGED = "challenged", "Challenged by the school"


class PanelCaseState(TextChoices):
    WAITING = "waiting", "Waiting for a panel"
    AGENDA = "agenda", "On the agenda"
    DECIDED = "decided", "Decided by the panel"
    TAKEN_BACK = "taken_back", "Taken back"


PANEL_CASE_MOVES: dict[str, frozenset[str]] = {
    PanelCaseState.WAITING: frozenset({PanelCaseState.AGENDA, PanelCaseState.TAKEN_BACK}),
    PanelCaseState.AGENDA: frozenset(
        {PanelCaseState.WAITING, PanelCaseState.DECIDED, PanelCaseState.TAKEN_BACK}
    ),
}
PANEL_CASE_OPEN = frozenset({PanelCaseState.WAITING, PanelCaseState.AGENDA})


class OutcomeKind(TextChoices):
    UPHELD = "upheld", "Upheld"
    CHANGED = "changed", "Changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ChangeReason(TextChoices):
    NEED_HIGHER = "need_higher", "Need is greater than recorded"
    NEED_LOWER = "need_lower", "Need is less than recorded"
    DESCRIPTOR = "descriptor", "A different descriptor fits"
    PROVISION = "provision", "Provision is already secured another way"
    RECORD = "record", "Mistake in the record"


class Confidence(TextChoices):
    SURE = "sure", "Sure"
    FAIRLY = "fairly", "Fairly sure"
    UNSURE = "unsure", "Not sure"
