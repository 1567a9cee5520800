"""Every move of a return: when, by whom, and why (rules.md B7)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from banding.choices import ReturnMoveKind
from banding.returns.models import Return
from banding_portal.audit import audited
from banding_portal.models import UuidModel


@audited
class ReturnMove(UuidModel):
    """One line of a return's history, as its school and the authority read it."""

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=12, choices=ReturnMoveKind)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True, help_text="The new deadline, where it moved.")

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pupil_return}: {self.get_kind_display()}"
