"""The mark a message of return leaves on a pupil (rules.md B7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.returns.models import ReturnPupil
from banding_portal.audit import audited
from banding_portal.models import UuidModel


class MarkQuerySet(models.QuerySet["Mark"]):
    def to_look_at(self) -> "MarkQuerySet":
        return self.filter(looked_at=None)


@audited
class Mark(UuidModel):
    """One message about one pupil. It keeps its own text: the return has that of the last
    message alone, and a mark goes along with its row to another return.
    """

    return_pupil = models.ForeignKey(ReturnPupil, on_delete=models.CASCADE, related_name="marks")
    message = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "message about a pupil"
        verbose_name_plural = "messages about pupils"
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_by=None, looked_at=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="mark_looked_at_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Message about {self.return_pupil}"
