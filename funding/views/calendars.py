"""Payment calendars: shown as a year, and loaded from a file (rules.md F1)."""

from fractions import Fraction
from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import percent
from funding.actions import actions_on_funding
from funding.file_columns import CALENDAR_LIMITS
from funding.models import CalendarUpload, PaymentCalendar
from funding.selectors.periods import calendars_with_periods


class CalendarList(Page[None]):
    """Each year with its periods and their shares."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/calendar_list.html"

    def context(self) -> dict[str, Any]:
        years = [
            {"calendar": calendar, "shares": shares_of(calendar)}
            for calendar in calendars_with_periods()
        ]
        return {"years": years, "can": actions_on_funding(self.user)}


def shares_of(calendar: PaymentCalendar) -> list[dict[str, object]]:
    """The bars of the year's picture: each period's share of an annual value."""
    return [
        {
            "label": period.name,
            "value": Fraction(period.numerator, period.denominator),
            "text": f"{period.numerator}/{period.denominator} = "
            f"{percent(period.numerator / period.denominator)}",
        }
        for period in calendar.periods.all()
    ]


class CalendarUploads(UploadPages, abstract=True):
    allowed_roles = FINANCE_OFFICER
    model = CalendarUpload
    heading = "Upload a payment calendar"
    create_name = "funding:calendar_upload"
    detail_name = "funding:calendar_upload_detail"
    parent_name = "funding:calendar_list"


class CalendarUploadCreate(CalendarUploads, UploadCreate):
    limits = CALENDAR_LIMITS
    template_name = "funding/calendar_upload.html"


class CalendarUploadDetail(CalendarUploads, UploadDetail):
    """Whoever reads calendars may look, officers apply."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    apply_text = "Apply this calendar"
    applied_text = "The payment calendar is saved"
    next_text = "See the payment calendars"
    who_heading = "Period"
