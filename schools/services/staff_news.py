"""Tell the administrators on home what a headteacher did with the people of the school."""

from django.urls import reverse

from banding_portal.notices.choices import NoticeKind
from banding_portal.roles import ADMINISTRATOR
from schools.models import Membership, User
from schools.services.news import tell_authority


def tell_of_staff(membership: Membership, by: User, what: str) -> None:
    """`what` reads before the person’s name: added, ended the role of."""
    tell_authority(
        NoticeKind.STAFF,
        ADMINISTRATOR,
        key=f"{membership.pk} {what}",
        title=f"{by.name} {what} {membership.user.name} as {membership.get_role_display()}",
        path=reverse("schools:person_detail", args=[membership.user_id]),
        school=str(membership.school),
        by=by,
    )
