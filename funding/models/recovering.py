"""Agreements to take money back over several terms (rules.md F25)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from funding.models.runs import Run
from schools.models import School


@audited
class RecoveryAgreement(UuidModel):
    """What the adjustments of a run take back from a school is paid back in so many terms."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="recoveries")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    instalments = models.PositiveSmallIntegerField()
    agreed_with = models.CharField(max_length=60, help_text="Who agreed for the school.")
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    rest_at_once = models.BooleanField(
        default=False, help_text="The next run takes back all that is left."
    )

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["run", "school"], name="recovery_once_a_run"),
            models.CheckConstraint(
                condition=Q(instalments__gte=2, instalments__lte=12),
                name="recovery_of_some_instalments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.run}, {self.instalments} instalments"
