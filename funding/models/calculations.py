"""Runs being calculated (rules.md F3-F8)."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from banding_portal.jobs.models import Job, one_at_work
from banding_portal.roles import FUNDING_READERS
from funding.models.calendars import Period
from funding.models.runs import Run

if TYPE_CHECKING:
    from schools.models import User


class RunCalculationQuerySet(models.QuerySet["RunCalculation"]):
    def visible_to(self, user: "User") -> "RunCalculationQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()

    def newest_of_each_period(self) -> "RunCalculationQuerySet":
        return self.order_by("period_id", "-started_at").distinct("period_id")


class RunCalculation(Job):
    """The draft run of a period, to be made or calculated again."""

    NOUN: ClassVar[str] = "A calculation"
    WORK: ClassVar[str] = "funding.services.calculations.calculate"

    # A calendar that loses a period takes its drafts away too.
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="calculations")
    run = models.ForeignKey(Run, null=True, on_delete=models.CASCADE, related_name="calculations")

    objects = RunCalculationQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("period", name="run_calculation_one_at_work")]

    def __str__(self) -> str:
        return f"Calculation of {self.period}"
