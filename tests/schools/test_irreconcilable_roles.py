"""A moderator is given no role that reads bands, by whatever way, and the other way round (M9)."""

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Membership, User
from schools.services.people import give_role
from tests.factories import MembershipFactory, QuadrantFactory, person
from tests.moderation.world import all_at_once
from tests.schools.test_people_files import load

pytestmark = pytest.mark.django_db


def test_role_that_reads_bands_is_not_given_to_a_moderator():
    moderator, admin = person(Role.MODERATOR, quadrant=QuadrantFactory()), person("administrator")
    with pytest.raises(RefusalError, match="Quadrant moderator and Auditor cannot be the same"):
        give_role(person=moderator, role=Role.AUDITOR, by=admin)
    assert moderator.memberships.count() == 1


def test_moderating_is_given_when_the_other_role_has_ended():
    officer, admin = person(Role.SEND_OFFICER), person("administrator")
    give = {"person": officer, "role": Role.MODERATOR, "quadrant": QuadrantFactory(), "by": admin}
    with pytest.raises(RefusalError, match="judges without seeing bands"):
        give_role(**give)
    officer.memberships.update(ended_on="2026-01-01")
    assert give_role(**give).role == Role.MODERATOR


def test_file_with_both_is_refused_at_the_second():
    admin = person("administrator")
    QuadrantFactory(name="North")
    rows = [
        ["Sam Coe", "sam@la.example", "auditor", "", ""],
        ["Sam Coe", "sam@la.example", "moderator", "", "North"],
    ]
    found = load(admin, *rows)
    assert list(found) == ["C3"]
    assert "cannot be the same person" in found["C3"]
    assert not User.objects.filter(email="sam@la.example").exists()


def test_reading_role_held_from_before_does_not_count():
    moderator = person(Role.MODERATOR, quadrant=QuadrantFactory())
    MembershipFactory(user=moderator, role=Role.AUDITOR)
    again = User.objects.get(pk=moderator.pk)
    assert (again.roles, again.has_role(Role.AUDITOR)) == ({Role.MODERATOR}, False)


@pytest.mark.django_db(transaction=True)
def test_both_given_at_once_gives_one():
    someone, admin = person(Role.MODERATION_LEAD), person("administrator")
    quadrant = QuadrantFactory()
    done = all_at_once(
        lambda: give_role(
            person=someone, role=Role.MODERATOR, quadrant=quadrant, by=User.objects.get(pk=admin.pk)
        ),
        lambda: give_role(person=someone, role=Role.SEND_OFFICER, by=User.objects.get(pk=admin.pk)),
    )
    assert [type(one) for one in done].count(RefusalError) == 1
    assert Membership.objects.filter(user=someone).count() == 2
