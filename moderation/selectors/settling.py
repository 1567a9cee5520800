"""Who may settle a case, and when it may be withdrawn (M5)."""

from django.db.models import Q
from django.utils import timezone

from banding.choices import DecisionState
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case, Judgement, Outcome
from moderation.models.cases import CaseQuerySet
from moderation.selectors.blind import BlindCase
from schools.choices import SchoolStatus
from schools.models import Placement, School, User
from schools.selectors.successors import Successors


def may_settle(case: Case | BlindCase, user: User, *, withdrawing: bool = False) -> bool:
    """The lead any case; its moderators when the locked judgements name one band."""
    if user.has_role(Role.MODERATION_LEAD):
        return True
    if user.pk not in case.judge_ids or not user.has_role(Role.MODERATOR):
        return False
    return withdrawing or not is_disputed(case)


def is_disputed(case: Case | BlindCase) -> bool:
    """Whether its moderators' locked judgements name different bands; one query."""
    locked = Judgement.objects.filter(case=case.pk).exclude(locked_at=None)
    return len(set(locked.values_list("band", flat=True))) > 1


def settled_words(case: Case | BlindCase) -> str:
    """Who settled the case and how, for whom it was to settle; empty while it is open."""
    if case.state != CaseState.SETTLED:
        return ""
    outcome = Outcome.objects.select_related("recorded_by").get(case=case.pk)
    return (
        f"{outcome.recorded_by} has settled this case already, as "
        f"“{outcome.get_kind_display()}”. What you chose was not recorded."
    )


def cases_to_settle(user: User) -> CaseQuerySet:
    """Judged cases waiting for this person: a moderator's own, the lead's disputed ones.

    None of a sample in which they have a case left to judge (M9).
    """
    judging = Case.objects.to_judge(user).order_by().values("sample")
    judged = Case.objects.visible_to(user).filter(state=CaseState.JUDGED).with_bands_judged()
    judged = judged.exclude(sample__in=judging)
    mine = (Q(moderator=user) | Q(second_moderator=user)) & Q(bands_judged=1)
    if user.has_role(Role.MODERATION_LEAD):
        mine |= Q(bands_judged__gt=1)
    return judged.filter(mine)


def disputed_cases(user: User) -> CaseQuerySet:
    """Judged cases this person sees whose moderators named different bands."""
    judged = Case.objects.visible_to(user).filter(state=CaseState.JUDGED).with_bands_judged()
    return judged.filter(Q(bands_judged__gt=1))


def withdrawal_reason(case: Case | BlindCase) -> str:
    """Why the case may be withdrawn, empty while the decision stands and the pupil is on roll.

    Of the decision it reads enough to tell that, and nothing of its content (M4).
    """
    found = Case.objects.filter(pk=case.pk)
    state, pupil, school = found.values_list(
        "decision__state", "decision__pupil", "decision__school"
    ).get()
    if state != DecisionState.SUBMITTED:
        return "The school has replaced this decision since the sample was drawn."
    on_roll = Placement.objects.on(timezone.localdate()).filter(pupil=pupil)
    if on_roll.filter(school=school).exists():
        return ""
    closed = School.objects.filter(pk=school, status=SchoolStatus.CLOSED).first()
    # Who goes on at what the school became has not left it (S1).
    if closed and on_roll.filter(school__in=Successors.read().of(closed)).exists():
        return ""
    return "The pupil has left the school."
