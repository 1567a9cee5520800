"""Invitations sent to many people at once, as a job."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from banding_portal.jobs.models import Job
from banding_portal.roles import ADMINISTRATOR, AUDITOR

if TYPE_CHECKING:
    from schools.models.people import User


class InvitationRoundQuerySet(models.QuerySet["InvitationRound"]):
    def visible_to(self, user: "User") -> "InvitationRoundQuerySet":
        return self if user.has_role(*ADMINISTRATOR, *AUDITOR) else self.none()


class InvitationRound(Job):
    """One email for each person who had the same moment put down as their invitation."""

    NOUN: ClassVar[str] = "A round of invitations"
    WORK: ClassVar[str] = "schools.services.invitations.mail_round"

    invited_at = models.DateTimeField()

    objects = InvitationRoundQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Invitations of {self.invited_at:%d %b %Y %H:%M}"
