"""Runs: the list, and the page of one (rules.md F7)."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from banding_portal.pages import ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import FUNDING_READERS
from funding.actions import actions_on_funding, actions_on_standing
from funding.forms.runs import RunFilterForm
from funding.models import Run
from funding.run_words import section_251_rows, steps_of, story_of
from funding.selectors.calculations import calculation_to_tell, calculations_to_tell
from funding.selectors.movements import compare_with_last_period
from funding.selectors.readiness import Standing
from funding.selectors.recalculated import recalculated_in
from funding.selectors.run_page import exception_counts, runs_to_read
from funding.selectors.summaries import summary_of
from funding.views.finding import AboutRun


class RunList(ListPage[None]):
    """Every run, the latest first."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/run_list.html"
    filter_class = RunFilterForm
    orders: ClassVar = {
        "period": by("period__start", "sequence"),
        "state": by("state", "-period__start"),
        "control_total": by("control_total"),
        "prepared_by": by("prepared_by__name", "-period__start"),
        "published_by": by("published_by__name", "-period__start"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Run]:
        runs = runs_to_read(self.user)
        asked = {name: wanted[name] for name in ("period", "state") if wanted.get(name)}
        return runs.filter(**asked)

    def context(self) -> dict[str, Any]:
        told = calculations_to_tell(self.user)
        return {"calculations": told, "can": actions_on_funding(self.user)}


class RunDetail(AboutRun, Page[Run]):
    """Control total, why it moved, what is left to clear, and the next move."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/run_detail.html"

    def context(self) -> dict[str, Any]:
        run = self.found
        comparison = compare_with_last_period(run)
        standing = Standing(run, self.user)
        summary = summary_of(run)
        return {
            "run": run,
            "standing": standing,
            "can": actions_on_standing(standing),
            "calculation": calculation_to_tell(run, self.user) if run.is_draft else None,
            "story": story_of(run),
            "totals": summary.totals,
            "comparison": comparison,
            "steps": steps_of(comparison) if comparison else [],
            "recalculated": recalculated_in(run),
            "exceptions": exception_counts(run),
            "sectors": summary.sectors,
            "kinds": summary.kinds,
            "causes": summary.causes,
            "section_251": section_251_rows(summary.section_251),
        }
