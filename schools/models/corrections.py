"""What was put right about a pupil's placement, plan or band (rules.md S10)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES
from schools.choices import Corrected, CorrectionKind
from schools.models.pupils import Pupil

if TYPE_CHECKING:
    from schools.models.people import User


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: "User") -> "CorrectionQuerySet":
        """For those who see every pupil: a school is not to learn what was there by mistake."""
        return self if user.roles & ALL_PUPIL_ROLES else self.none()


@audited
class Correction(UuidModel):
    """One record put right, with what it said before and after, so that it can be taken back."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="corrections")
    record = models.CharField(max_length=10, choices=Corrected)
    subject = models.UUIDField(help_text="The id of the placement, plan or decision.")
    kind = models.CharField(max_length=10, choices=CorrectionKind)
    before = models.JSONField()
    after = models.JSONField(default=dict, blank=True)
    before_words = models.CharField(max_length=300)
    after_words = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["subject"], name="correction_subject")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_record_display()}: {self.before_words}"
