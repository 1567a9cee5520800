"""The home of funding: the periods, their runs, and the one next thing."""

from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import FUNDING_READERS
from funding.actions import next_action
from funding.selectors.calculations import calculations_to_tell
from funding.selectors.periods import periods_with_runs


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
        }
