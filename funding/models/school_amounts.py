"""What a single school is paid otherwise: rates of its own, lump sums, a minimum (rules.md F24)."""

from django.db import models
from django.db.models import F, Q

from banding.models import Band
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.words import money
from funding.choices import SchoolAmountKind
from schools.models import School


@audited
class SchoolAmount(UuidModel):
    """Pounds a year at a school from a day to a day, for all its pupils on a band or for itself."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SchoolAmountKind)
    band = models.ForeignKey(Band, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, blank=True, help_text="What a lump sum is for.")
    annual = models.DecimalField(max_digits=10, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        ordering = ["school__name", "kind", "name", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(annual__gte=0), name="school_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="school_amount_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="rate", band__isnull=False, name="")
                | Q(kind="lump_sum", band=None) & ~Q(name="")
                | Q(kind="minimum", band=None, name=""),
                name="school_amount_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["school", "kind", "band", "name", "starts_on"],
                nulls_distinct=False,
                name="school_amount_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.what}, {money(self.annual)} a year"

    @property
    def what(self) -> str:
        """Rate of Band B; Lump sum: Hydrotherapy pool; Minimum amount"""
        if self.band:
            return f"Rate of {self.band.name}"
        return f"{self.get_kind_display()}: {self.name}" if self.name else self.get_kind_display()
