"""What a band is worth, and which framework pays (rules.md F2, B4)."""

from django.db import models
from django.db.models import Q

from banding.models import Band, Framework
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.choices import Sector


@audited
class BandValue(UuidModel):
    """The annual top-up of a band in a sector from a date, in pounds; empty is not known yet."""

    band = models.ForeignKey(Band, on_delete=models.PROTECT, related_name="values")
    sector = models.CharField(max_length=24, choices=Sector)
    annual_value = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    effective_from = models.DateField()

    class Meta:
        ordering = ["band__framework__code", "sector", "band__rank", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["band", "sector", "effective_from"], name="band_value_once"
            ),
            models.CheckConstraint(
                condition=Q(annual_value=None) | Q(annual_value__gte=0),
                name="band_value_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band}, {self.get_sector_display()}, from {self.effective_from}"


@audited
class FundingPolicy(UuidModel):
    """The framework that pays in a sector from a date.

    A sector without a policy pays on the latest agreed band while there is one framework alone.
    """

    sector = models.CharField(max_length=24, choices=Sector)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    effective_from = models.DateField()

    class Meta:
        ordering = ["sector", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["sector", "effective_from"], name="funding_policy_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()}: {self.framework} from {self.effective_from}"
