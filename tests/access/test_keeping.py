"""Keeping what is typed is behind the same check as the page it is typed on."""

import pytest
from django.test import Client

from banding_portal.kept_forms.models import KeptForm
from banding_portal.pages.keeping import KeepsTyped
from banding_portal.roles import Role
from tests.access.people import SCOPED
from tests.access.rules import RULES
from tests.access.walking import address, has_sides, patterns
from tests.access.world import CANARY

pytestmark = pytest.mark.django_db
TYPED = {"typed": "keep", "reason": f"{CANARY} typed this"}


def keeping() -> list[str]:
    """Addresses whose page takes typed text."""
    found = {name: pattern.callback.view_class for name, pattern in patterns().items()}
    return [
        name for name, view in found.items() if issubclass(view, KeepsTyped) and view.may_keep()
    ]


def test_there_are_such_pages():
    assert len(keeping()) > 20


@pytest.mark.parametrize("name", sorted(keeping()))
def test_only_who_may_send_the_form_keeps_text_of_it(name, world):
    rule, wrong = RULES[name], []
    for role in Role.values:
        client = Client()
        client.force_login(world.people[role])
        for side in ("own", "other") if has_sides(rule, world) else ("own",):
            status = client.post(address(name, rule, world, side), TYPED).status_code
            kept, _ = KeptForm.objects.all().delete()
            if (status, kept) not in right(rule, role, side):
                wrong.append(f"{role} {side}: {status}, {kept} kept")
    assert wrong == []


def right(rule, role, side) -> set[tuple[int, int]]:
    """Status and rows kept."""
    if role not in rule.holders(reading=False):
        return {(403, 0)}
    return {(404, 0)} if side == "other" and role in SCOPED else {(200, 1)}
