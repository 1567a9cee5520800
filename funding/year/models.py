"""The budget of a year by sector, and how the year stood when it was worked out (F19)."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from banding_portal.audit import audited
from banding_portal.jobs.models import Job, one_at_work
from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from funding.models.calendars import PaymentCalendar
from schools.choices import Sector

if TYPE_CHECKING:
    from schools.models import User


@audited
class Budget(UuidModel):
    """Pounds for the top-up of a sector in a year."""

    calendar = models.ForeignKey(PaymentCalendar, on_delete=models.CASCADE, related_name="budgets")
    sector = models.CharField(max_length=24, choices=Sector)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["sector"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "sector"], name="budget_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()}, {self.calendar}"


class YearForecastQuerySet(models.QuerySet["YearForecast"]):
    def visible_to(self, user: "User") -> "YearForecastQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class YearForecast(Job):
    """A year being worked out; its preview holds the sums by sector and month, and the terms."""

    NOUN: ClassVar[str] = "A forecast"
    WORK: ClassVar[str] = "funding.year.services.work_out_year"

    calendar = models.ForeignKey(
        PaymentCalendar, on_delete=models.CASCADE, related_name="forecasts"
    )

    objects = YearForecastQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("calendar", name="year_forecast_one_at_work")]

    def __str__(self) -> str:
        return f"Forecast of {self.calendar}"
