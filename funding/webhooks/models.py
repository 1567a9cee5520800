"""Finance systems that are told of published runs, and each message to them (rules.md F21)."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from banding_portal.audit import audited
from banding_portal.jobs.models import Job
from banding_portal.jobs.states import MOVES, JobState
from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from banding_portal.states import Moves
from funding.models.runs import Run

if TYPE_CHECKING:
    from schools.models import User

TELL = "funding.webhooks.services.tell_given_up"
TOLD = {
    JobState.DONE: "Delivered",
    JobState.REFUSED: "Is tried again",
    JobState.WAITING: "On its way",
}


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User") -> "WebhookQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()

    def in_force(self) -> "WebhookQuerySet":
        return self.filter(ended_at=None)


@audited
class Webhook(UuidModel):
    """An address that a signed message goes to when a run is published."""

    name = models.CharField(max_length=80)
    url = models.CharField("address", max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=Q(ended_at=None), name="webhook_of_an_address_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) ^ Q(ended_by__isnull=False),
                name="webhook_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What messages are signed with. It follows from SECRET_KEY, so no table holds it."""
        return f"whk_{salted_hmac('funding.webhooks', self.pk.hex, algorithm='sha256').hexdigest()}"


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def visible_to(self, user: "User") -> "DeliveryQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class WebhookDelivery(Job):
    """The message about one run to one address, under one number however often it is tried."""

    NOUN: ClassVar[str] = "A message to a finance system"
    MOVES: ClassVar[Moves] = {**MOVES, JobState.FAILED: frozenset({JobState.WAITING})}
    WORK: ClassVar[str] = "funding.webhooks.delivering.deliver"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="deliveries")
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(
        null=True, help_text="When it is tried again; empty once it arrived or is given up."
    )
    problem = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [
            models.UniqueConstraint(fields=["webhook", "run"], name="webhook_told_once_of_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.run} to {self.webhook}"

    def tell_refused(self) -> None:
        """Finance is told on home once it is tried no more."""
        if self.again_at is None:
            import_string(TELL)(self)

    @property
    def is_given_up(self) -> bool:
        return self.state == JobState.FAILED or (
            self.state == JobState.REFUSED and self.again_at is None
        )

    @property
    def state_words(self) -> str:
        return (
            "Given up" if self.is_given_up else TOLD.get(JobState(self.state), super().state_words)
        )
