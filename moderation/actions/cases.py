"""What a person may do with a case now (rules.md M4, M5).

Nothing here reads the school's band or levels, so no action tells whether they differ from a
judgement. Only a case that everybody has judged, and never a BlindCase, names the band it has.
"""

from collections.abc import Iterator
from functools import cache

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import JUDGES, MODERATION_LEAD
from moderation.choices import ASSIGNABLE, CaseState
from moderation.models import Case
from moderation.selectors.blind import BlindCase, has_locked, still_judging
from moderation.selectors.moderators import worked_for_its_school
from moderation.selectors.settling import may_settle, settled_words, withdrawal_reason
from schools.models import User


@actions_for.register(Case)
@actions_for.register(BlindCase)
def case_actions(case: Case | BlindCase, user: User) -> Actions:
    """Who it is given to judges it, its moderators or the lead settle it, the lead gives it out."""
    judging = [*judging_actions(case, user)] if user.has_role(*JUDGES) else []
    return Actions(*judging, assigning_action(case) if user.has_role(*MODERATION_LEAD) else None)


def judging_actions(case: Case | BlindCase, user: User) -> Iterator[Action]:
    @cache
    def unsettled() -> list[str]:
        return why_not_settle(case, user)

    told_why = user.has_role(*MODERATION_LEAD) and is_judged(case)
    yield Action("judge", "Judge", url(case, "detail"), why_not=lambda: why_not_judge(case, user))
    yield Action(
        "uphold",
        uphold_words(case),
        url(case, "uphold"),
        primary=True,
        posts=True,
        why_not=unsettled,
        cannot="You cannot settle this case." if told_why else "",
    )
    yield Action("change", "Change the band", url(case, "change"), why_not=unsettled)
    yield Action(
        "withdraw",
        "Withdraw the case",
        url(case, "withdraw"),
        posts=True,
        why_not=lambda: why_not_withdraw(case, user),
    )


def assigning_action(case: Case | BlindCase) -> Action:
    judged = "This case is judged already and cannot be given to somebody else."
    why_not = [] if case.state in ASSIGNABLE else [judged]
    return Action("assign", "Choose who judges it", url(case, "assign"), why_not=why_not)


def url(case: Case | BlindCase, name: str) -> str:
    return reverse(f"moderation:case_{name}", args=[case.pk])


def is_judged(case: Case | BlindCase) -> bool:
    return case.state == CaseState.JUDGED


def uphold_words(case: Case | BlindCase) -> str:
    if isinstance(case, Case) and is_judged(case):
        return f"Uphold {case.decision.band}"
    return "Uphold the school’s band"


def why_not_judge(case: Case | BlindCase, user: User) -> list[str]:
    if user.pk not in case.judge_ids:
        return ["This case is not given to you."]
    if case.state != CaseState.ASSIGNED:
        return [f"This case is “{CaseState(case.state).label}” and takes no judgement."]
    if has_locked(case, user):
        return ["You have locked your judgement already. It stays as it was."]
    return []


def why_not_settle(case: Case | BlindCase, user: User) -> list[str]:
    # Whether it is theirs comes first: others are not told how it was settled (M4).
    if not may_settle(case, user):
        return ["The moderation lead settles this case."]
    if worked_for_its_school(user, case):
        return ["You work or worked for this school, so cannot settle its cases."]
    if settled := settled_words(case):
        return [settled]
    if not is_judged(case):
        return ["This case is not judged yet by everybody who judges it."]
    if still_judging(user, case.sample_id):
        return ["You see the school’s band and settle cases when you have judged all of yours."]
    return []


def why_not_withdraw(case: Case | BlindCase, user: User) -> list[str]:
    """Before it is judged too, where the pupil left or the decision was replaced (M5)."""
    if not may_settle(case, user, withdrawing=True):
        return ["Only its moderators or the moderation lead can withdraw this case."]
    if settled := settled_words(case):
        return [settled]
    if case.state == CaseState.UNASSIGNED:
        return ["This case is not given to anybody yet, so there is nothing to withdraw."]
    if not withdrawal_reason(case):
        return ["The pupil is still on roll at the school, so the case stays."]
    return []
