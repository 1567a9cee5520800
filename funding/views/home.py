"""The home of funding: the periods, their runs, and the one next thing."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone

from banding_portal.pages import Page
from banding_portal.roles import FUNDING_READERS
from funding.actions import next_action
from funding.selectors.calculations import calculations_to_tell
from funding.selectors.periods import PeriodRow, periods_with_runs


class FundingHome(Page[None]):
    """Periods with their run's state."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/home.html"

    def context(self) -> dict[str, Any]:
        rows = periods_with_runs(self.user)
        return {
            "rows": rows,
            "calculations": calculations_to_tell(self.user),
            "next": next_action(rows, self.user),
            "year": year_of(rows, timezone.localdate()),
        }


def year_of(rows: list[PeriodRow], today: dt.date) -> UUID | None:
    """The calendar of the period that a day lies in, else of the latest."""
    periods = sorted((row.period for row in rows), key=lambda period: period.start)
    now = [period for period in periods if period.start <= today <= period.end]
    return (now or periods)[-1].calendar_id if periods else None
