"""Payment calendars: shown as a year, and loaded from a file (rules.md F1)."""

from collections.abc import Sequence
from fractions import Fraction

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from banding_portal.access import PortalView
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import percent
from funding.forms.configuration import CalendarFileForm
from funding.models import PaymentCalendar
from funding.selectors.periods import calendars_with_periods
from funding.services.calendars import load_payment_calendar
from funding.services.errors import CalendarError

DONE = {"created": "is there now", "updated": "is replaced", "unchanged": "was the same already"}


class CalendarList(PortalView):
    """Each year with its periods and their shares."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        years = [
            {"calendar": calendar, "shares": shares_of(calendar)}
            for calendar in calendars_with_periods()
        ]
        context = {"years": years, "may_change": bool(request.user.roles & FINANCE_OFFICER)}
        return render(request, "funding/calendar_list.html", context)


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


class CalendarUpload(PortalView):
    """A calendar as a JSON file; every problem in a sentence."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, CalendarFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CalendarFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form)
        try:
            loaded = load_payment_calendar(form.cleaned_data["file"].read())
        except CalendarError as error:
            return self.show(request, CalendarFileForm(), error.problems)
        done = DONE.get(loaded.change, "is there now")
        messages.success(request, f"The payment calendar {loaded.calendar} {done}.")
        return redirect("funding:calendar_list")

    def show(
        self, request: HttpRequest, form: CalendarFileForm, problems: Sequence[str] = ()
    ) -> HttpResponse:
        context = {"form": form, "problems": problems, "page_has_errors": bool(problems)}
        return render(request, "funding/calendar_upload.html", context)
