"""What a person may do with a panel and a case of it now (rules.md M5)."""

from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import BANDING_SCHOOL_ROLES, MODERATION_LEAD, PANEL_MEMBERS
from banding_portal.words import day
from moderation.choices import PANEL_CASE_OPEN, CaseState, OutcomeKind, PanelCaseState, PanelRoute
from moderation.models import Outcome
from moderation.panels.models import Panel, PanelCase
from moderation.panels.rules import QUORUM, too_late
from moderation.panels.selectors import bar_in_panel, eligible, panel_decided, publication_of
from schools.models import User
from schools.selectors.successors import gone_on_at

OVER = "The panel has decided this case. Its decision is final for the collection."


@actions_for.register
def panel_actions(panel: Panel, user: User) -> Actions:
    """The lead calls a panel and keeps its agenda."""
    if not user.has_role(*MODERATION_LEAD):
        return Actions()
    edit = reverse("moderation:panel_edit", args=[panel.pk]) if panel.called_at else ""
    new = reverse("moderation:panel_create")
    return Actions(
        Action("call", "Call a panel", new, primary=True),
        Action("edit", "Change the panel or write its minutes", edit),
    )


@actions_for.register
def panel_case_actions(item: PanelCase, user: User) -> Actions:
    """A member whom nothing bars, or the lead, records what the panel decided."""
    found: list[Action] = []

    def url(name: str) -> str:
        return reverse(f"moderation:panel_case_{name}", args=[item.pk])

    if user.has_role(*PANEL_MEMBERS):
        found.append(
            Action(
                "decide",
                "Record the decision",
                url("decide"),
                primary=True,
                why_not=lambda: why_not_decide(item, user),
            )
        )
    if user.has_role(*MODERATION_LEAD):
        off = [] if item.state == PanelCaseState.AGENDA else ["This case is on no agenda."]
        found.append(Action("take_off", "Take it off the agenda", url("take_off"), posts=True,
                            why_not=off))  # fmt: skip
        found.append(
            Action(
                "take_back",
                "Settle it without a panel",
                url("take_back"),
                posts=True,
                why_not=lambda: why_not_take_back(item, user),
            )
        )
    return Actions(*found)


def why_not_read(item: PanelCase, user: User) -> list[str]:
    """Who takes no part reads nothing of the case on the panel's pages either."""
    if bar := bar_in_panel(item.case_id, user):
        return [f"You take no part in this case: {user} {bar}."]
    return []


def why_not_decide(item: PanelCase, user: User) -> list[str]:
    if item.state == PanelCaseState.DECIDED:
        return [OVER]
    if item.state != PanelCaseState.AGENDA or item.panel is None:
        return ["This case is on the agenda of no panel yet."]
    if item.panel.meets_on > timezone.localdate():
        return [f"The panel meets on {day(item.panel.meets_on)}. Record its decision then."]
    if barred := why_not_read(item, user):
        return barred
    member = item.panel.seats.filter(person=user).exists()
    if not member and not user.has_role(*MODERATION_LEAD):
        return ["You are no member of this panel."]
    if len(eligible(item)) < QUORUM:
        few = f"Fewer than {QUORUM} members of the panel may take part in this case."
        return [f"{few} Add members, or put it on another agenda."]
    return []


def why_not_take_back(item: PanelCase, user: User) -> list[str]:
    """The school's challenge is always answered; what was escalated may be settled after all."""
    if item.is_challenge:
        return ["A challenge is always answered by a panel."]
    if item.state not in PANEL_CASE_OPEN:
        return [OVER]
    return why_not_read(item, user) if item.put_by_id != user.pk else []


@actions_for.register
def outcome_actions(outcome: Outcome, user: User) -> Actions:
    """The school challenges an outcome once, within the time."""
    decision = outcome.case.decision
    own = user.school_ids_as(*BANDING_SCHOOL_ROLES)
    school = decision.school
    if school is None or not own & {school.pk, gone_on_at(school, decision.pupil_id).pk}:
        return Actions()

    def url(name: str) -> str:
        return reverse(f"moderation:outcome_{name}", args=[outcome.pk])

    return Actions(
        Action(
            "challenge",
            "Challenge this outcome",
            url("challenge"),
            why_not=lambda: why_not_challenge(outcome),
        ),
        Action(
            "take_back",
            "Take your challenge back",
            url("take_back"),
            why_not=lambda: why_not_take_challenge_back(outcome),
        ),
    )


def challenge_of(outcome: Outcome) -> PanelCase | None:
    """The school's challenge, whatever has become of it: there is one at most."""
    return PanelCase.objects.filter(case=outcome.case, route=PanelRoute.CHALLENGED).first()


def why_not_take_challenge_back(outcome: Outcome) -> list[str]:
    """As long as no panel has decided it."""
    found = challenge_of(outcome)
    if found is None:
        return ["You have not challenged this outcome."]
    if found.state == PanelCaseState.TAKEN_BACK:
        return ["You have taken this challenge back already."]
    return [] if found.state in PANEL_CASE_OPEN else [OVER]


def why_not_challenge(outcome: Outcome) -> list[str]:
    case = outcome.case
    if outcome.kind == OutcomeKind.WITHDRAWN:
        return ["This case was withdrawn, so there is no outcome to challenge."]
    if panel_decided(case.pk):
        return [OVER]
    if found := challenge_of(outcome):
        if found.state == PanelCaseState.TAKEN_BACK:
            return ["Your challenge was taken back. An outcome is challenged once."]
        return ["This outcome is challenged already. An outcome is challenged once."]
    today, published = timezone.localdate(), publication_of(outcome)
    if published > today:
        return [f"Outcomes are published on {day(published)}."]
    if late := too_late(published, today):
        return [late]
    if case.state != CaseState.SETTLED:
        return ["This case is open again, so there is no outcome to challenge now."]
    return []
