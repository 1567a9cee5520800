"""What the audit trail keeps of people, schools and quadrants, and what it leaves out."""

import pghistory
import pytest

from banding_portal.audit_trail.events import changes_matching
from banding_portal.audit_trail.words import lines_of
from banding_portal.jobs.results import silent
from banding_portal.roles import Role
from schools.models import School, User
from schools.services import people, quadrants
from schools.services.register import import_register
from tests.factories import QuadrantFactory, SchoolFactory, UserFactory, person
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password-2026"


def trail(kind):
    """Of each change of a kind, oldest first: what it is about and each difference."""
    changes = lines_of(changes_matching(offset=0, limit=100, kind=kind))
    return [
        (line.action, line.about, [(d.label, d.old, d.new) for d in line.differences])
        for line in reversed(changes)
    ]


def load(*rows):
    assert import_register(silent, schools=as_csv(rows)).issues == []


def test_signing_in_and_a_new_password_are_no_change_of_the_person(client):
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    before = trail("schools.user")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert User.objects.get().last_login is not None
    assert (trail("schools.user"), len(before)) == (before, 1)


def test_neither_password_nor_sign_in_is_kept():
    kept = {field.name for field in pghistory.models.Events.objects.model._meta.fields}
    kept |= {field.name for field in User._meta.get_field("events").related_model._meta.fields}
    assert kept & {"password", "last_login"} == set()
    assert {"email", "name", "is_active", "invited_at"} <= kept


def test_deactivated_person_is_on_record():
    admin, leaver = person(Role.ADMINISTRATOR), UserFactory(name="Lee Ward")
    people.deactivate_person(person=leaver, by=admin)
    action, about, [active, sessions] = trail("schools.user")[-1]
    assert (action, about, active) == ("Changed", "Lee Ward", ("Is active", "Yes", "No"))
    assert sessions[:2] == ("Sessions ended", "–")


def test_invitation_is_on_record_by_its_time():
    admin, invited = person(Role.ADMINISTRATOR), UserFactory(name="Sam Coe")
    people.send_invitation(person=invited, by=admin)
    action, about, [(label, old, new)] = trail("schools.user")[-1]
    assert (action, about, label, old) == ("Changed", "Sam Coe", "Invited at", "–")
    assert new.endswith(("am", "pm"))


def test_register_leaves_no_change_of_schools_that_stay_as_they_are():
    load(school_row(100001, "Alder"), school_row(100002, "Beck"))
    assert [about for _, about, _ in trail("schools.school")] == ["Alder", "Beck"]
    load(school_row(100001, "Alder"), school_row(100002, "Beck"))
    assert len(trail("schools.school")) == 2
    load(school_row(100001, "Alder"), school_row(100002, "Beck Park", UKPRN="10000002"))
    assert trail("schools.school")[2:] == [
        ("Changed", "Beck Park", [("Name", "Beck", "Beck Park"), ("UKPRN", "–", "10000002")])
    ]


def test_quadrant_and_the_schools_that_moved_there_are_on_record():
    admin = person(Role.ADMINISTRATOR)
    here, there = QuadrantFactory(code="here"), QuadrantFactory(code="there")
    moved, stayed = SchoolFactory(quadrant=here), SchoolFactory(quadrant=there)
    before = len(trail("schools.school"))
    quadrants.assign_schools(schools=[moved, stayed], quadrant=there, by=admin)
    assert trail("schools.school")[before:] == [
        ("Changed", moved.name, [("Quadrant", "Here", "There")])
    ]
    assert [about for _, about, _ in trail("schools.quadrant")] == ["Here", "There"]


def test_schools_changed_without_a_model_are_on_record():
    SchoolFactory(name="Alder", town="Upton")
    School.objects.update(town="Market Field")
    assert trail("schools.school")[-1] == ("Changed", "Alder", [("Town", "Upton", "Market Field")])
