"""Every address × role × own or other school and quadrant × method (quality.md Q1).

The rules say independently of the views who may open what. An address without a rule fails.
"""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from schools.choices import Role
from tests.access.rules import RULES, Rule
from tests.access.world import CANARY, World, build_world

METHODS = ("get", "head", "post", "put", "patch", "delete")
READING = ("get", "head")
FINE = {200, 204, 302, 400, 405, 409, 410}
# django-allauth's own pages: everybody's own account, tested by the journeys.
OUTSIDE = ("account_", "mfa_", "socialaccount_")


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """The full name of every address of the portal."""
    names = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += url_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            names.append(f"{prefix}{pattern.name}")
    return [name for name in names if not name.startswith(OUTSIDE)]


def address(name: str, rule: Rule, world: World, side: str) -> str:
    objects = world.side(side).objects
    return reverse(name, kwargs={key: objects[noun].pk for key, noun in rule.kwargs.items()})


def expected(rule: Rule, role: str, side: str, method: str) -> set[int]:
    """The statuses that are right; 404 where the person's scope ends."""
    roles = rule.roles if method in READING else (rule.write_roles or rule.roles)
    if role not in roles:
        return {403}
    if side == "other" and role in rule.scoped:
        return {404, 405}
    return FINE


def send(client, method: str, url: str):
    """One request whose effects on the database are undone."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def test_every_address_has_a_rule():
    assert sorted(set(url_names()) - set(RULES)) == []
    assert sorted(set(RULES) - set(url_names())) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(RULES))
def test_address_opens_to_its_roles_alone(name, client):
    rule, world, wrong = RULES[name], build_world(), []
    for role in Role.values:
        client.force_login(world.people[role])
        for side in ("own", "other") if rule.kwargs else ("own",):
            url = address(name, rule, world, side)
            for method in METHODS:
                response = send(client, method, url)
                case = f"{role} {method} {side}: {response.status_code}"
                if response.status_code not in expected(rule, role, side, method):
                    wrong.append(case)
                elif role in rule.scoped and CANARY in _text(response):
                    wrong.append(f"{case} shows the other school's data")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(RULES))
def test_address_without_signing_in_leads_to_sign_in(name, client):
    rule, world = RULES[name], build_world()
    url = address(name, rule, world, "own")
    for method in METHODS:
        response = send(client, method, url)
        if rule.public:
            assert response.status_code in FINE | {404}
        else:
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("account_login"))


def _text(response) -> str:
    if response.streaming or response.status_code != 200:
        return ""
    return response.content.decode(errors="ignore")
