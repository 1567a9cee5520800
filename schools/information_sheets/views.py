"""Information sheets: read by whom they are for, written and followed by the authority."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, ChangesPage, FormPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import EVERYONE, SHEET_READERS, SHEET_WRITERS
from schools.choices import SheetState
from schools.information_sheets.actions import actions_on_sheets, sheet_actions
from schools.information_sheets.forms import (
    ReaderFilterForm,
    SheetFilterForm,
    SheetForm,
    WithdrawForm,
    WriterFilterForm,
    initial_of,
    initial_of_new,
)
from schools.information_sheets.models import InformationSheet
from schools.information_sheets.selectors import (
    is_read_by,
    mail_counts,
    people_of_sheet,
    reading_counts,
    reads_all,
    sheets_matching,
)
from schools.information_sheets.services import (
    change_sheet,
    delete_sheet,
    publish_sheet,
    read_sheet,
    withdraw_sheet,
    write_sheet,
)
from schools.models import User
from schools.selectors.audiences import audience_words, counts_of


class SheetList(ListPage[None]):
    """What is or was for the person; all of them for those who write them."""

    allowed_roles = EVERYONE
    template_name = "schools/sheet_list.html"
    orders: ClassVar = {
        "number": by("year", "number"),
        "title": by("title"),
        "first_day": by("shown_from"),
        "last_day": by("shown_until"),
        "state": by("state", "-year", "-number"),
    }

    @property
    def filter_class(self) -> type[SheetFilterForm]:  # type: ignore[override]
        return WriterFilterForm if reads_all(self.user) else SheetFilterForm

    def rows(self, wanted: dict[str, Any]) -> QuerySet[InformationSheet]:
        return sheets_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_sheets(self.user), "reads_all": reads_all(self.user)}


class SheetCreate(FormPage[None]):
    allowed_roles = SHEET_WRITERS
    sends_once = True
    template_name = "schools/sheet_edit.html"
    form_class = SheetForm

    def get_initial(self) -> dict[str, Any]:
        return initial_of_new()

    def act(self, form: SheetForm) -> str:
        self.made = write_sheet(written=form.written, by=self.user)
        return "The draft is saved. Nobody sees it until you publish it."

    def next_url(self) -> str:
        return reverse("schools:sheet_detail", args=[self.made.pk])

    def context(self) -> dict[str, Any]:
        return {"heading": "Write an information sheet", "up": reverse("schools:sheet_list")}


class AboutSheet(About[InformationSheet], abstract=True):
    """What every page of one sheet shares."""

    def find(self) -> InformationSheet:
        return get_object_or_404(
            InformationSheet.objects.visible_to(self.user), pk=self.kwargs["pk"]
        )

    def next_url(self) -> str:
        return reverse("schools:sheet_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"sheet": self.found, "up": self.next_url()}


class SheetEdit(AboutSheet, ChangesPage[InformationSheet]):
    allowed_roles = SHEET_WRITERS
    template_name = "schools/sheet_edit.html"
    form_class = SheetForm

    def why_closed(self) -> Any:
        return sheet_actions(self.found, self.user).why_not("change")

    def stands(self, row: InformationSheet) -> dict[str, Any]:
        return initial_of(row)

    def act(self, form: SheetForm) -> str:
        change_sheet(sheet=self.found, written=form.written, by=self.user)
        return "The draft is saved."

    def context(self) -> dict[str, Any]:
        return super().context() | {"heading": "Change this information sheet"}


class SheetDetail(AboutSheet, Page[InformationSheet]):
    """The sheet as it is read; for the authority with whom it reaches."""

    allowed_roles = EVERYONE
    template_name = "schools/sheet_detail.html"

    def context(self) -> dict[str, Any]:
        shown = {
            "up": reverse("schools:sheet_list"),
            "lines": self.found.lines.all(),
            "reading": is_read_by(self.found, self.user),
            "can": sheet_actions(self.found, self.user),
        }
        return super().context() | shown | (self.reach() if reads_all(self.user) else {})

    def reach(self) -> dict[str, Any]:
        sheet = self.found
        read, people = reading_counts(sheet)
        sent, queued = mail_counts(sheet)
        figures = {"read": read, "people": people, "sent": sent, "queued": queued}
        return figures | {"audience": audience_words(sheet), "roles": counts_of(sheet)}


class SheetPublish(AboutSheet, ActionPage[InformationSheet]):
    allowed_roles = SHEET_WRITERS

    def act(self) -> str:
        sheet = publish_sheet(
            sheet=self.found, seen=self.request.POST.get("seen", ""), by=self.user
        )
        return f"Information sheet {sheet.label} has been published."


class SheetDelete(AboutSheet, ActionPage[InformationSheet]):
    allowed_roles = SHEET_WRITERS

    def act(self) -> str:
        delete_sheet(sheet=self.found, by=self.user)
        return "The draft has been deleted."

    def next_url(self) -> str:
        return reverse("schools:sheet_list")

    def back_url(self) -> str:
        return super().next_url()


class SheetWithdraw(AboutSheet, FormPage[InformationSheet]):
    allowed_roles = SHEET_WRITERS
    template_name = "schools/sheet_withdraw.html"
    form_class = WithdrawForm

    def why_closed(self) -> Any:
        return sheet_actions(self.found, self.user).why_not("withdraw")

    def act(self, form: WithdrawForm) -> str:
        withdraw_sheet(sheet=self.found, reason=form.cleaned_data["reason"], by=self.user)
        return "The sheet has been withdrawn. No home page shows it any more."


class SheetRead(AboutSheet, ActionPage[InformationSheet]):
    allowed_roles = EVERYONE

    def act(self) -> str:
        read_sheet(sheet=self.found, by=self.user)
        return "Thank you. The authority can see that you have read this sheet."


class ReaderList(AboutSheet, ListPage[InformationSheet]):
    """Whom a sheet is for, and who has said that they have read it."""

    allowed_roles = SHEET_WRITERS | SHEET_READERS
    template_name = "schools/sheet_readers.html"
    filter_class = ReaderFilterForm
    usual = "name"
    orders: ClassVar = {
        "name": by("name", "email"),
        "role": by("as_role", "name"),
        "school": by("at_school", "name"),
        "read": by("read_at", "name"),
    }

    def find(self) -> InformationSheet:
        visible = InformationSheet.objects.visible_to(self.user)
        return get_object_or_404(visible.exclude(state=SheetState.DRAFT), pk=self.kwargs["pk"])

    def rows(self, wanted: dict[str, Any]) -> QuerySet[User]:
        return people_of_sheet(self.found, wanted)

    def context(self) -> dict[str, Any]:
        read, people = reading_counts(self.found)
        return super().context() | {"read": read, "people": people}
