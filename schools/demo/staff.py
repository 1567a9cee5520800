"""A headteacher adds somebody to the school: news for the administrator."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.demo.people import DOMAIN, account_of
from schools.models import School, User
from schools.services.staff import invite_to_school

ADDED = 5
"""Days ago."""


def seed_staff(timeline: Timeline) -> None:
    head = User.objects.get(email=account_of(Role.HEADTEACHER).email)
    school = School.objects.get(pk__in=head.school_ids_as(Role.HEADTEACHER))
    with acting(head, timeline.ago(ADDED)):
        invite_to_school(
            school=school,
            email=f"tess.marlow@{DOMAIN}",
            name="Tess Marlow",
            role=Role.SCHOOL_FINANCE,
            by=head,
        )
