"""Samples drawn from a collection's submitted decisions, population and all (rules.md M1, M2)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.models import BandDecision, Collection
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import Role
from moderation.choices import Allocation, SeedFrom

if TYPE_CHECKING:
    from schools.models import User


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, user: "User") -> "SampleQuerySet":
        return self if user.has_role(Role.MODERATION_LEAD, Role.AUDITOR) else self.none()

    def standing(self) -> "SampleQuerySet":
        """Those that have not been discarded."""
        return self.filter(discarded_at=None)

    def counted_with(self, sample: "Sample") -> "SampleQuerySet":
        """Those whose cases count together with the sample’s: of one collection, drawn as returns
        came in. A pilot and a discarded one stand alone.
        """
        if sample.pilot or sample.discarded_at:
            return self.filter(pk=sample.pk)
        return self.standing().filter(collection=sample.collection_id, pilot=False)


@audited
class Sample(UuidModel):
    """One draw: anyone can repeat it from the seed, rate, minimum and the stored population.

    A collection may have several, as returns come in; no pupil is in the population of two.
    """

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="samples")
    seed = models.CharField(max_length=80)
    seed_from = models.CharField(max_length=8, choices=SeedFrom, default=SeedFrom.GIVEN)
    rate = models.DecimalField(max_digits=5, decimal_places=4)
    minimum = models.PositiveSmallIntegerField(default=1)
    allocation = models.CharField(max_length=8, choices=Allocation, default=Allocation.SHARE)
    each_school = models.BooleanField(
        default=False, help_text="Whether schools without a random case have one besides."
    )
    pilot = models.BooleanField(
        default=False, help_text="To try out: in no statistics but its own."
    )
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(auto_now_add=True)
    missing = models.PositiveIntegerField(
        default=0, help_text="Returns that were not submitted when it was drawn."
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    discarded_because = models.TextField(blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at=None) | ~Q(discarded_because=""),
                name="sample_discarded_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection}, seed {self.seed}"

    @property
    def name(self) -> str:
        """Autumn exercise, pilot"""
        return f"{self.collection}, pilot" if self.pilot else str(self.collection)


class SampleDecision(UuidModel):
    """A row of the frozen population, as it was when the sample was drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="population")
    decision = models.ForeignKey(BandDecision, on_delete=models.PROTECT, related_name="+")
    urn = models.CharField(max_length=6)
    quadrant = models.CharField(max_length=80)
    sector = models.CharField(max_length=24)
    band = models.CharField(max_length=12)
    hash = models.CharField(max_length=64)
    stratum_size = models.PositiveIntegerField()
    stratum_sample = models.PositiveIntegerField()
    selected = models.BooleanField()

    class Meta:
        ordering = ["quadrant", "sector", "band", "hash"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "decision"], name="sample_decision_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}"


class BandsSeen(UuidModel):
    """That somebody has seen the bands of a sample, so judges no case of it (M9)."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "person"], name="bands_seen_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.sample}"
