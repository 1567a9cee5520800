"""What a person may do now, for pages and services alike (banding_portal.actions)."""

import pytest

from banding_portal.actions import NOT_YOURS, Action, Actions, actions_for
from banding_portal.refusals import RefusalError


@pytest.fixture
def actions():
    return Actions(
        Action("send", "Send it", why_not=["It is late.", "It is empty."], primary=True),
        Action("accept", "Accept it", primary=True),
        Action("check", "Check it", primary=True),
        Action("drop", "Drop it", warns=True),
    )


def test_a_possible_action_passes(actions):
    actions.require("accept")
    assert actions.may("accept")


def test_an_impossible_action_is_refused_with_every_reason(actions):
    with pytest.raises(RefusalError) as refusal:
        actions.require("send")
    assert refusal.value.problems == ("It is late.", "It is empty.")


def test_an_action_the_roles_do_not_open_is_refused(actions):
    with pytest.raises(RefusalError) as refusal:
        actions.require("publish")
    assert (refusal.value.problems, actions.may("publish")) == ((NOT_YOURS,), False)


def test_only_the_first_possible_primary_action_is_green(actions):
    kinds = {button.action.name: button.kind for button in actions.buttons}
    assert kinds == {"accept": "", "check": "secondary", "drop": "warning"}


def test_reasons_are_worked_out_once_and_only_when_wanted():
    asked = []

    def reasons():
        asked.append(1)
        return []

    action = Action("send", "Send it", why_not=reasons)
    assert asked == []
    assert action.is_possible
    assert action.is_possible
    assert asked == [1]


def test_some_actions_in_the_order_asked_for(actions):
    assert [action.name for action in actions.only("drop", "publish", "accept")] == [
        "drop",
        "accept",
    ]


def test_a_noun_without_actions_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        actions_for("a text", None)
