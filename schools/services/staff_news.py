"""Tell the administrators on home what others did with people: a headteacher, or one of them."""

from django.urls import reverse

from banding_portal.notices.choices import NoticeKind
from banding_portal.roles import ADMINISTRATOR
from schools.models import Membership, RoleRequest, User
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


def tell_of_request(request: RoleRequest, by: User, what: str) -> None:
    """`what` reads before the person’s name: asks that, agreed that, refused that."""
    tell_authority(
        NoticeKind.STAFF,
        ADMINISTRATOR,
        key=f"{request.pk} {what}",
        title=f"{by.name} {what} {request.user.name} becomes {request}",
        path=reverse("schools:role_request", args=[request.pk]),
        by=by,
    )
