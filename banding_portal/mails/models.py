"""What every email has that is promised first and sent then, and whether the server answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MAX_UNSEEN = 2
"""Attempts whose end nobody saw; one more could repeat an email a second time."""
MAX_REFUSALS = 8
"""Attempts refused for good; the address is wrong, say."""


class Sendable(models.Model):
    """An email promised to one person; `sent_at` stays empty until it is out."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="Attempts the mail server surely did not take."
    )
    claimed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody last began to send it."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it was last refused.")
    bounced = models.BooleanField(default=False, help_text="The address was refused for good.")
    delivered_at = models.DateTimeField(
        null=True, blank=True, help_text="When GOV.UK Notify said that it arrived."
    )
    again_at = models.DateTimeField(null=True, blank=True, help_text="When asked for once more.")

    class Meta:
        abstract = True

    @property
    def mail_id(self) -> str:
        """A number of its own that a second attempt shares, but not one somebody asks for."""
        again = f".{self.again_at:%Y%m%d%H%M%S}" if self.again_at else ""
        return f"{self._meta.model_name}-{self.pk}{again}"

    @property
    def is_uncertain(self) -> bool:
        """Given up because it may have arrived, twice even, and nobody saw."""
        return self.sent_at is None and self.attempts - self.refusals >= MAX_UNSEEN

    @property
    def is_refused(self) -> bool:
        """Given up because the mail server refused it for good."""
        return self.sent_at is None and self.refusals >= MAX_REFUSALS


GIVEN_UP = Q(refusals__gte=MAX_REFUSALS) | Q(attempts__gte=F("refusals") + MAX_UNSEEN)


UNCERTAIN = Q(refusals__lt=MAX_REFUSALS) & Q(attempts__gte=F("refusals") + MAX_UNSEEN)


class MailAway(models.Model):
    """One row while the mail server does not answer, none while it does."""

    since = models.DateTimeField()
    problem = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"Away since {self.since:%d %m %Y}"


class Letter(models.Model):
    """An email about an account that went out or could not; nothing of what it says is kept, for
    it may hold a link that signs somebody in.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    bounced = models.BooleanField(default=False)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject

    @property
    def mail_id(self) -> str:
        return f"letter-{self.pk}"
