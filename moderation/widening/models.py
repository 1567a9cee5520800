"""What the lead decided about a school past the limit (rules.md M6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from moderation.models.samples import Sample
from schools.models import School


@audited
class Widening(UuidModel):
    """A school at which more is judged, or not; with the figures as they stood."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="widenings")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    cases = models.PositiveSmallIntegerField(help_text="Cases added; none where it is left.")
    judged = models.PositiveSmallIntegerField()
    differing = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "school"], name="widening_once_a_school"),
            models.CheckConstraint(
                condition=Q(cases__gt=0) | ~Q(reason=""), name="widening_left_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.cases} cases more"
