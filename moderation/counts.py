"""What home only counts of moderation."""

from django.db.models import QuerySet
from django.utils import timezone

from banding_portal.counting import Counted, First
from banding_portal.roles import PANEL_MEMBERS, Role
from moderation.choices import CaseState, PanelCaseState
from moderation.evidence.models import EvidenceRequest
from moderation.leases.selectors import lapsed
from moderation.models import Case, Panel
from moderation.panels.selectors import waiting_for_panel
from moderation.selectors.moderators import cases_of_leavers
from moderation.selectors.settling import disputes_to_settle
from schools.models import User


def counts_of(user: User) -> Counted:
    own: Counted = {"own_panels": panels_of(user)} if user.has_role(*PANEL_MEMBERS) else {}
    return own | of_lead(user) if user.has_role(Role.MODERATION_LEAD) else own


def panels_of(user: User) -> QuerySet[Panel]:
    """The panels a person sits on that have something to decide."""
    seated = Panel.objects.filter(seats__person=user, agenda__state=PanelCaseState.AGENDA)
    return seated.distinct()


def of_lead(user: User) -> Counted:
    """How many there are, and the first of each, to which home leads."""
    seen = Case.objects.visible_to(user)
    unassigned = seen.filter(state=CaseState.UNASSIGNED)
    kept = lapsed(seen, timezone.localdate())
    stranded = cases_of_leavers(user)
    disputed = disputes_to_settle(user)
    overdue = EvidenceRequest.objects.on_cases_of(user).overdue()
    return {
        "unassigned": unassigned,
        "unassigned_in": First(unassigned.values("sample")),
        "kept_too_long": kept,
        "kept_in": First(kept.values("sample")),
        "of_leavers": stranded,
        "first_of_leavers": First(stranded.values("pk")),
        "for_a_panel": waiting_for_panel(),
        "evidence_overdue": overdue,
        "first_overdue": First(overdue.values("case")),
        "disputed": disputed,
        "first_disputed": First(disputed.values("pk")),
    }
