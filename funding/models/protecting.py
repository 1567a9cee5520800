"""Protection against a change of funding: the authority's rules, and whom they protect (F10)."""

from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from funding.choices import ProtectionKind
from schools.choices import Sector
from schools.models import Pupil


@audited
class ProtectionRule(UuidModel):
    """In a sector, from a day to a day, against what changed on a day; phased in, a rule a year."""

    sector = models.CharField(max_length=24, choices=Sector)
    kind = models.CharField(max_length=8, choices=ProtectionKind)
    changed_on = models.DateField(
        help_text="The first day of the new amounts; the day before says what was paid."
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    share = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        help_text="Of the amount before that is kept, or of the change that is paid.",
    )

    class Meta:
        ordering = ["sector", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="protection_share_of_one"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), starts_on__gte=F("changed_on")),
                name="protection_follows_the_change",
            ),
            models.UniqueConstraint(fields=["sector", "starts_on"], name="protection_once"),
        ]

    @property
    def percent(self) -> str:
        """97.5 or 33.33 or 25"""
        return f"{(self.share * 100).normalize():f}"

    def __str__(self) -> str:
        return f"{self.get_sector_display()} from {self.starts_on}"


class ProtectedPupil(UuidModel):
    """What a pupil was paid a year on the eve of the change; looked up at each calculation."""

    rule = models.ForeignKey(ProtectionRule, on_delete=models.CASCADE, related_name="protected")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    annual = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "pupil"], name="protected_pupil_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.annual}"
