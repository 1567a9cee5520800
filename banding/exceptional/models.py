"""Requests for provision no band secures (rules.md B11)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.choices import REQUEST_MOVES, RequestState
from banding.returns.models import Return, ReturnPupil
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.states import Stateful

if TYPE_CHECKING:
    from schools.models import User


class ExceptionalRequestQuerySet(models.QuerySet["ExceptionalRequest"]):
    def visible_to(self, user: "User") -> "ExceptionalRequestQuerySet":
        return self.filter(return_pupil__pupil_return__in=Return.objects.visible_to(user))

    def waiting(self) -> "ExceptionalRequestQuerySet":
        return self.filter(state=RequestState.WAITING)


@audited
class ExceptionalRequest(UuidModel, Stateful):
    """A school says that no band secures the provision in a pupil's plan, and why."""

    NOUN, MOVES = "A request", REQUEST_MOVES
    COLOURS = {RequestState.WAITING: "light-blue", RequestState.ANSWERED: "green"}

    return_pupil = models.ForeignKey(
        ReturnPupil, on_delete=models.PROTECT, related_name="exceptional_requests"
    )
    reason = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ExceptionalRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["return_pupil"],
                condition=Q(state=RequestState.WAITING),
                name="exceptional_request_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.WAITING, RequestState.WITHDRAWN])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="exceptional_request_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Exceptional request for {self.return_pupil}"
