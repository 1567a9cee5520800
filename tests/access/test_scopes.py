"""Where a person's sight ends when roles mix, and when a pupil has left."""

import pytest
from django.test import Client
from django.urls import reverse

from banding_portal.roles import Role
from tests.access.people import SCOPED
from tests.access.rules import RULES
from tests.access.walking import READING, address, has_sides, right_answers, send, used_methods
from tests.access.world import CANARY, NAME, person_in
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
# A role at the own school or in its quadrant or everywhere, and one at the other school.
PAIRS = [
    (Role.SENCO, Role.HEADTEACHER),
    (Role.SENCO, Role.SCHOOL_FINANCE),
    (Role.SENCO, Role.INCLUSION_PARTNER),
    (Role.SCHOOL_FINANCE, Role.SENCO),
    (Role.MODERATOR, Role.HEADTEACHER),
    (Role.FINANCE_OFFICER, Role.SENCO),
    (Role.SENCO, Role.MODERATOR),
]


def sided(world):
    return {name: rule for name, rule in RULES.items() if has_sides(rule, world)}


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_each_role_ends_at_its_own_school(world, known, here, there):
    """At a school only the role held there counts, though another opens the kind of page."""
    user, wrong = person_in(here, world.own.school), []
    place = {"quadrant": world.other.school.quadrant, "school": world.other.school}
    field = "quadrant" if there == Role.MODERATOR else "school"
    MembershipFactory(user=user, role=there, **{field: place[field]})
    known(user)
    client = Client()
    client.force_login(user)
    for name, rule in sided(world).items():
        url = address(name, rule, world, "other")
        for method in used_methods(name):
            holders = rule.holders(method in READING)
            if there in holders or (here in holders and here not in SCOPED):
                continue
            status = send(client, method, url).status_code
            if status not in {403, 404, 405}:
                wrong.append(f"{name} {method}: {status}")
    assert wrong == []


@pytest.mark.parametrize("role", [Role.SENCO, Role.HEADTEACHER])
def test_school_a_pupil_left_sees_nothing_newer(world, client, role):
    """B6: the pupil's page stays, without the new school and what it decided."""
    client.force_login(world.people[role])
    mover = world.own.objects["mover"]
    page = client.get(reverse("schools:pupil_detail", args=[mover.pk]))
    assert page.status_code == 200
    assert (NAME in page.text, CANARY in page.text) == (True, False)
    row = mover.return_pupils.get()
    for name in ("decision_edit", "decision_suggestion", "pupil_change", "exceptional_create"):
        answer = client.post(reverse(f"banding:{name}", args=[row.pk]))
        assert answer.status_code in {403, 404}


@pytest.mark.parametrize("role", [Role.SENCO, Role.HEADTEACHER])
def test_school_a_pupil_came_to_sees_them(world, known, role):
    user = person_in(role, world.other.school)
    known(user)
    client = Client()
    client.force_login(user)
    row = world.own.objects["mover"].return_pupils.get()
    page = client.get(reverse("banding:decision_edit", args=[row.pk]))
    assert (page.status_code, CANARY in page.text) == (200, True)


def test_rules_tell_own_from_other(world):
    """The walk rests on this: a scoped role's right answer differs between the sides."""
    rule = RULES["banding:return_detail"]
    own, other = (right_answers(rule, Role.SENCO, side, "get") for side in ("own", "other"))
    assert (own, other) == ({200}, {404})
