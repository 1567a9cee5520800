"""Files of finance sent in on screen."""

from typing import TYPE_CHECKING, TypeVar

from django.db import models

from banding_portal.roles import FUNDING_READERS
from banding_portal.uploads.models import Upload

if TYPE_CHECKING:
    from schools.models import User

U = TypeVar("U", bound=Upload)


class FinanceUploadQuerySet(models.QuerySet[U]):
    def visible_to(self, user: "User") -> "FinanceUploadQuerySet[U]":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class ValuesUpload(Upload):
    """What bands are worth, as a file (rules.md F2)."""

    WORK = "funding.services.value_files.run_values_upload"

    objects = FinanceUploadQuerySet.as_manager()


class CalendarUpload(Upload):
    """The payment calendar of a year (rules.md F1)."""

    WORK = "funding.services.calendars.run_calendar_upload"

    objects = FinanceUploadQuerySet.as_manager()
