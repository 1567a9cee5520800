"""Whatever else a moderator is, nothing they can reach tells the band they judge blind (M4, M9)."""

import re

import pytest
from django.test import Client

from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from moderation.models import Case, SampleDecision
from tests.access.rules import RULES
from tests.access.walking import READING, address, send, used_methods
from tests.factories import MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db
# What differs from one answer to the next, whatever is in them.
CHANCE = re.compile(r'[A-Za-z0-9]{64}|data-seconds="\d+"|DTSTAMP:\w+')


def moderator_in_every_role(world, known):
    """Who holds every role of the portal, those at a school at another one, and judges a case."""
    user, elsewhere = world.people[Role.MODERATOR], SchoolFactory()
    for role in set(Role.values) - ROLES_IN_A_QUADRANT:
        school = elsewhere if role in ROLES_AT_A_SCHOOL else None
        MembershipFactory(user=user, role=role, school=school)
    for cached in ("current_memberships", "roles", "school_ids", "quadrant_ids"):
        vars(user).pop(cached, None)
    known(user)
    return user


def decide_otherwise(case):
    """The school's band, its levels and words, and all that is kept of them, are others."""
    decision = case.decision
    decision.band = decision.framework.bands.get(code="C")
    decision.suggested_band, decision.rationale = decision.band, "Other words"
    decision.difference_reason = "Other reasons"
    decision.save()
    SampleDecision.objects.filter(decision=decision).update(band="C")


def read_everything(client, world):
    return {
        (name, method): CHANCE.sub("", send(client, method, address(name, rule, world)).seen)
        for name, rule in RULES.items()
        if not rule.public
        for method in set(used_methods(name)) & set(READING) - {"head"}
    }


def test_nothing_a_moderator_reaches_in_any_role_tells_the_band(world, known):
    user = moderator_in_every_role(world, known)
    case = Case.objects.select_related("decision__framework").get(pk=world.own.objects["case"].pk)
    client = Client()
    client.force_login(user)
    before = read_everything(client, world)
    decide_otherwise(case)
    after = read_everything(client, world)
    assert [page for page, text in after.items() if text != before[page]] == []
