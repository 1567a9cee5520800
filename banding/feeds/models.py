"""A private calendar address."""

from django.conf import settings
from django.db import models

from banding_portal.audit import audited_without
from banding_portal.models import UuidModel


@audited_without("read_on")
class CalendarFeed(UuidModel):
    """One address a person; the address names this row, so deleting the row revokes it.

    The address is signed, so that reading this table is not enough to open somebody's calendar.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feed"
    )
    made_at = models.DateTimeField()
    read_on = models.DateField(
        null=True, blank=True, help_text="The last day on which a calendar read it."
    )

    def __str__(self) -> str:
        return f"Calendar address of {self.person}"
