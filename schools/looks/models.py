"""Who saw which pupils’ names: written once a page or file, never changed."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.choices import HowSeen


class Look(models.Model):
    """One page or file that named pupils, and who read it. It stays when a pupil is removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=HowSeen)
    page = models.CharField(max_length=120)
    """Name of the address, as `reverse` takes it, or kind of the job."""
    what = models.CharField(max_length=200)
    """What the page is called, in words."""
    pupils = ArrayField(models.UUIDField())

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["-at"], name="look_latest"),
            models.Index(fields=["user", "-at"], name="look_of_person"),
            GinIndex(fields=["pupils"], name="look_at_pupil"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.at:%d %b %Y %H:%M}"


@audited
class UnusualDay(UuidModel):
    """A day on which somebody saw far more pupils than they usually do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    pupils = models.PositiveIntegerField()
    usual = models.PositiveIntegerField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-pupils"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="unusual_day_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="unusual_day_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("user")),
                name="unusual_day_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d %b %Y}"
