"""Who may settle a case, and when it may be withdrawn (M5)."""

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from banding.choices import DecisionState
from banding.models import Band
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case, Judgement, Outcome, Proposal
from moderation.models.cases import CaseQuerySet
from moderation.selectors.blind import BlindCase
from moderation.settling import last_day
from schools.choices import SchoolStatus
from schools.models import Placement, School, User
from schools.selectors.successors import Successors

TAKEN_BACK = "The school’s decision no longer counts, and nothing has replaced it."


def may_settle(case: Case | BlindCase, user: User, *, withdrawing: bool = False) -> bool:
    """The lead any case but a dispute of their own; its moderators when they chose one band."""
    if user.pk in case.judge_ids and not withdrawing and is_disputed(case):
        return False
    if user.has_role(Role.MODERATION_LEAD):
        return True
    return user.pk in case.judge_ids and user.has_role(Role.MODERATOR)


def bands_judged(case: Case | BlindCase) -> set[str]:
    """The bands of its locked judgements."""
    locked = Judgement.objects.filter(case=case.pk).exclude(locked_at=None)
    return {str(pk) for pk in locked.values_list("band", flat=True)}


def levels_judged(case: Case, band: Band) -> dict[UUID, UUID]:
    """Area to level of the first locked judgement that chose the band; empty where none did."""
    locked = Judgement.objects.filter(case=case, band=band).exclude(locked_at=None)
    judgement = locked.order_by("locked_at").first()
    return dict(judgement.levels.values_list("area", "level")) if judgement else {}


def year_of(case: Case) -> tuple[dt.date, dt.date]:
    """The first and last day from which an outcome may be in force: the collection's year."""
    decision = case.decision
    collection = decision.collection
    begins = collection.effective_from if collection else decision.effective_from
    return decision.effective_from, last_day(begins)


def proposal_of(case: Case | BlindCase) -> Proposal | None:
    found = Proposal.objects.filter(case=case.pk)
    return found.select_related("band", "made_by").first()


def is_disputed(case: Case | BlindCase) -> bool:
    """Whether its moderators' locked judgements name different bands; one query."""
    return len(bands_judged(case)) > 1


def settled_words(case: Case | BlindCase) -> str:
    """Who settled the case and how, for whom it was to settle; empty while it is open."""
    if case.state != CaseState.SETTLED:
        return ""
    outcome = Outcome.objects.select_related("recorded_by").get(case=case.pk)
    return (
        f"{outcome.recorded_by} has settled this case already, as "
        f"“{outcome.get_kind_display()}”, so nothing more is recorded."
    )


def cases_to_settle(user: User) -> CaseQuerySet:
    """Judged cases waiting for this person: a moderator's own, the lead's disputed ones.

    None of a sample in which they have a case left to judge (M9).
    """
    judging = Case.objects.to_judge(user).order_by().values("sample")
    judged = Case.objects.visible_to(user).filter(state=CaseState.JUDGED).with_bands_judged()
    judged = judged.exclude(sample__in=judging)
    own = Q(moderator=user) | Q(second_moderator=user)
    mine = own & Q(bands_judged=1)
    if user.has_role(Role.MODERATION_LEAD):
        mine |= Q(bands_judged__gt=1) & ~own
        # A proposal waits for anybody else.
        mine |= Q(proposal__isnull=False)
    return judged.filter(mine).exclude(proposal__made_by=user)


def disputes_to_settle(user: User) -> CaseQuerySet:
    """Of these, those whose moderators named different bands."""
    return cases_to_settle(user).filter(Q(bands_judged__gt=1))


def is_taken_back(case: Case | BlindCase) -> bool:
    """Whether the decision is in force no more, so that nothing can be settled about it."""
    standing = Case.objects.filter(pk=case.pk, decision__state=DecisionState.SUBMITTED)
    return not standing.exists()


def is_told_later(case: Case | BlindCase) -> bool:
    """Whether the day of feedback, on which schools see the outcomes, is still to come (M11)."""
    held = Case.objects.filter(decision__collection__feedback_on__gt=timezone.localdate())
    return held.filter(pk=case.pk).exists()


def withdrawal_reason(case: Case | BlindCase) -> str:
    """Why the case may be withdrawn, empty while the decision stands and the pupil is on roll.

    Of the decision it reads enough to tell that, and nothing of its content (M4).
    """
    found = Case.objects.filter(pk=case.pk)
    state, pupil, school = found.values_list(
        "decision__state", "decision__pupil", "decision__school"
    ).get()
    if state != DecisionState.SUBMITTED:
        return TAKEN_BACK
    on_roll = Placement.objects.on(timezone.localdate()).filter(pupil=pupil)
    if on_roll.filter(school=school).exists():
        return ""
    closed = School.objects.filter(pk=school, status=SchoolStatus.CLOSED).first()
    # Who goes on at what the school became has not left it (S1).
    if closed and on_roll.filter(school__in=Successors.read().of(closed)).exists():
        return ""
    return "The pupil has left the school."
