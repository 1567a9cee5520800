"""Every address × role × own or other school and quadrant × method (quality.md Q1).

The rules say independently of the views who may open what. An address without a rule fails.
"""

import pytest
from django.test import Client
from django.urls import reverse

from banding_portal.roles import Role
from tests.access.people import NEVER_SHOWN, SCOPED
from tests.access.rule import Rule
from tests.access.rules import RULES
from tests.access.walking import (
    UNUSED,
    address,
    has_sides,
    patterns,
    right_answers,
    send,
    used_methods,
    view_classes,
)
from tests.access.world import CANARY, World

pytestmark = pytest.mark.django_db
ASKING_FOR_A_TOKEN = {"mail_receipt": {404}}
"""Not there at all while the settings have no token."""
PUBLIC = {name for name, rule in RULES.items() if rule.public}


def test_every_address_has_a_rule():
    assert sorted(set(patterns()) - set(RULES)) == []
    assert sorted(set(RULES) - set(patterns())) == []


def test_no_address_takes_other_methods():
    """So that the walk below need not try them at the other school too."""
    used = {"get", "head", "post", "options"}
    answered = {
        (view.__name__, method)
        for view in view_classes()
        for method in view.http_method_names
        if hasattr(view, method)
    }
    assert {pair for pair in answered if pair[1] not in used} == set()


@pytest.mark.parametrize("name", sorted(set(RULES) - PUBLIC))
def test_address_opens_to_its_roles_alone(name, world):
    rule, wrong = RULES[name], []
    for role in Role.values:
        client = Client()
        client.force_login(world.people[role])
        for side, method in steps(name, world):
            right = right_answers(rule, role, side, method)
            response = send(client, method, address(name, rule, world, side), right)
            case = f"{role} {method} {side}"
            if response.status_code not in right:
                wrong.append(f"{case}: {response.status_code}")
            wrong += [f"{case}: shows {word}" for word in leaks(rule, role, response)]
    assert wrong == []


def test_options_tells_no_more_than_get_of_another_school(world):
    """Whether a thing is there is not told by the method either."""
    wrong = []
    for role in sorted(SCOPED):
        client = Client()
        client.force_login(world.people[role])
        for name, rule in RULES.items():
            if role in rule.roles and has_sides(rule, world):
                url = address(name, rule, world, "other")
                answers = {send(client, how, url, {404}).status_code for how in ("get", "options")}
                wrong += [f"{role} {name}: {answers}"] if len(answers) > 1 else []
    assert wrong == []


def steps(name: str, world: World) -> list[tuple[str, str]]:
    """Each side with each method."""
    used = used_methods(name)
    own = [("own", method) for method in (*used, *UNUSED)]
    return own + [("other", method) for method in used if has_sides(RULES[name], world)]


def leaks(rule: Rule, role: str, response) -> list[str]:
    """Words on a page that its reader must not see."""
    words = {*NEVER_SHOWN.get(role, ())} - rule.shows
    if role in SCOPED:
        words.add(CANARY)
    return sorted(word for word in words if word in response.seen)


@pytest.mark.parametrize("name", sorted(RULES))
def test_address_without_signing_in_leads_to_sign_in(name, world, client):
    rule = RULES[name]
    url = address(name, rule, world)
    for method in (*used_methods(name), *UNUSED):
        response = send(client, method, url)
        if rule.public:
            assert response.status_code in {200, 302, 405, *ASKING_FOR_A_TOKEN.get(name, ())}
        elif method == "fragment":
            # The page it belongs to stays, and its script says what happened.
            assert (response.status_code, response["HX-Trigger"]) == (204, "signed-out")
        else:
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("account_login"))
