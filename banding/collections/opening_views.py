"""Opening a collection, or an exercise sector by sector: filled in, checked, opened (B6, B7)."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind
from banding.collections.exercise_forms import ExerciseForm, exercise_alike
from banding.collections.forms import CollectionForm, opened_alike
from banding.collections.services import count_of_round, open_collection, open_exercise
from banding.collections.terms import WORDS
from banding.collections.warnings import warnings_of
from banding.models import Collection
from banding.returns.homes import roll_of
from banding_portal.pages import FormPage
from banding_portal.roles import COLLECTION_RUNNERS
from banding_portal.words import counted
from schools.choices import Sector


class Opening(FormPage, abstract=True):
    """Filled in, then checked with the number of schools and pupils, then opened.

    Sent twice, as by a double click, it leads to what the first has opened.
    """

    allowed_roles = COLLECTION_RUNNERS
    check_template: str

    def form_valid(self, form: Any) -> HttpResponse:
        if "change" in self.request.POST:
            return self.show(form)
        return super().form_valid(form) if "open" in self.request.POST else self.check(form)

    def show(self, form: Any) -> HttpResponse:
        said = self.opened_before(form) if "open" in self.request.POST else ""
        return self.done(said) if said else super().show(form)

    def opened_before(self, form: Any) -> str:
        """What to say where exactly this has been opened already; else nothing."""
        raise NotImplementedError

    def check(self, form: Any) -> HttpResponse:
        """Show what would be opened; what was typed goes along, hidden."""
        typed = [
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ]
        context = {"given": form.cleaned_data, "typed": typed} | self.checked(form)
        return render(self.request, self.check_template, context)

    def checked(self, form: Any) -> dict[str, Any]:
        raise NotImplementedError


class CollectionCreate(Opening):
    form_class = CollectionForm
    template_name = "banding/collection_create.html"
    check_template = "banding/collection_preview.html"
    opened: Collection

    def get_initial(self) -> dict[str, Any]:
        """As the collection whose code is in `like`, but for its sectors, which have theirs."""
        like = Collection.objects.filter(code=self.request.GET.get("like", "")).first()
        same = {*WORDS, "kind", "framework"} - {"sectors"}
        return {name: getattr(like, name) for name in same} if like else {}

    def act(self, form: CollectionForm) -> str:
        self.opened = open_collection(by=self.user, **form.cleaned_data)
        return f"{self.opened} is open. Its schools have their returns."

    def opened_before(self, form: CollectionForm) -> str:
        opened = opened_alike(form)
        if opened is None:
            return ""
        self.opened = opened
        return f"{opened} is open. Its schools have their returns."

    def next_url(self) -> str:
        return reverse("banding:collection_detail", args=[self.opened.pk])

    def checked(self, form: CollectionForm) -> dict[str, Any]:
        given = form.cleaned_data
        framework, sectors, reference = (
            given[name] for name in ("framework", "sectors", "reference_date")
        )
        return {
            "kind": CollectionKind(given["kind"]).label,
            "sectors": ", ".join(Sector(sector).label for sector in sectors),
            "roll": roll_of(framework, sectors, reference, timezone.localdate()),
            "framework": f"{framework}, version {framework.version}",
            "warnings": warnings_of(framework, sectors, reference, given["kind"]),
            "is_past": given["deadline"] < timezone.localdate(),
            "lists": count_of_round(**given) if given["kind"] == CollectionKind.ROUND else {},
        }


class ExerciseCreate(Opening):
    """One form, a collection for each sector with a deadline, all or none (decisions/0016)."""

    form_class = ExerciseForm
    template_name = "banding/exercise_create.html"
    check_template = "banding/exercise_check.html"
    name = ""

    def act(self, form: ExerciseForm) -> str:
        given = form.cleaned_data
        opened = open_exercise(
            code=given["code"], framework=given["framework"], terms=form.terms, by=self.user
        )
        return self.say(form, opened)

    def opened_before(self, form: ExerciseForm) -> str:
        opened = exercise_alike(form)
        return self.say(form, opened) if opened else ""

    def say(self, form: ExerciseForm, opened: list[Collection]) -> str:
        self.name = form.cleaned_data["name"]
        sectors = counted(len(opened), "sector")
        return f"{self.name} is open for {sectors}. The schools have their returns."

    def next_url(self) -> str:
        """The list of them; it goes by the name, which all begin with."""
        return f"{reverse('banding:collection_list')}?{urlencode({'q': self.name})}"

    def back_url(self) -> str:
        return reverse("banding:collection_list")

    def checked(self, form: ExerciseForm) -> dict[str, Any]:
        framework, today = form.cleaned_data["framework"], timezone.localdate()
        parts: list[dict[str, Any]] = [
            {
                "sector": Sector(each.sectors[0]).label,
                "terms": each,
                "roll": roll_of(framework, each.sectors, each.reference_date, today),
            }
            for each in form.terms
        ]
        sectors_on: dict[dt.date, list[str]] = {}
        for each in form.terms:
            sectors_on.setdefault(each.reference_date, []).extend(each.sectors)
        warnings = [
            said
            for reference, sectors in sectors_on.items()
            for said in warnings_of(framework, sectors, reference)
        ]
        return {
            "parts": parts,
            "schools": sum(part["roll"].schools for part in parts),
            "pupils": sum(part["roll"].pupils for part in parts),
            "empty": [part["sector"] for part in parts if not part["roll"].schools],
            "past": [part["sector"] for part in parts if part["terms"].deadline < today],
            "framework": f"{framework}, version {framework.version}",
            "warnings": list(dict.fromkeys(warnings)),
        }
