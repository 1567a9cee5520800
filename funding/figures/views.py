"""Figures for everybody: the public page, and where finance makes and publishes them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import ConfirmsWho
from banding_portal.csv_response import csv_response
from banding_portal.pages import ActionPage, FormPage, ListPage, OpenPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER, FUNDING_READERS
from funding.figures.actions import actions_on_figures, edition_actions
from funding.figures.files import HEADS, rows_of, value_rows
from funding.figures.forms import FiguresForm
from funding.figures.models import FiguresEdition
from funding.figures.selectors import amount_words, count_words
from funding.figures.services import (
    delete_figures,
    end_figures,
    make_figures,
    publish_figures,
)


class PublicFigures(OpenPage[FiguresEdition]):
    """What everybody may read, once the authority has switched it on."""

    template_name = "funding/figures.html"

    def find(self) -> FiguresEdition:
        if (edition := FiguresEdition.objects.public()) is None:
            raise Http404
        return edition

    def context(self) -> dict[str, Any]:
        return shown(self.found)


class PublicFiguresFile(PublicFigures):
    """The same as CSV."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_of(self.found)


class FiguresList(ListPage[None]):
    """Every edition, the newest first."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/figures_list.html"
    usual = "-made"
    orders: ClassVar = {"made": by("made_at"), "state": by("state", "-made_at")}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[FiguresEdition]:
        return FiguresEdition.objects.visible_to(self.user).select_related("made_by")

    def context(self) -> dict[str, Any]:
        return {
            "can": actions_on_figures(self.user),
            "public": FiguresEdition.objects.public(),
            "public_url": self.request.build_absolute_uri(reverse("funding:figures")),
        }


class FiguresMake(FormPage[None]):
    allowed_roles = FINANCE_OFFICER
    sends_once = True
    template_name = "funding/figures_make.html"
    form_class = FiguresForm

    def get_initial(self) -> dict[str, Any]:
        last = FiguresEdition.objects.first()
        return {"introduction": last.introduction if last else ""}

    def act(self, form: FiguresForm) -> str:
        self.made = make_figures(introduction=form.cleaned_data["introduction"], by=self.user)
        return "The figures are made. Look through them; nobody else sees them yet."

    def next_url(self) -> str:
        return reverse("funding:figures_detail", args=[self.made.pk])

    def context(self) -> dict[str, Any]:
        return {"up": reverse("funding:figures_list")}


class AboutEdition(About[FiguresEdition], abstract=True):
    """What every page of one edition shares."""

    def find(self) -> FiguresEdition:
        visible = FiguresEdition.objects.visible_to(self.user)
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("funding:figures_detail", args=[self.found.pk])


class FiguresDetail(AboutEdition, Page[FiguresEdition]):
    """An edition as everybody would read it, with what may be done with it."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/figures.html"

    def context(self) -> dict[str, Any]:
        can = edition_actions(self.found, self.user)
        return shown(self.found) | {"can": can, "up": reverse("funding:figures_list")}


class FiguresFile(AboutEdition, Page[FiguresEdition]):
    allowed_roles = FUNDING_READERS

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_of(self.found)


class FiguresPublish(AboutEdition, ActionPage[FiguresEdition], ConfirmsWho):
    allowed_roles = FINANCE_AUTHORISER

    def act(self) -> str:
        publish_figures(edition=self.found, by=self.user)
        return "Everybody can read these figures now, without signing in."


class FiguresEnd(AboutEdition, ActionPage[FiguresEdition]):
    allowed_roles = FINANCE_AUTHORISER

    def act(self) -> str:
        end_figures(edition=self.found, by=self.user)
        return "The public page is switched off."


class FiguresDelete(AboutEdition, ActionPage[FiguresEdition]):
    allowed_roles = FINANCE_OFFICER

    def act(self) -> str:
        delete_figures(edition=self.found, by=self.user)
        return "The draft has been deleted."

    def next_url(self) -> str:
        return reverse("funding:figures_list")

    def back_url(self) -> str:
        return super().next_url()


def file_of(edition: FiguresEdition) -> HttpResponse:
    name = f"funding-figures-{timezone.localdate(edition.made_at)}.csv"
    return csv_response(name, HEADS, rows_of(edition.content))


def shown(edition: FiguresEdition) -> dict[str, Any]:
    """The edition with its numbers in words."""

    def tables_of(term: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"head": head, "rows": [(name, count_words(count)) for name, count in term[key]]}
            for head, key in (("Sector", "by_sector"), ("Band", "by_band"))
        ]

    content = edition.content
    rounds = [found | {"pupils": count_words(found["pupils"])} for found in content["rounds"]]
    terms = [
        {
            "name": term["name"],
            "pupils": count_words(term["pupils"]),
            "amount": amount_words(term),
            "tables": tables_of(term),
        }
        for term in content["terms"]
    ]
    values = [table | {"rows": list(value_rows(table))} for table in content["values"]]
    return {"edition": edition, "rounds": rounds, "terms": terms, "values": values}
