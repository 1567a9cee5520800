"""What a person may do with a case now (rules.md M4, M5).

Nothing here reads the school's band or levels, so no action tells whether they differ from a
judgement. Only a case that everybody has judged, and never a BlindCase, names the band it has.
"""

from collections.abc import Iterator
from functools import cache
from uuid import UUID

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import JUDGES, MODERATION_LEAD
from banding_portal.words import day
from moderation.calibration.selectors import why_not_calibrated
from moderation.choices import ASSIGNABLE, CaseState, OutcomeKind
from moderation.evidence.selectors import open_request_of
from moderation.models import Case, Outcome, Proposal
from moderation.panels.selectors import panel_decided
from moderation.selectors.blind import BlindCase
from moderation.selectors.conflicts import bar_to_judging, conflict_of
from moderation.selectors.settling import (
    TAKEN_BACK,
    is_taken_back,
    is_told_later,
    may_settle,
    proposal_of,
    settled_words,
    withdrawal_reason,
)
from moderation.selectors.sight import has_locked, still_judging
from schools.models import User


@actions_for.register(Case)
@actions_for.register(BlindCase)
def case_actions(case: Case | BlindCase, user: User) -> Actions:
    """Who it is given to judges it, its moderators or the lead settle it, the lead gives it out."""
    judging = [*judging_actions(case, user)] if user.has_role(*JUDGES) else []
    leads = user.has_role(*MODERATION_LEAD)
    return Actions(*judging, *([assigning_action(case), plan_action(case, user)] if leads else []))


def judging_actions(case: Case | BlindCase, user: User) -> Iterator[Action]:
    @cache
    def unsettled() -> list[str]:
        return why_not_settle(case, user)

    @cache
    def proposal() -> Proposal | None:
        return proposal_of(case)

    def unasked(what: str) -> list[str]:
        """Who may settle it may ask about it too."""
        return why_not_ask(case, user, what) if unsettled() else []

    told_why = user.has_role(*MODERATION_LEAD) and is_judged(case)
    yield Action("judge", "Judge", url(case, "detail"), why_not=lambda: why_not_judge(case, user))
    yield Action(
        "agree",
        "Agree to it",
        url(case, "agree"),
        primary=True,
        posts=True,
        why_not=lambda: why_not_agree(case, user, proposal()),
    )
    yield Action(
        "turn_down",
        "Turn it down",
        url(case, "turn_down"),
        posts=True,
        why_not=lambda: why_not_turn_down(case, user, proposal()),
    )
    yield Action(
        "uphold",
        uphold_words(case),
        url(case, "uphold"),
        why_not=unsettled,
        cannot="You cannot settle this case." if told_why else "",
    )
    yield Action("change", "Change the band", url(case, "change"), why_not=unsettled)
    yield Action(
        "ask_evidence",
        "Ask for evidence",
        url(case, "ask_evidence"),
        why_not=lambda: unasked("ask for evidence"),
    )
    yield Action(
        "escalate",
        "Put it to a panel",
        url(case, "escalate"),
        why_not=lambda: unasked("put it to a panel"),
    )
    yield Action(
        "withdraw",
        "Withdraw the case",
        url(case, "withdraw"),
        why_not=lambda: why_not_withdraw(case, user),
    )
    yield Action(
        "undo", "Open it again", url(case, "undo"), why_not=lambda: why_not_undo(case, user)
    )
    yield Action(
        "hand_back",
        "I cannot judge this pupil fairly",
        url(case, "hand_back"),
        why_not=lambda: why_not_hand_back(case, user),
    )


def assigning_action(case: Case | BlindCase) -> Action:
    judged = "This case is judged already and cannot be given to somebody else."
    why_not = [] if case.state in ASSIGNABLE else [judged]
    return Action("assign", "Choose who judges it", url(case, "assign"), why_not=why_not)


def plan_action(case: Case | BlindCase, user: User) -> Action:
    """The lead gives it to others; whoever judges the case reads what somebody else gave."""
    why_not = [] if case.state in ASSIGNABLE else ["This case is judged already."]
    if user.pk in case.judge_ids:
        why_not.append("You judge this case, so another moderation lead gives you its plan.")
    elif bar := conflict_of(user, case):
        why_not.append(f"{bar.own}, so another moderation lead gives the plan.")
    words = "Give what the plan says to those who judge"
    return Action("give_plan", words, url(case, "plan"), why_not=why_not)


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
    if has_locked(case, user):
        return ["You have locked your judgement already. It stays as it was."]
    if case.state != CaseState.ASSIGNED:
        return [f"This case is “{CaseState(case.state).label}” and can no longer be judged."]
    if bar := bar_to_judging(user, case):
        return [f"{bar.own}, so you cannot judge this case. Ask the moderation lead to take it."]
    if first := why_not_calibrated(user, framework_of(case)):
        return [first]
    return []


def framework_of(case: Case | BlindCase) -> UUID:
    return case.framework_id if isinstance(case, BlindCase) else case.decision.framework_id


STILL_JUDGING = "You see the school’s band and settle cases when you have judged all of yours."


def still_blind(case: Case | BlindCase, user: User) -> list[str]:
    """The one sentence for who has cases left to judge: nothing tells how a judged case stands,
    whether its moderators differ or how it was settled (M9).
    """
    judged = case.state not in (CaseState.UNASSIGNED, CaseState.ASSIGNED)
    return [STILL_JUDGING] if judged and still_judging(user, case.sample_id) else []


