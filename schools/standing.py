"""How people stand, for the administrator: who can sign in, and who has not done so."""

from django.db.models import Count, Q
from django.urls import reverse

from banding_portal.roles import ADMINISTRATOR
from banding_portal.standing import Standing
from banding_portal.words import number
from schools.models import User
from schools.selectors.people import EVER, NOT_YET, quiet_for

QUIET_DAYS = 90


def standing_of(user: User) -> list[Standing]:
    """For the home page; one query."""
    if not user.has_role(*ADMINISTRATOR):
        return []
    found = User.objects.aggregate(
        all=Count("pk", filter=Q(is_active=True)),
        never=Count("pk", filter=NOT_YET),
        quiet=Count("pk", filter=quiet_for(QUIET_DAYS) & ~Q(last_login=None)),
    )
    return [
        Standing(
            title="People who use the portal",
            url=f"{reverse('schools:person_list')}?quiet={EVER}",
            action="See who has not signed in yet",
            figures=[
                ("Can sign in", number(found["all"])),
                ("Have not signed in yet", number(found["never"])),
                ("Not signed in for 3 months", number(found["quiet"])),
            ],
        )
    ]
