"""Roles of weight: one administrator asks, another agrees, and all of them know."""

from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import ADMINISTRATOR
from banding_portal.verbs import verb
from schools.actions.people import role_request_actions
from schools.choices import RoleRequestState
from schools.models import Membership, RoleRequest, User
from schools.services.letters import link_to, send_letter
from schools.services.people import add_role
from schools.services.staff_news import tell_of_request


@verb
def agree_to_role(*, request: RoleRequest, by: User) -> Membership:
    """Give the role. Raises RefusalError for who asked, and for whom it is."""
    row = answered(request, "agree", RoleRequestState.AGREED, by)
    tell_of_request(row, by, "agreed that")
    return add_role(row.user, row.role)


@verb
def refuse_role(*, request: RoleRequest, reason: str, by: User) -> RoleRequest:
    """Nothing is given; whoever asked is told why."""
    row = answered(request, "refuse", RoleRequestState.REFUSED, by, reason=reason.strip())
    tell_of_request(row, by, "refused that")
    return row


@verb
def withdraw_role(*, request: RoleRequest, by: User) -> RoleRequest:
    """Taken back by whoever asked, before anybody has answered."""
    row = answered(request, "withdraw", RoleRequestState.WITHDRAWN, by)
    tell_of_request(row, by, "no longer asks that")
    return row


def answered(
    request: RoleRequest, action: str, state: str, by: User, reason: str = ""
) -> RoleRequest:
    row = RoleRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    # The lock keeps the address as it is while somebody agrees.
    row.user = User.objects.select_for_update(no_key=True).get(pk=row.user_id)
    role_request_actions(row, by).require(action)
    row.move(state, by=by, answered_by=by, answered_at=timezone.now(), reason=reason)
    return row


def other_administrators(*apart: User) -> list[User]:
    """Who may agree, and is told of it."""
    found = User.objects.holding(ADMINISTRATOR)
    return list(found.exclude(pk__in=[user.pk for user in apart]))


def tell_others(*, request: RoleRequest, by: User) -> None:
    """That a role was asked for, or what came of it. Raises OSError when mail is away."""
    url = link_to(reverse("schools:role_request", args=[request.pk]))
    for person in other_administrators(by):
        send_letter("role_asked", person.email, person=person, request=request, by=by, url=url)
