"""The dashboard of a sample for the lead and auditors."""

from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import MODERATION_OVERSIGHT
from moderation.dashboard.rules import LATELY
from moderation.dashboard.selectors import by_state, overdue_requests, quadrant_rows, workloads
from moderation.models import Sample
from moderation.views.finding import AboutSample


class SampleDashboard(AboutSample, Page[Sample]):
    """Cases by quadrant, state and age, late evidence, and who is done by when. No bands."""

    allowed_roles = MODERATION_OVERSIGHT
    template_name = "moderation/sample_dashboard.html"

    def context(self) -> dict[str, Any]:
        rows = quadrant_rows(self.found)
        return {
            "sample": self.found,
            "quadrants": [f"# {row.label}" for row in rows],
            "states": by_state(rows),
            "overdue": overdue_requests(self.found),
            "workloads": workloads(self.found),
            "lately": LATELY,
        }
