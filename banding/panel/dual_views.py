"""Dual banding: a pupil under every framework in force on one screen, and who lacks one (B4)."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list

from banding.decisions.selectors import decisions_over_time
from banding.frameworks.selectors import areas_with_levels, frameworks_in_force, rules_of
from banding.panel.forms import NewPlanFilterForm, PanelDayForm, PanelPartForm, PanelParts
from banding.panel.selectors import (
    NEW_FOR,
    FrameworkChoice,
    frameworks_to_decide,
    new_plans,
    what_plans_lack,
)
from banding.panel.services import decide_under_several
from banding.panel.views import find_pupil
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, SEND_OFFICER
from schools.choices import PlanType
from schools.models import Plan, Pupil


@dataclass(frozen=True)
class Part:
    """One framework on the screen: what is decided under it now, and the form."""

    choice: FrameworkChoice
    form: PanelPartForm
    suggestion_url: str


class PanelEvery(FormPage[Pupil]):
    """Each framework has its own suggestion and its own decision; one button saves them."""

    allowed_roles = SEND_OFFICER
    form_class = PanelDayForm
    template_name = "banding/panel_every.html"

    @classmethod
    def typed_forms(cls) -> tuple[type[Any], ...]:
        return (PanelDayForm, PanelPartForm)

    def find(self) -> Pupil:
        return find_pupil(self.user, self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": timezone.localdate()}

    def form_options(self) -> dict[str, Any]:
        return {"pupil": self.found}

    @cached_property
    def parts(self) -> list[Part]:
        choices = frameworks_to_decide(self.found, timezone.localdate())
        return [self.part(number, choice) for number, choice in enumerate(choices, start=1)]

    def part(self, number: int, choice: FrameworkChoice) -> Part:
        framework = choice.framework
        areas = areas_with_levels(framework)
        form = PanelPartForm(
            self.request.POST or None,
            prefix=f"framework{number}",
            framework=framework,
            areas=areas,
            rules=rules_of(framework, areas),
        )
        return Part(choice, self.refilled(form), f"{self.request.path}?part={number}")

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = [part.form for part in self.parts]
        if self.request.htmx:
            return self.suggestion(self.request.GET.get("part", ""))
        form = self.get_form()
        if any(each.only_asks for each in forms):
            return self.show(form)
        is_valid = all([form.is_valid(), *(each.is_valid() for each in forms)])
        return self.form_valid(form) if is_valid else self.show(form)

    def suggestion(self, number: str) -> HttpResponse:
        numbered = {str(at): part for at, part in enumerate(self.parts, start=1)}
        part = numbered.get(number, self.parts[0])
        return render(self.request, "banding/_suggestion.html", {"decision_form": part.form})

    def act(self, form: PanelDayForm) -> str:
        decided = decide_under_several(
            pupil=self.found,
            decisions={
                part.choice.framework: part.form.choice | form.cleaned_data
                for part in self.parts
                if not part.form.is_left
            },
            by=self.user,
        )
        names = get_text_list([str(each.framework) for each in decided], "and")
        return f"{self.found} is banded under {names}."

    def next_url(self) -> str:
        return reverse("banding:panel_list", args=[self.found.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "pupil": self.found,
            "parts": self.parts,
            "formset": PanelParts([part.form for part in self.parts]),
            "earlier": decisions_over_time(self.found, self.user),
        }


class NewPlanList(ListPage):
    """New plans that lack a band under a framework in force."""

    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/new_plan_list.html"
    filter_class = NewPlanFilterForm
    orders: ClassVar = {
        "pupil": by("pupil__surname", "pupil__forename"),
        "plan_began": by("start", then=("pupil_id",)),
    }

    @cached_property
    def day(self) -> dt.date:
        return timezone.localdate()

    def filter_options(self) -> dict[str, Any]:
        return {"frameworks": frameworks_in_force(self.day, PlanType.EHCP)}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Plan]:
        since = wanted.get("since") or self.day - NEW_FOR
        return new_plans(self.user, self.day, since=since, code=wanted.get("framework", ""))

    def context(self) -> dict[str, Any]:
        return {
            "rows": what_plans_lack(self.page_obj.object_list, self.day),
            "since": self.day - NEW_FOR,
        }
