"""Years being rolled over (rules.md S7)."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from banding_portal.jobs.models import Job, one_at_work
from banding_portal.roles import ALL_PUPIL_ROLES

if TYPE_CHECKING:
    from schools.models import User


class RollOverQuerySet(models.QuerySet["RollOver"]):
    def visible_to(self, user: "User") -> "RollOverQuerySet":
        return self if user.has_role(*ALL_PUPIL_ROLES) else self.none()


class RollOver(Job):
    """One academic year being rolled over to the next, as somebody saw it beforehand."""

    NOUN: ClassVar[str] = "A roll-over"
    WORK: ClassVar[str] = "banding.roll_over.services.work_on"

    new_year = models.PositiveSmallIntegerField(
        help_text="The calendar year in which the academic year that begins does."
    )
    seen = models.CharField(max_length=64, help_text="The mark of what the person was shown.")
    is_early = models.BooleanField(
        default=False, help_text="Wished before the summer term is over, and confirmed."
    )
    ends_ceased = models.BooleanField(
        default=False, help_text="Placements of those whose plan has ended, too."
    )
    record = models.UUIDField(null=True, help_text="The import record of what it changed.")

    objects = RollOverQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("new_year", name="roll_over_one_at_work")]

    def __str__(self) -> str:
        return f"Roll-over to {self.new_year}"
