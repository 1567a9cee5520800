"""What people answered about two pupils that are perhaps the same (rules.md S8)."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES
from schools.choices import SameChild
from schools.models.pupils import Pupil

if TYPE_CHECKING:
    from schools.models.people import User


class PupilAnswerQuerySet(models.QuerySet["PupilAnswer"]):
    def visible_to(self, user: "User") -> "PupilAnswerQuerySet":
        """For those who see every pupil: a school must not learn of another's through one."""
        return self if user.roles & ALL_PUPIL_ROLES else self.none()

    def about(self, *pupils: UUID) -> "PupilAnswerQuerySet":
        """Answers about any of the pupils."""
        return self.filter(Q(one__in=pupils) | Q(other__in=pupils))


@audited
class PupilAnswer(UuidModel):
    """One answer about a pair of pupils: the same child, or another. The pair has no order."""

    one = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=SameChild)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField()

    objects = PupilAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-answered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="pupil_answer_lower_id_first"
            ),
            models.UniqueConstraint(fields=["one", "other"], name="pupil_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}: {self.get_answer_display()}"