def why_not_settle(case: Case | BlindCase, user: User) -> list[str]:
    return why_not_decide(case, user) or why_it_would_fail(case)


def why_not_decide(case: Case | BlindCase, user: User) -> list[str]:
    """Why this person does not decide on the case, whatever there is to decide."""
    if blind := still_blind(case, user):
        return blind
    # Whether it is theirs comes first: others are not told how it was settled (M4).
    if not may_settle(case, user):
        return [not_yours_to_settle(case, user)]
    if bar := conflict_of(user, case):
        return [f"{bar.own}, so you cannot settle this case."]
    if settled := settled_words(case):
        return [settled]
    if waits := waits_words(case):
        return [waits]
    if not is_judged(case):
        return ["This case is not judged yet by everybody who judges it."]
    return []


def waits_words(case: Case | BlindCase) -> str:
    """For what a judged case waits before it is settled; empty where it does not."""
    if case.state == CaseState.PANEL:
        return "This case waits for a panel, which decides it for good."
    asked = open_request_of(case.pk) if case.state == CaseState.EVIDENCE else None
    if asked is None:
        return ""
    return (
        f"The school has been asked for evidence, due on {day(asked.due_on)}. "
        "Wait for its answer, or withdraw the request."
    )


def why_not_ask(case: Case | BlindCase, user: User, what: str) -> list[str]:
    """Its moderators, whether or not they agree, and the lead ask for evidence or put a case to a
    panel once everybody has judged; `what` says which.
    """
    if user.pk not in case.judge_ids and not user.has_role(*MODERATION_LEAD):
        return [f"The moderators of this case, or the moderation lead, {what}."]
    if still_blind(case, user):
        return [f"You see the school’s band and can {what} when you have judged all of yours."]
    if settled := settled_words(case):
        return [settled]
    if waits := waits_words(case):
        return [waits]
    if not is_judged(case):
        return [f"You can {what} when everybody who judges this case has locked a judgement."]
    if bar := conflict_of(user, case):
        return [f"{bar.own}, so you cannot {what}."]
    if found := proposal_of(case):
        return [f"{found.made_by} has proposed {found.band}. Agree to it or turn it down first."]
    return []


def not_yours_to_settle(case: Case | BlindCase, user: User) -> str:
    """A lead who is a party to the dispute leaves it to another lead (M10)."""
    if user.has_role(*MODERATION_LEAD):
        return "You are a party to this disagreement, so another moderation lead settles it."
    return "The moderation lead settles this case."


def why_it_would_fail(case: Case | BlindCase) -> list[str]:
    if found := proposal_of(case):
        return [f"{found.made_by} has proposed {found.band}. Agree to it or turn it down first."]
    return [f"{TAKEN_BACK} Withdraw the case."] if is_taken_back(case) else []


def why_not_agree(case: Case | BlindCase, user: User, found: Proposal | None) -> list[str]:
    """A second person agrees to a band that nobody judged (M10)."""
    if blind := still_blind(case, user):
        return blind
    if found is None:
        return ["Nothing is proposed for this case."]
    if found.made_by_id == user.pk:
        return ["Somebody else has to agree to what you propose."]
    return why_not_decide(case, user)


def why_not_turn_down(case: Case | BlindCase, user: User, found: Proposal | None) -> list[str]:
    if blind := still_blind(case, user):
        return blind
    return why_not_decide(case, user) if found else ["Nothing is proposed."]


def why_not_undo(case: Case | BlindCase, user: User) -> list[str]:
    """Until schools are told, by the lead or by who settled it."""
    if blind := still_blind(case, user):
        return blind
    outcome = Outcome.objects.filter(case=case.pk).first()
    if outcome is None:
        return ["This case is not settled."]
    if not user.has_role(*MODERATION_LEAD) and outcome.recorded_by_id != user.pk:
        return ["The moderation lead opens a settled case again."]
    if bar := conflict_of(user, case):
        return [f"{bar.own}, so you cannot open this case again."]
    if outcome.kind == OutcomeKind.WITHDRAWN:
        return ["A withdrawn case stays withdrawn: another is judged in its place."]
    if panel_decided(case.pk):
        return ["A panel has decided this case. Its decision is final for the collection."]
    if not is_told_later(case):
        return ["Schools have been told of the outcomes. A settled case stays as it is."]
    if case.state == CaseState.PANEL:  # The day of feedback was moved since.
        return ["The school has challenged this outcome, so a panel decides this case."]
    return []


def why_not_hand_back(case: Case | BlindCase, user: User) -> list[str]:
    """Who knows the pupil gives the case back before judging it (M4)."""
    if user.pk not in case.judge_ids:
        return ["This case is not given to you."]
    if case.state != CaseState.ASSIGNED or has_locked(case, user):
        return ["You have judged this case already."]
    return []


def why_not_withdraw(case: Case | BlindCase, user: User) -> list[str]:
    """Before it is judged too, where the pupil left or the decision was replaced (M5)."""
    if not may_settle(case, user, withdrawing=True):
        return ["Only its moderators or the moderation lead can withdraw this case."]
    if blind := still_blind(case, user):
        return blind
    if bar := conflict_of(user, case):
        return [f"{bar.own}, so you cannot withdraw this case."]
    if settled := settled_words(case):
        return [settled]
    if case.state == CaseState.PANEL:
        return [waits_words(case)]
    if case.state == CaseState.UNASSIGNED:
        return ["This case is not given to anybody yet, so there is nothing to withdraw."]
    if not withdrawal_reason(case):
        return ["The pupil is still on roll at the school, so the case stays."]
    return []
