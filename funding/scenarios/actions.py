"""What a person may do with scenarios now (rules.md F14)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import FINANCE_OFFICER, FINANCE_ROLES
from funding.choices import ScenarioState
from funding.scenarios.models import Scenario
from schools.models import User

SHARED = ["It is shared already."]
NOT_WORKED_OUT = "It has not been worked out yet."
ADOPTED = "Its values have been adopted. Duplicate it to try others."
SECOND = "Somebody else in finance adopts it, because you made it."
ARCHIVED = "This scenario is archived. Take it back first."


def actions_on_scenarios(user: User) -> Actions:
    """The finance officer makes them; who reads them compares them."""
    make, compare = reverse("funding:scenario_create"), reverse("funding:scenario_compare")
    officer = user.has_role(*FINANCE_OFFICER)
    return Actions(
        Action("make", "Make a scenario", make, primary=True) if officer else None,
        Action("compare", "Compare scenarios", compare),
    )


@actions_for.register
def scenario_actions(scenario: Scenario, user: User) -> Actions:
    """Who made it changes, shares and archives it; any finance officer duplicates it; a second
    person of finance adopts it.
    """
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    state, own = scenario.state, scenario.made_by_id == user.pk
    closed = {ScenarioState.ADOPTED: [ADOPTED], ScenarioState.ARCHIVED: [ARCHIVED]}.get(
        ScenarioState(state), []
    )
    bare = [] if scenario.result else [NOT_WORKED_OUT]

    def page(
        name: str, words: str, *, posts: bool = False, why_not: list[str], primary: bool = False
    ) -> Action:
        url = reverse(f"funding:scenario_{name}", args=[scenario.pk])
        return Action(name, words, url, primary, posts, why_not=why_not)

    shared = [] if state == ScenarioState.SHARED else ["Share it first, so that others can look."]
    supposes = scenario.terms.get("values") not in (None, "current") or scenario.terms.get("uplift")
    nothing = [] if supposes else ["It has today’s values."]
    second = [SECOND] if own else []
    adopt = page("adopt", "Adopt its values", why_not=closed or [*shared, *nothing, *second])
    if not user.has_role(*FINANCE_OFFICER):
        return Actions(adopt)
    return Actions(
        page("edit", "Change it", why_not=closed, primary=True) if own else None,
        page("find", "Find values that fit", why_not=bare),
        page("read", "Read the pupils again", posts=True, why_not=closed) if own else None,
        page("duplicate", "Duplicate", posts=True, why_not=[]),
        page(
            "share",
            "Share with finance",
            posts=True,
            why_not=bare or (SHARED if not shared else refused(scenario, ScenarioState.SHARED)),
        )
        if own
        else None,
        adopt,
        page("archive", "Archive", posts=True, why_not=refused(scenario, ScenarioState.ARCHIVED))
        if own
        else None,
        page("restore", "Take it back", posts=True, why_not=refused(scenario, ScenarioState.DRAFT))
        if own
        else None,
    )


def refused(scenario: Scenario, state: str) -> list[str]:
    return [] if scenario.may_become(state) else [scenario.refusal_of(state)]
