"""Files of finance sent in on screen."""

from banding_portal.roles import FUNDING_READERS
from banding_portal.uploads.models import Upload


class ValuesUpload(Upload):
    """What bands are worth, as a file (rules.md F2)."""

    WHAT = "Band values"
    PAGE = "funding:value_upload_detail"
    WORK = "funding.services.value_files.import_band_values"
    READERS = FUNDING_READERS


class CalendarUpload(Upload):
    """The payment calendar of a year (rules.md F1)."""

    WHAT = "Payment calendar"
    PAGE = "funding:calendar_upload_detail"
    WORK = "funding.services.calendars.import_payment_calendar"
    READERS = FUNDING_READERS


class SchoolDaysUpload(Upload):
    """The days on which schools are open (rules.md F5)."""

    WHAT = "School days"
    PAGE = "funding:school_days_upload_detail"
    WORK = "funding.services.school_days.import_school_days"
    READERS = FUNDING_READERS
