"""What calculating a draft again changed, line by line (rules.md F7)."""

from django.db import models

from banding_portal.models import UuidModel
from funding.choices import LineChange, LineKind
from funding.models.calendars import Period
from funding.models.runs import Run


class RecalculatedLine(UuidModel):
    """A line of a draft that was another one in the draft before: how it was, and how it is.

    Kept of the last calculation alone, and until the run is published. Lines themselves are what
    is paid; this says what a person has to look at again.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="recalculated")
    line = models.UUIDField(help_text="The number of the line, as it was or as it is.")
    change = models.CharField(max_length=8, choices=LineChange)
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=LineKind)
    reference = models.CharField(max_length=40)
    urn = models.CharField(max_length=6)
    school_name = models.CharField(max_length=200)
    was_start = models.DateField(null=True)
    was_end = models.DateField(null=True)
    was_band = models.CharField(max_length=60, blank=True)
    was_annual = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    was_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    band = models.CharField(max_length=60, blank=True)
    annual = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    difference = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        ordering = ["reference", "urn", "was_start", "start"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_change_display()}"
