"""Writing an information sheet, withdrawing one, and finding among sheets and readers."""

from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.forms import DateField, PortalForm
from banding_portal.telling import ToldToMany
from schools.choices import SheetState
from schools.forms.audiences import AudienceForm
from schools.information_sheets.lines import LineError, read_lines, typed_lines
from schools.information_sheets.models import InformationSheet
from schools.information_sheets.selectors import NOT_YET, READ
from schools.information_sheets.services import ENDS_FIRST, Written

LINES_HELP = (
    "One a line. Begin a line with its date and a colon where it has one, as in "
    "“4 12 2026: Return due”. Home pages show the dates."
)
TEXT_HELP = (
    "“# ” begins a heading, “* ” an item of a list, an empty line a new paragraph. Do not "
    "name a pupil: everybody it is for can read it."
)


class SheetForm(ToldToMany, AudienceForm):
    goes_out = ("title",)
    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(
        label="Text of the sheet",
        help_text=TEXT_HELP,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    lines = forms.CharField(
        label="Actions to take and dates to note",
        help_text=LINES_HELP,
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.CharField(
        label="Contact",
        error_messages={"required": "Enter the name of a team and how to reach it"},
        help_text="A team with its email address or telephone number",
        max_length=200,
    )
    shown_from = DateField(label="First day", said="the first day")
    shown_until = DateField(label="Last day", said="the last day")
    by_mail = forms.BooleanField(
        label="Tell them by email as well",
        help_text="On the first day. The email gives the number of the sheet and a link, nothing "
        "of what you write.",
        required=False,
    )
    field_order = (
        *("title", "text", "lines", "contact", "roles", "sectors", "quadrants"),
        *("shown_from", "shown_until", "by_mail"),
    )

    class Look(AudienceForm.Look):
        unmarked = (*AudienceForm.Look.unmarked, "by_mail")
        said = {
            **AudienceForm.Look.said,
            "lines": "the actions and dates",
        }

    def clean_lines(self) -> Any:
        try:
            return read_lines(self.cleaned_data["lines"])
        except LineError as found:
            raise forms.ValidationError(found.problems) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("shown_from"), data.get("shown_until")
        if first and last and last < first:
            self.add_error("shown_until", ENDS_FIRST)
        return data

    @property
    def written(self) -> Written:
        own = ("title", "text", "lines", "contact", "shown_from", "shown_until", "by_mail")
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in own}
        return Written(**given | self.audience)


def initial_of(sheet: InformationSheet) -> dict[str, Any]:
    """A draft as its form shows it."""
    names = ("title", "text", "contact", "roles", "sectors", "quadrants")
    days = ("shown_from", "shown_until", "by_mail")
    lines = typed_lines(row.line for row in sheet.lines.all())
    return {name: getattr(sheet, name) for name in (*names, *days)} | {"lines": lines}


def initial_of_new() -> dict[str, Any]:
    return {"shown_from": timezone.localdate()}


class WithdrawForm(ToldToMany, PortalForm):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Whoever it was for reads this.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class SheetFilterForm(PortalForm):
    q = forms.CharField(label="Words or number", required=False)


class WriterFilterForm(SheetFilterForm):
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *SheetState.choices], required=False
    )


class ReaderFilterForm(PortalForm):
    q = forms.CharField(label="Name or school", required=False)
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), (READ, "Have read it"), (NOT_YET, "Not yet")],
        required=False,
    )

    class Look:
        said = {"show": "what to show"}
