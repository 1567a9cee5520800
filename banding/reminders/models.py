"""The schedule of a collection, and reminders sent, one a return, kind and recipient (R1, R2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from banding.choices import RecipientKind
from banding.collections.models import Collection
from banding.returns.models import Return
from banding_portal.audit import audited
from banding_portal.mails.models import Sendable
from banding_portal.models import UuidModel


@audited
class ReminderStep(UuidModel):
    """What a collection says of one of its reminders instead of the standard."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="reminder_steps"
    )
    offset = models.SmallIntegerField(help_text="Days from the deadline.")
    recipients = ArrayField(models.CharField(max_length=12, choices=RecipientKind))
    subject = models.CharField(max_length=150, blank=True, help_text="Empty: the standard one.")
    text = models.TextField(blank=True, help_text="Empty: the standard one.")

    class Meta:
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "offset"], name="reminder_step_once"),
            models.CheckConstraint(
                condition=models.Q(recipients__len__gt=0), name="reminder_step_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.offset:+d} days"


class Reminder(UuidModel, Sendable):
    """A reminder promised to one person."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="reminders")
    pupil_return = models.ForeignKey(
        Return,
        null=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        help_text="Empty for the authority’s digest.",
    )
    offset = models.SmallIntegerField(help_text="Days from the deadline.")
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    due_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "pupil_return", "offset", "recipient"],
                nulls_distinct=False,
                name="reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.offset:+d} days"
