"""The share of a post that a moderator has for judging, and when they are away (rules.md M4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from moderation.capacity.rules import FULL


@audited
class Capacity(UuidModel):
    """Of a moderator about whom something else is said than a full post."""

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="capacity"
    )
    percent = models.PositiveSmallIntegerField(default=FULL)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=FULL), name="capacity_of_a_post")
        ]

    def __str__(self) -> str:
        return f"{self.moderator}: {self.percent}%"


@audited
class Absence(UuidModel):
    """Days on which a moderator is away, the first and the last included."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_later")
        ]

    def __str__(self) -> str:
        return f"{self.moderator}: {self.first} to {self.last}"
