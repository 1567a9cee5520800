"""Collections: banding exercises and termly rounds."""

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from banding.choices import CollectionKind
from banding.collections.milestones import Milestone, milestones_of
from banding.frameworks.models import Framework
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.choices import Sector

if TYPE_CHECKING:
    from schools.models import User


def default_reminder_offsets() -> list[int]:
    """Days from the deadline (rules.md R1)."""
    return [-21, -7, -2, 0, 1, 5]


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: "User") -> "CollectionQuerySet":
        """Every collection for the authority; for a school's people those it has a return in."""
        if user.roles & user.AUTHORITY_WIDE or user.quadrant_ids:
            return self
        returns = apps.get_model("banding.Return").objects.visible_to(user)
        return self.filter(pk__in=returns.values("collection"))

    def open_on(self, day: dt.date) -> "CollectionQuerySet":
        return self.filter(opens_on__lte=day, closed_at=None)


@audited
class Collection(UuidModel):
    """A banding exercise or a termly round, with a deadline at the end of its day."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=CollectionKind)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="collections")
    sectors = ArrayField(models.CharField(max_length=24, choices=Sector))
    reference_date = models.DateField()
    opens_on = models.DateField()
    deadline = models.DateField()
    processing_from = models.DateField(
        null=True, blank=True, help_text="When the authority begins to go through the returns."
    )
    moderation_from = models.DateField(
        null=True, blank=True, help_text="The first day of the week of moderation."
    )
    feedback_on = models.DateField(
        null=True, blank=True, help_text="When schools see what became of their returns (M11)."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    allows_no_change = models.BooleanField(
        default=False,
        help_text="Whether schools may say for many pupils at once that nothing has changed.",
    )
    needs_headteacher = models.BooleanField(
        default=False,
        help_text="Whether a headteacher has to confirm and submit the return.",
    )
    reminder_offsets = ArrayField(models.SmallIntegerField(), default=default_reminder_offsets)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-deadline", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__gte=F("opens_on")), name="collection_opens_before_deadline"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def milestones(self) -> list[Milestone]:
        """Its days in order, those that are known."""
        return milestones_of(
            opens=self.opens_on,
            deadline=self.deadline,
            processing=self.processing_from,
            moderation=self.moderation_from,
            feedback=self.feedback_on,
        )

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def holds_outcomes(self) -> bool:
        """Whether schools do not see the outcomes of moderation yet (M11)."""
        return self.feedback_on is not None and self.feedback_on > timezone.localdate()

    @property
    def effective_from(self) -> dt.date:
        """The day its decisions take effect at the earliest: its reference date (B4)."""
        return self.reference_date
