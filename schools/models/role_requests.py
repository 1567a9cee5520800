"""Roles that one administrator asks for and another agrees to."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ADMINISTRATOR, AUDITOR, GIVEN_BY_TWO, Role
from banding_portal.states import Moves, Stateful
from schools.choices import RoleRequestState
from schools.models.people import User


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    def waiting(self) -> "RoleRequestQuerySet":
        return self.filter(state=RoleRequestState.WAITING)

    def visible_to(self, user: User) -> "RoleRequestQuerySet":
        return self if user.has_role(*ADMINISTRATOR, *AUDITOR) else self.none()


@audited
class RoleRequest(Stateful, UuidModel):
    """Who pays, agrees to pay, audits or administers is decided by two: it gives nothing yet."""

    NOUN: ClassVar[str] = "A role that was asked for"
    MOVES: ClassVar[Moves] = {
        RoleRequestState.WAITING: frozenset(
            {RoleRequestState.AGREED, RoleRequestState.REFUSED, RoleRequestState.WITHDRAWN}
        )
    }
    COLOURS: ClassVar[Mapping[str, str]] = {
        RoleRequestState.WAITING: "yellow",
        RoleRequestState.AGREED: "green",
        RoleRequestState.REFUSED: "red",
    }

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=24, choices=Role)
    state = models.CharField(
        max_length=10, choices=RoleRequestState, default=RoleRequestState.WAITING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField("reason for refusing", blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(state=RoleRequestState.WAITING),
                name="role_request_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(GIVEN_BY_TWO)), name="role_request_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("user")), name="role_request_for_another"
            ),
            models.CheckConstraint(
                condition=~Q(state=RoleRequestState.AGREED)
                | (
                    Q(answered_by__isnull=False)
                    & ~Q(answered_by=models.F("asked_by"))
                    & ~Q(answered_by=models.F("user"))
                ),
                name="role_request_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
