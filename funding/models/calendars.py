"""Payment calendars: the periods a year is paid in (rules.md F1)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from funding.choices import Proration


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


@audited
class PaymentCalendar(UuidModel):
    """The periods of one year and how part periods are paid."""

    year = models.CharField(max_length=9, unique=True)
    proration = models.CharField(max_length=16, choices=Proration)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.year


@audited
class Period(UuidModel):
    """A part of the year, both days included, and its share of an annual value."""

    calendar = models.ForeignKey(PaymentCalendar, on_delete=models.CASCADE, related_name="periods")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    start = models.DateField()
    end = models.DateField()
    count_date = models.DateField()
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="period_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gt=0), name="period_fraction_positive"
            ),
            ExclusionConstraint(
                name="period_overlaps_no_other",
                expressions=[
                    (
                        DateRange(F("start"), F("end"), models.Value("[]")),
                        RangeOperators.OVERLAPS,
                    )
                ],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1
