"""Imports that were kept: what each changed, row by row, and undoing it (rules.md S12)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.csv_response import csv_response
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from banding_portal.words import counted, day_time
from schools.actions.imports import import_actions
from schools.forms.imports import ImportedRowFilterForm, ImportFilterForm, UndoImportForm
from schools.models import ImportedRow, ImportRecord
from schools.services.undo_plans import UndoPlan, plan_undo
from schools.services.undoing import undo_import

HEADS = ("About", "What", "Before", "After", "Undone")
HELD_LISTED = 50


class ImportList(ListPage[None]):
    """Every import that the person could have made, the latest first."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/import_list.html"
    filter_class = ImportFilterForm
    usual = "-applied"
    orders: ClassVar = {
        "file": by("filename", "-made_at"),
        "what": by("kind", "-made_at"),
        "applied": by("made_at"),
        "by": by("made_by__name", "-made_at"),
        "changes": by("changes", "-made_at"),
        "undone": by("undone_at", "-made_at"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[ImportRecord]:
        kept = ImportRecord.objects.visible_to(self.user).select_related("made_by", "undone_by")
        if wanted.get("q"):
            kept = kept.filter(filename__icontains=wanted["q"].strip())
        if wanted.get("kind"):
            kept = kept.filter(kind=wanted["kind"])
        left = Count("rows", filter=Q(rows__undone_at=None))
        return kept.annotate(changes=Count("rows"), left=left).order_by("-made_at", "pk")


class ImportDetail(ListPage[ImportRecord]):
    """What one import changed; `?format=csv` is all of it as a file."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/import_detail.html"
    filter_class = ImportedRowFilterForm
    orders: ClassVar = {
        "who": by("who"),
        "what": by("what", "who"),
        "undone": by("undone_at", "who"),
    }

    def find(self) -> ImportRecord:
        kept = ImportRecord.objects.visible_to(self.user).select_related("made_by", "undone_by")
        return get_object_or_404(kept, pk=self.kwargs["pk"])

    def rows(self, wanted: dict[str, Any]) -> QuerySet[ImportedRow]:
        found = self.found.rows.defer("before", "after")
        if name := wanted.get("search"):
            found = found.filter(Q(who__icontains=name) | Q(what__icontains=name))
        if wanted.get("left"):
            found = found.filter(undone_at=None)
        return found

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.GET.get("format") != "csv":
            return super().get(*args, **kwargs)
        return csv_response("import.csv", HEADS, lines(self.found.rows.defer("before", "after")))

    def context(self) -> dict[str, Any]:
        return {"record": self.found, "count": self.found.rows.count()}


def lines(rows: QuerySet[ImportedRow]) -> Iterable[tuple[str, ...]]:
    for row in rows.iterator():
        undone = day_time(row.undone_at) if row.undone_at else ""
        yield row.who, row.what, row.old, row.new, undone


class ImportUndo(FormPage[ImportRecord]):
    """What could be undone and what could not; then it is undone."""

    allowed_roles = COLLECTION_RUNNERS
    template_name = "schools/import_undo.html"
    form_class = UndoImportForm

    def find(self) -> ImportRecord:
        return get_object_or_404(ImportRecord.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def why_closed(self) -> Any:
        return import_actions(self.found, self.user).why_not("undo")

    @cached_property
    def plan(self) -> UndoPlan:
        return plan_undo(self.found)

    def form_options(self) -> dict[str, Any]:
        return {"held": len(self.plan.held)}

    def act(self, form: UndoImportForm) -> str:
        leave = form.cleaned_data.get("leave_the_rest", False)
        done = undo_import(record=self.found, leave_the_rest=leave, by=self.user)
        said = f"{counted(len(done.undoable), 'change')} undone."
        return f"{said} {counted(len(done.held), 'change')} stay." if done.held else said

    def next_url(self) -> str:
        return reverse("schools:import_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {
            "record": self.found,
            "plan": self.plan,
            "held": self.plan.held[:HELD_LISTED],
            "held_more": max(len(self.plan.held) - HELD_LISTED, 0),
            "parent_url": self.next_url(),
        }
