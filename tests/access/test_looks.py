"""Whoever reads a pupil’s name on any page or in any file is on record (quality.md Q9)."""

import pytest
from django.db import transaction
from django.test import Client

from banding_portal.roles import Role
from schools.models import Look
from tests.access.rules import RULES
from tests.access.walking import address, answer, used_methods
from tests.access.world import NAME

pytestmark = pytest.mark.django_db
PRIVATE = {name for name, rule in RULES.items() if not rule.public}


@pytest.mark.parametrize("role", sorted(Role.values))
def test_every_page_and_file_that_names_a_pupil_is_kept(role, world):
    client, wrong = Client(), []
    client.force_login(world.people[role])
    for name in sorted(PRIVATE):
        rule = RULES[name]
        if role not in rule.holders(True):
            continue
        for method in {"get", "fragment"} & {"get", *used_methods(name)}:
            with transaction.atomic():
                before = Look.objects.count()
                response = answer(client, method, address(name, rule, world))
                kept = Look.objects.count() > before
                transaction.set_rollback(True)
            if response.status_code == 200 and NAME in response.seen and not kept:
                wrong.append(f"{name} {method}")
    assert wrong == []
