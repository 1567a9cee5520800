"""The home of funding: the periods, their runs, and the one next thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from banding_portal.access import PortalView
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import lower_first
from funding.choices import RunState
from funding.selectors.calculations import calculations_to_tell
from funding.selectors.periods import PeriodRow, next_period, periods_with_runs
from schools.models import User


class FundingHome(PortalView):
    """Periods with their run's state."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = periods_with_runs(request.user)
        context = {
            "rows": rows,
            "calculations": calculations_to_tell(request.user),
            "next": next_button(request.user, rows),
            "may_change": bool(request.user.roles & FINANCE_OFFICER),
        }
        return render(request, "funding/home.html", context)


def next_button(user: User, rows: list[PeriodRow]) -> dict[str, str] | None:
    """Words and address of the next thing for the person's roles; None when nothing is."""
    officer = bool(user.roles & FINANCE_OFFICER)
    if not rows:
        upload = {"text": "Upload a payment calendar", "url": reverse("funding:calendar_upload")}
        return upload if officer else None
    row = next_period(rows)
    if row is None:
        return None
    name = lower_first(row.period.name)
    if row.run is None:
        url = f"{reverse('funding:run_create')}?period={row.period.code}"
        return {"text": f"Calculate {name}", "url": url} if officer else None
    url = reverse("funding:run_detail", args=[row.run.pk])
    if row.run.state == RunState.CHECKED and user.roles & FINANCE_AUTHORISER:
        return {"text": f"Check {name}", "url": url}
    if row.run.state == RunState.DRAFT and officer:
        return {"text": f"Go on with {name}", "url": url}
    return None
