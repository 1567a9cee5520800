"""What happened to a collection after it was opened: when, by whom, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from banding.choices import CollectionMoveKind
from banding.collections.models import Collection
from banding_portal.audit import audited
from banding_portal.models import UuidModel


@audited
class CollectionMove(UuidModel):
    """One line of a collection's history. That of a deleted one is left in the audit trail."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=12, choices=CollectionMoveKind)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.TextField(blank=True, help_text="What was changed, in words.")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.collection}: {self.get_kind_display()}"
