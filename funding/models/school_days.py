"""The days on which schools are open (rules.md F5)."""

from django.db import models

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.models import School


@audited
class SchoolDay(UuidModel):
    """Whether a day is a school day: for the authority, or for one school that differs from it.

    A day that nobody says anything of is none.
    """

    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.CASCADE, related_name="school_days"
    )
    date = models.DateField()
    is_school_day = models.BooleanField()

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "school"], nulls_distinct=False, name="school_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date}: {'a school day' if self.is_school_day else 'no school day'}"
