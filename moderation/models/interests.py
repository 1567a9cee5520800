"""What a person declares stands between them and judging fairly (rules.md M4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import MODERATION_OVERSIGHT
from moderation.models.cases import Case
from schools.models import School

if TYPE_CHECKING:
    from schools.models import User


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: "User") -> "InterestQuerySet":
        """A person's own; the lead, who gives cases out, and auditors see everybody's."""
        return self if user.has_role(*MODERATION_OVERSIGHT) else self.filter(person=user)


@audited
class Interest(UuidModel):
    """A relation to a school, or to the pupil of one case: a child there, a governor, a friend."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests"
    )
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="interests"
    )
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None) ^ Q(case=None), name="interest_in_school_or_case"
            ),
            models.UniqueConstraint(
                fields=["person", "school", "case"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="interest_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.school or self.case}"
