"""The schedule of a collection, and reminders sent, one a return, kind and recipient (R1, R2)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from banding.choices import RecipientKind
from banding.collections.models import Collection
from banding.returns.models import Return
from banding_portal.audit import audited
from banding_portal.models import UuidModel

MAX_UNSEEN = 2
"""Attempts whose end nobody saw; one more could repeat an email a second time."""
MAX_REFUSALS = 8
"""Attempts refused for good; the address is wrong, say."""


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


class Reminder(UuidModel):
    """A reminder promised to one person; `sent_at` stays empty until the mail is out."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="reminders")
    pupil_return = models.ForeignKey(
        Return,
        null=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        help_text="Empty for the authority’s digest.",
    )
    offset = models.SmallIntegerField(help_text="Days from the deadline.")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind)
    due_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="Attempts the mail server surely did not take."
    )
    claimed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody last began to send it."
    )
    sent_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def is_uncertain(self) -> bool:
        """Given up because it may have arrived, twice even, and nobody saw."""
        return self.sent_at is None and self.attempts - self.refusals >= MAX_UNSEEN

    @property
    def is_refused(self) -> bool:
        """Given up because the mail server refused it for good."""
        return self.sent_at is None and self.refusals >= MAX_REFUSALS
