"""Scenarios: the list, what one comes to, and its files (rules.md F14)."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.jobs.states import AT_WORK
from banding_portal.pages import ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import FUNDING_READERS
from funding.choices import ScenarioState, StatementFormat
from funding.exports.columns import Column
from funding.models import Scenario
from funding.scenarios.actions import actions_on_scenarios, scenario_actions
from funding.scenarios.adopting import value_table
from funding.scenarios.comparing import MOST, compared
from funding.scenarios.files import compare_response, scenario_response, table_response
from funding.scenarios.selectors import is_outdated
from funding.scenarios.showing import shown


class ScenarioList(ListPage[None]):
    """One's own and those that were shared, the newest first."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_list.html"
    usual = "-made"
    orders: ClassVar = {
        "scenario": by("name"),
        "made": by("made_at"),
        "state": by("state", "-made_at"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Scenario]:
        return Scenario.objects.visible_to(self.user).select_related("made_by")

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_scenarios(self.user)}


class AboutScenario(About[Scenario], abstract=True):
    """What every page of one scenario shares."""

    def find(self) -> Scenario:
        visible = Scenario.objects.visible_to(self.user).select_related("made_by", "adopted_by")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("funding:scenario_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"scenario": self.found}


class FiguresPage(AboutScenario, Page[Scenario], abstract=True):
    """A page whose table can be saved: `?file=csv` or `?file=xlsx` in its address."""

    part = ""
    """What its table is called in the name of the file."""
    columns: ClassVar[Sequence[Column]] = ()

    def rows_of_file(self) -> Iterable[list[Any]] | None:
        """The rows of its table; None where there is none to be shown."""
        raise NotImplementedError

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.request.GET.get("file", "")
        if form in StatementFormat.values and (rows := self.rows_of_file()) is not None:
            return table_response(self.found, self.part, self.columns, rows, form)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        """With what the address asks for beside the file."""
        asked = self.request.GET.copy()
        asked.pop("file", None)
        return super().context() | {"asked": asked.urlencode()}


class ScenarioDetail(AboutScenario, Page[Scenario]):
    """What it comes to, every way, beside today and the budget."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_detail.html"

    def context(self) -> dict[str, Any]:
        works = self.found.works.filter(state__in=AT_WORK)
        return (
            super().context()
            | shown(self.found)
            | {
                "can": scenario_actions(self.found, self.user),
                "values": value_table(self.found),
                "is_outdated": is_outdated(self.found),
                "work": works.first(),
            }
        )


class ScenarioCompare(Page[None]):
    """Up to four side by side: those that the address names."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_compare.html"

    @cached_property
    def offered(self) -> list[Scenario]:
        worked_out = Scenario.objects.visible_to(self.user).filter(result__isnull=False)
        return list(worked_out.exclude(state=ScenarioState.ARCHIVED))

    @cached_property
    def ticked(self) -> list[Scenario]:
        asked = self.request.GET.getlist("scenario")
        return [each for each in self.offered if str(each.pk) in asked]

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.request.GET.get("file", "")
        if form in StatementFormat.values and len(self.ticked) > 1:
            return compare_response(self.ticked[:MOST], form)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        asked = self.request.GET.getlist("scenario")
        chosen = self.ticked[:MOST]
        tables = compared(chosen) if len(chosen) > 1 else []
        names = [each.name for each in chosen]
        for table in tables:
            table["rows"] = [
                (side.what, list(zip(names, side.words, strict=True))) for side in table["rows"]
            ]
        return {
            "offered": self.offered,
            "chosen": chosen,
            "tables": tables,
            "problem": problem_with(len(self.ticked), asked),
            "asked": urlencode([("scenario", each.pk) for each in chosen]),
            "outdated": [each.name for each in chosen if is_outdated(each)],
        }


def problem_with(count: int, asked: list[str]) -> str:
    if count > MOST:
        return f"Only the first {MOST} of them are compared. Untick some to see the others."
    return "Tick at least two scenarios to compare." if asked and count < 2 else ""


class ScenarioFile(AboutScenario, Page[Scenario]):
    """The figures of its page as a file."""

    allowed_roles = FUNDING_READERS

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = kwargs["form"]
        if form not in StatementFormat.values or not self.found.result:
            raise Http404
        return scenario_response(self.found, form)
