"""A case follows the decision that replaces the one it is about (M10)."""

from collections.abc import Mapping
from uuid import UUID

from moderation.choices import OPEN_STATES
from moderation.models import Case
from schools.models import User


def follow_decisions(replaced: Mapping[UUID, UUID], *, by: User | None) -> None:
    """Open cases of replaced decisions are about what replaces them; what is judged stays judged,
    for nobody has seen either. The statistics keep what was drawn.
    """
    held = Case.objects.select_for_update(of=("self",)).order_by("pk")
    cases = list(held.filter(decision__in=replaced, state__in=OPEN_STATES))
    for case in cases:
        case.first_decision_id = case.first_decision_id or case.decision_id
        case.decision_id = replaced[case.decision_id]
    Case.objects.bulk_update(cases, ["decision", "first_decision"])
