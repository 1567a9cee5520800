"""Who may do what with people, pupils and schools; pages and services ask the same."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import NOT_YOURS, actions_for
from banding_portal.refusals import RefusalError
from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from schools.actions.people import actions_on_people
from schools.actions.pupils import actions_on_pupils
from schools.actions.register import (
    actions_on_imports,
    actions_on_quadrants,
    actions_on_schools,
)
from schools.models import Membership, Placement, Plan, Pupil, Quadrant, User
from schools.services import people, pupils, quadrants
from tests.factories import PupilFactory, QuadrantFactory, SchoolFactory, UserFactory, person

pytestmark = pytest.mark.django_db
ADMIN, OFFICER = Role.ADMINISTRATOR, Role.SEND_OFFICER
SIGNED_IN = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 31)
CHANGES = ["end", "correct", "remove"]


def holder(role):
    school = SchoolFactory() if role in ROLES_AT_A_SCHOOL else None
    quadrant = QuadrantFactory() if role in ROLES_IN_A_QUADRANT else None
    return person(role, school=school, quadrant=quadrant)


def names(actions):
    return [action.name for action in actions]


def possible(actions):
    return [action.name for action in actions if action.is_possible]


@pytest.mark.parametrize("role", Role.values)
def test_officers_maintain_pupils(role):
    user, pupil = holder(role), PupilFactory(school=SchoolFactory())
    found = [
        names(actions_on_pupils(user)),
        names(actions_for(pupil, user)),
        names(actions_for(pupil.placements.get(), user)),
        names(actions_for(pupil.plans.get(), user)),
    ]
    theirs = [["create", "duplicates", "stranded"], ["edit", "place", "plan"], CHANGES, CHANGES]
    assert found == (theirs if role == OFFICER else [[], [], [], []])


@pytest.mark.parametrize("role", Role.values)
def test_administrators_change_people_schools_and_quadrants(role):
    user, other = holder(role), person(Role.AUDITOR)
    found = [
        names(actions_on_people(user)),
        names(actions_for(other, user)),
        names(actions_for(other.memberships.get(), user)),
        names(actions_on_schools(user)),
        names(actions_for(SchoolFactory(), user)),
        names(actions_on_quadrants(user)),
    ]
    theirs = [
        ["invite", "invite_all", "upload", "download", "emails", "sign_ins"],
        ["give", "edit", "invite", "reset", "reactivate", "deactivate"],
        ["end"],
        ["assign", "quadrants", "became", "without", "register"],
        ["assign"],
        ["create", "upload", "download"],
    ]
    download = {Role.AUDITOR: [0, 5], Role.MODERATION_LEAD: [5]}.get(role, [])
    others = [["download"] if place in download else [] for place in range(6)]
    others[0] += ["emails", "sign_ins"] * (role == Role.AUDITOR)
    if role in {OFFICER, Role.AUDITOR}:
        others[3] = ["became", "without"]
    assert found == (theirs if role == ADMIN else others)


@pytest.mark.parametrize(
    ("role", "files"),
    [(ADMIN, ["register", "caseload"]), (OFFICER, ["caseload"]), (Role.AUDITOR, [])],
)
def test_files_each_role_may_send_in(role, files):
    actions = actions_on_imports(person(role))
    assert names(actions) == files
    assert [button.kind for button in actions.buttons] == ["", "secondary"][: len(files)]


@pytest.mark.parametrize(
    ("fields", "can"),
    [
        ({}, ["give", "edit", "invite", "deactivate"]),
        ({"last_login": SIGNED_IN}, ["give", "edit", "invite", "deactivate"]),
        ({"is_active": False}, ["give", "edit", "reactivate"]),
        ({"is_active": False, "last_login": SIGNED_IN}, ["give", "edit", "reactivate"]),
    ],
)
def test_what_is_possible_with_a_person_follows_their_state(sign_in, fields, can):
    other, client = UserFactory(**fields), sign_in(ADMIN)
    assert possible(actions_for(other, client.user)) == can
    page = client.get(reverse("schools:person_detail", args=[other.pk])).text
    shown = {
        "invite": "Send the link again" if "last_login" in fields else "Send the invitation",
        "reactivate": "Let them sign in again",
        "deactivate": "Deactivate",
    }
    assert [name for name, words in shown.items() if re.search(rf"{words}\s*<", page)] == [
        name for name in shown if name in can
    ]


def test_nobody_deactivates_themselves_or_ends_their_own_administration(sign_in):
    client = sign_in(ADMIN)
    role = client.user.memberships.get()
    assert possible(actions_for(client.user, client.user)) == ["give", "edit", "invite"]
    assert possible(actions_for(role, client.user)) == []
    page = client.get(reverse("schools:person_detail", args=[client.user.pk])).text
    assert "Deactivate\n" not in page
    assert reverse("schools:role_end", args=[role.pk]) not in page


def test_another_role_of_ones_own_and_another_administrator_may_be_ended():
    user, other = person(ADMIN), person(ADMIN)
    own = Membership.objects.create(user=user, role=Role.AUDITOR)
    assert possible(actions_for(own, user)) == ["end"]
    assert possible(actions_for(other.memberships.get(), user)) == ["end"]


def test_an_ended_role_is_not_ended_again():
    role, user = person(Role.AUDITOR).memberships.get(), person(ADMIN)
    people.end_role(membership=role, by=user)
    before = timezone.localdate()
    with pytest.raises(RefusalError, match="This role ended on"):
        people.end_role(membership=role, by=user)
    role.refresh_from_db()
    assert role.ended_on == before


def test_link_is_not_sent_to_who_is_deactivated(sign_in, mailoutbox):
    other = UserFactory(is_active=False)
    url = reverse("schools:person_detail", args=[other.pk])
    page = sign_in(ADMIN).post(url, {"action": "invite"}, follow=True)
    assert "is deactivated. Let them sign in again first." in page.text
    assert mailoutbox == []


DETAILS = {"surname": "Khan", "forename": "Amira", "reference": "999-1", "responsible_la": "999"}
NOT_ALLOWED = {
    "create_pupil": lambda at, by: pupils.create_pupil(
        today=DAY, by=by, date_of_birth=DAY, **DETAILS
    ),
    "update_pupil": lambda at, by: pupils.update_pupil(
        pupil=at["pupil"], today=DAY, by=by, surname="New"
    ),
    "place_pupil": lambda at, by: pupils.place_pupil(
        pupil=at["pupil"], school=at["other"], start=DAY, by=by
    ),
    "end_placement": lambda at, by: pupils.end_placement(
        placement=at["pupil"].placements.get(), end=DAY, by=by
    ),
    "start_plan": lambda at, by: pupils.start_plan(
        pupil=at["pupil"], plan_type="SEN_SUPPORT", start=DAY, by=by
    ),
    "end_plan": lambda at, by: pupils.end_plan(plan=at["pupil"].plans.get(), end=DAY, by=by),
    "invite_person": lambda at, by: people.invite_person(
        email="sam@example.org", name="Sam", role=Role.AUDITOR, by=by
    ),
    "send_invitation": lambda at, by: people.send_invitation(person=at["person"], by=by),
    "give_role": lambda at, by: people.give_role(person=at["person"], role=Role.AUDITOR, by=by),
    "end_role": lambda at, by: people.end_role(membership=at["person"].memberships.get(), by=by),
    "deactivate_person": lambda at, by: people.deactivate_person(person=at["person"], by=by),
    "reactivate_person": lambda at, by: people.reactivate_person(person=at["gone"], by=by),
    "create_quadrant": lambda at, by: quadrants.create_quadrant(name="South", by=by),
    "assign_schools": lambda at, by: quadrants.assign_schools(
        schools=[at["other"]], quadrant=None, by=by
    ),
}


def everything():
    """The rows those services write, as they are now."""
    models = (Pupil, Placement, Plan, User, Membership, Quadrant)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return rows | {"Placed": list(SchoolFactory._meta.model.objects.values("pk", "quadrant"))}


@pytest.mark.parametrize("name", NOT_ALLOWED)
def test_service_refuses_whoever_has_not_the_role(name, mailoutbox):
    at = {
        "pupil": PupilFactory(school=SchoolFactory()),
        "other": SchoolFactory(),
        "person": person(Role.MODERATION_LEAD),
        "gone": UserFactory(is_active=False),
    }
    by, before = person(Role.AUDITOR), everything()
    with pytest.raises(RefusalError) as refusal:
        NOT_ALLOWED[name](at, by)
    assert refusal.value.problems == (NOT_YOURS,)
    assert (everything(), mailoutbox) == (before, [])
