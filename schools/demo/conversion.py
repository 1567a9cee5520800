"""A school that has just become an academy, with nothing moved there yet."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.choices import SchoolStatus
from schools.demo.schools import PRIMARY_ACADEMY, invented_school
from schools.models import School, SchoolLink, User

CONVERTS, ACADEMY = "Hazelwick Primary School", "Hazelwick Primary Academy"


def seed_conversion(timeline: Timeline) -> None:
    """As the register says it; the officer finds it on the home page."""
    administrator = User.objects.filter(memberships__role=Role.ADMINISTRATOR).get()
    with acting(administrator, timeline.ago(1)):
        place = School.objects.count()
        academy = invented_school(place, PRIMARY_ACADEMY, ACADEMY, None)
        academy.opened_on = timeline.ago(2)
        academy.save()
        old = School.objects.get(name=CONVERTS)
        old.status, old.closed_on = SchoolStatus.CLOSED, timeline.ago(3)
        old.save(update_fields=["status", "closed_on"])
        SchoolLink.objects.create(
            school=old,
            linked_urn=academy.urn,
            linked_name=academy.name,
            kind="Successor",
            established_on=academy.opened_on,
        )
