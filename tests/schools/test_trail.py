"""Under whose name a change of people or pupils stands in the audit trail, page or no page."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from banding_portal.audit_trail.events import changes_matching
from banding_portal.audit_trail.words import lines_of
from banding_portal.roles import Role
from schools.models import User
from schools.services import people, pupils
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)
NEXT = dt.date(2026, 4, 1)


def trail(by):
    """What stands under a person's name, in the order of the alphabet."""
    found = lines_of(changes_matching(offset=0, limit=100, who=by.email))
    assert {line.who for line in found} <= {by.name}
    return sorted(f"{line.action}: {line.kind}" for line in found)


def test_pupils_stand_under_the_officer():
    officer = person(Role.SEND_OFFICER)
    details = {
        "surname": "Khan",
        "forename": "Amira",
        "date_of_birth": dt.date(2018, 3, 4),
        "reference": "999-1",
        "responsible_la": "999",
    }
    pupil = pupils.create_pupil(today=DAY, by=officer, **details)
    pupils.update_pupil(pupil=pupil, today=DAY, by=officer, surname="Lowe")
    assert trail(officer) == ["Added: Earlier detail of a pupil", "Added: Pupil", "Changed: Pupil"]


def test_placements_and_plans_stand_under_the_officer_those_ended_besides_too():
    officer, pupil = person(Role.SEND_OFFICER), PupilFactory(school=SchoolFactory())
    plan = pupil.plans.get()
    placed = pupils.place_pupil(
        pupil=pupil, school=SchoolFactory(), start=NEXT, end_others=True, by=officer
    )
    pupils.end_placement(placement=placed, end=NEXT, by=officer)
    pupils.end_plan(plan=plan, end=DAY, by=officer)
    pupils.start_plan(pupil=pupil, plan_type="SEN_SUPPORT", start=NEXT, by=officer)
    assert trail(officer) == [
        "Added: Placement",
        "Added: Plan",
        "Changed: Placement",
        "Changed: Placement",
        "Changed: Plan",
    ]


def test_roles_stand_under_the_administrator():
    admin = person(Role.ADMINISTRATOR)
    invited, _ = people.invite_person(
        email="sam@example.org", name="Sam Coe", role=Role.MODERATION_LEAD, by=admin
    )
    given = people.give_role(person=invited, role=Role.SEND_OFFICER, by=admin)
    people.end_role(membership=given, by=admin)
    assert trail(admin) == [
        "Added: Person",
        "Added: Role of a person",
        "Added: Role of a person",
        "Changed: Role of a person",
    ]


def test_the_first_administrator_stands_under_their_own_name():
    call_command(
        "create_administrator", "first@example.org", "--name", "First One", stdout=StringIO()
    )
    assert trail(User.objects.get()) == ["Added: Role of a person", "Changed: Person"]
