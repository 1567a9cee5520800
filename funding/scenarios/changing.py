"""Pages that make, change, share and adopt a scenario (rules.md F14)."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.pages import ActionPage, ChangesPage, FormPage
from banding_portal.roles import FINANCE_OFFICER, FINANCE_ROLES, FUNDING_READERS
from banding_portal.words import day
from funding.choices import NotBanded, ProtectedBy, Protecting, ValuesFrom
from funding.models import Scenario, ScenarioWork
from funding.scenarios.actions import scenario_actions
from funding.scenarios.adopting import mark_of_terms, value_table
from funding.scenarios.forms import AdoptForm, ScenarioForm, ScenarioStartForm, field_of, live_of
from funding.scenarios.grid import (
    cells_of,
    phases_of_schools,
    values_paid,
    values_today,
    year_now,
)
from funding.scenarios.preparing import framework_that_pays
from funding.scenarios.selectors import is_outdated
from funding.scenarios.services import (
    adopt_scenario,
    archive_scenario,
    change_scenario,
    duplicate_scenario,
    make_scenario,
    restore_scenario,
    set_values,
    share_scenario,
    work_out_scenario,
)
from funding.scenarios.terms import Scenario as Terms
from funding.scenarios.views import AboutScenario
from funding.services.effects import effects_of
from schools.choices import Sector


class ScenarioCreate(FormPage[None]):
    """Its name, year and framework; then the page with its values."""

    allowed_roles = FINANCE_OFFICER
    sends_once = True
    form_class = ScenarioStartForm
    template_name = "funding/scenario_create.html"

    def get_initial(self) -> dict[str, Any]:
        """This year, and the framework that pays."""
        return {"framework": framework_that_pays(), "year": year_now()}

    def act(self, form: ScenarioStartForm) -> str:
        cleaned = form.cleaned_data
        terms = Terms(
            name=cleaned["name"],
            year=cleaned["year"].year,
            framework=cleaned["framework"].code,
        )
        self.made = make_scenario(terms=terms, note="", by=self.user)
        return ""

    def next_url(self) -> str:
        return reverse("funding:scenario_edit", args=[self.made.pk])


class ScenarioEdit(AboutScenario, ChangesPage[Scenario]):
    """All it supposes, on one page; then it is worked out."""

    allowed_roles = FINANCE_OFFICER
    form_class = ScenarioForm
    template_name = "funding/scenario_edit.html"
    leads_to = ""

    def why_closed(self) -> list[str]:
        return list(scenario_actions(self.found, self.user).why_not("edit"))

    def form_options(self) -> dict[str, Any]:
        return {
            "cells": cells_of(self.found),
            "base": self.found.terms,
            "phases": phases_of_schools(),
            "paid": values_paid(self.found),
        }

    def stands(self, row: Scenario) -> dict[str, Any]:
        terms = row.terms
        protection, listed = terms.get("protection") or {}, terms.get("values")
        chosen = ValuesFrom.TABLE if isinstance(listed, list) else ValuesFrom.TODAY
        weights = protection.get("weights")
        values = values_today(row)
        return {
            "name": row.name,
            "note": row.note,
            "decisions": terms.get("decisions"),
            "unbanded": terms.get("unbanded", NotBanded.LEFT_OUT),
            "values_from": ValuesFrom.UPLIFT if terms.get("uplift") else chosen,
            "uplift": terms.get("uplift"),
            "protection": way_of(protection),
            "per": protection.get("per", ProtectedBy.PUPIL),
            "phased_per": protection.get("per", ProtectedBy.PUPIL),
            "floor": protection.get("floor"),
            "years": protection.get("years"),
            "weights": ", ".join(f"{weight:g}" for weight in weights) if weights else "",
            "growth": (terms.get("growth") or {}).get("percent"),
            "budget": terms.get("budget"),
            **{
                live_of(sector): dt.date.fromisoformat(each)
                for sector, each in (terms.get("go_live") or {}).items()
            },
            **{field_of(*cell): values.get((cell[0].pk, cell[1])) for cell in cells_of(row)},
        }

    def act(self, form: ScenarioForm) -> str:
        assert form.terms is not None  # noqa: S101 (a form without errors has them)
        note = form.cleaned_data["note"]
        changed = change_scenario(scenario=self.found, terms=form.terms, note=note, by=self.user)
        work = work_out_scenario(scenario=changed, by=self.user)
        self.leads_to = page_of(work, changed)
        return "" if work else "The scenario is worked out."

    def next_url(self) -> str:
        return self.leads_to or super().next_url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"sectors": sectors_of(self.found)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return found | {"rows": found["form"].rows()}


def sectors_of(scenario: Scenario) -> list[str]:
    return [Sector(sector).label for sector in dict.fromkeys(s for _, s in cells_of(scenario))]


def way_of(protection: dict[str, Any]) -> str:
    if not protection:
        return Protecting.NONE
    return Protecting.PHASED if protection.get("weights") else Protecting.FLOOR


def page_of(work: ScenarioWork | None, scenario: Scenario) -> str:
    if work is None:
        return reverse("funding:scenario_detail", args=[scenario.pk])
    return reverse("funding:scenario_work", args=[work.pk])


class ScenarioAdopt(AboutScenario, FormPage[Scenario]):
    """Asks a second person from when, tells what that does to what is paid, then does it."""

    allowed_roles = FINANCE_ROLES
    form_class = AdoptForm
    template_name = "funding/scenario_adopt.html"

    def why_closed(self) -> list[str]:
        return list(scenario_actions(self.found, self.user).why_not("adopt"))

    def form_options(self) -> dict[str, Any]:
        return {"effects": self.effects, "mark": mark_of_terms(self.found)}

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "values": value_table(self.found),
            "is_outdated": is_outdated(self.found),
        }

    def effects(self, since: dt.date) -> list[str]:
        def change() -> None:
            set_values(self.found, since, self.user)

        found = effects_of(change, since=since)
        if not found:
            return ["What is paid for the periods that are set up stays the same."]
        return [str(effect) for effect in found]

    def act(self, form: AdoptForm) -> str:
        since = form.cleaned_data["day"]
        seen = mark_of_terms(self.found)
        adopt_scenario(scenario=self.found, day=since, seen=seen, by=self.user)
        return f"The values of “{self.found}” count from {day(since)}. Runs from then on use them."


class ScenarioButton(AboutScenario, ActionPage[Scenario], abstract=True):
    allowed_roles = FINANCE_OFFICER


class ScenarioRead(ScenarioButton):
    """Reads the pupils again and leads to the page that follows it."""

    work: ScenarioWork | None = None

    def act(self) -> str:
        scenario_actions(self.found, self.user).require("read")
        self.work = work_out_scenario(scenario=self.found, by=self.user, again=True)
        return ""

    def next_url(self) -> str:
        return page_of(self.work, self.found)


class ScenarioDuplicate(ScenarioButton):
    sends_once = True
    copy: Scenario | None = None

    def act(self) -> str:
        self.copy = duplicate_scenario(scenario=self.found, by=self.user)
        return "This is your copy. Change what is to be different."

    def next_url(self) -> str:
        if self.copy is None:
            return super().next_url()
        return reverse("funding:scenario_edit", args=[self.copy.pk])


class ScenarioShare(ScenarioButton):
    def act(self) -> str:
        share_scenario(scenario=self.found, by=self.user)
        return "Everybody in finance can look at it now."


class ScenarioArchive(ScenarioButton):
    def act(self) -> str:
        archive_scenario(scenario=self.found, by=self.user)
        return "The scenario is archived. It stays on the list, and you can take it back."


class ScenarioRestore(ScenarioButton):
    def act(self) -> str:
        restore_scenario(scenario=self.found, by=self.user)
        return "The scenario is a draft of yours again."


class ScenarioWorkDetail(JobDetail):
    """How far it is; then the scenario."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    model = ScenarioWork
    detail_name = "funding:scenario_work"
    parent_name = "funding:scenario_list"
    meanwhile = "Until it is done, the scenario has no result. You can leave this page."
    kept = "Nothing has changed."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("scenario", "started_by", "cancelled_by")

    def create_url(self, job: Any = None) -> str:
        return reverse("funding:scenario_detail", args=[job.scenario_id])

    def words(self, done: int, total: int) -> str:
        return "steps done"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return redirect("funding:scenario_detail", pk=self.found.scenario_id)
        return super().get(*args, **kwargs)
