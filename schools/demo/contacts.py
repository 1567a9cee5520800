"""Contacts of the invented schools: most have named theirs, one long ago; two have not."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.choices import ContactKind
from schools.contacts.rules import Given
from schools.contacts.services import confirm_contacts
from schools.models import Membership, School, User

LAST, BEFORE = 160, 300
"""Days ago; the school of the demonstration’s SENCO is asked to confirm its own."""
ASKED = 8
"""Every eighth school has not named anybody yet."""


def seed_contacts(timeline: Timeline) -> None:
    schools = School.objects.filter(status="open", arrangement="").order_by("name")
    heads = {
        held.school_id: held.user
        for held in Membership.objects.current().filter(role=Role.HEADTEACHER)
    }
    sencos = {
        held.school_id: held.user for held in Membership.objects.current().filter(role=Role.SENCO)
    }
    for place, school in enumerate(schools, start=1):
        head, senco = heads.get(school.pk), sencos.get(school.pk)
        if head and senco and place % ASKED:
            days = BEFORE if place % 5 == 0 else LAST
            with acting(head, timeline.ago(days)):
                named = contacts_named(place, senco, head)
                confirm_contacts(school=school, given=named, seen="", by=head)


def contacts_named(place: int, senco: User, head: User) -> dict[str, Given]:
    telephone = f"01632 960 {100 + place:03d}"
    office = Given("School office", "", telephone)
    return {
        ContactKind.SENCO: Given(senco.name, senco.email, telephone),
        ContactKind.HEADTEACHER: Given(head.name, head.email),
        ContactKind.FINANCE: office if place % 3 else Given(),
    }
