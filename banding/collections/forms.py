"""A collection to be opened, changed, closed, opened again or deleted."""

from typing import Any

from django import forms

from banding.choices import CollectionKind
from banding.collections.milestones import problems_of_order
from banding.collections.terms import WORDS, Terms
from banding.frameworks.forms import FrameworkField
from banding.models import Collection, Framework
from banding_portal.asking import ABOUT, BOX
from banding_portal.forms import DateField, PortalForm
from banding_portal.telling import ToldToMany
from schools.choices import Sector
from schools.models import Quadrant

ASKED = [choice for choice in Sector.choices if choice[0] != Sector.OUT_OF_SCHOOL]
"""Who has no school is banded by the panel, not by a return (S14)."""
LATER = {
    "processing": "processing_from",
    "moderation": "moderation_from",
    "feedback": "feedback_on",
}


class CollectionFilterForm(PortalForm):
    q = forms.CharField(label="Name", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *CollectionKind.choices], required=False
    )
    open = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), ("yes", "Open"), ("no", "Not open")],
        required=False,
    )

    class Look:
        said = {"open": "what to show"}


class CollectionReturnsForm(PortalForm):
    """Returns of a collection, by their school and by what they owe."""

    q = forms.CharField(label="School, town or URN", required=False)
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), ("owed", "To chase"), ("in", "Submitted")],
        required=False,
    )
    sector = forms.ChoiceField(label="Sector", choices=[("", "All"), *ASKED], required=False)
    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(), label="Quadrant", empty_label="All", required=False
    )

    class Look:
        said = {"show": "what to show"}


class TermsForm(ToldToMany, PortalForm):
    """What may still change of a collection when it is open."""

    name = forms.CharField(max_length=120, help_text="Schools see this, like Autumn banding 2026.")
    sectors = forms.MultipleChoiceField(choices=ASKED, widget=forms.CheckboxSelectMultiple)
    reference_date = DateField(
        label="Reference date",
        said="the reference date",
        help_text="Pupils at a school on this day or since are on its return. "
        "Bands take effect that day, or the day a pupil joined if that is later.",
        example="1 10 2026",
    )
    opens_on = DateField(label="Opens on", said="the day it opens", example="5 10 2026")
    deadline = DateField(
        label="Deadline",
        said="the deadline",
        help_text="The end of this day.",
        example="30 11 2026",
    )
    processing_from = DateField(
        label="Processing begins, if known", said="the day processing begins", required=False
    )
    moderation_from = DateField(
        label="First day of the moderation week, if known",
        said="the first day of the moderation week",
        required=False,
    )
    feedback_on = DateField(
        label="Feedback to schools, if known",
        said="the day of feedback to schools",
        help_text="On this day schools see the outcome of moderation.",
        required=False,
    )
    allows_no_change = forms.BooleanField(
        label="Schools may fill in last time’s levels and bands for many pupils at once",
        help_text="For pupils whose needs have not changed. Each is still the school’s decision.",
        required=False,
    )

    needs_headteacher = forms.BooleanField(
        label="A headteacher confirms and submits each return",
        help_text="SENCOs then prepare the return and cannot submit it themselves.",
        required=False,
    )

    class Look:
        said = {"sectors": "sector", "framework": "a framework"}
        small = ["sectors", "kind"]
        width = {"code": 20}
        legend = dict.fromkeys(["kind", "sectors", "reference_date", "opens_on", "deadline"], "s")
        legend |= dict.fromkeys(LATER.values(), "s")

    @property
    def chosen_framework(self) -> Framework | None:
        return self.cleaned_data.get("framework")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, deadline = cleaned.get("opens_on"), cleaned.get("deadline")
        if opens and deadline and deadline < opens:
            self.add_error("deadline", "The deadline must be on or after the day it opens")
        days = {code: cleaned.get(field) for code, field in LATER.items()}
        for code, problem in problems_of_order(deadline=deadline, **days).items():
            self.add_error(LATER[code], problem)
        framework, reference = self.chosen_framework, cleaned.get("reference_date")
        if framework and reference and framework.effective_from > reference:
            self.add_error("framework", f"{framework} starts after the reference date")
        return cleaned


class CollectionForm(TermsForm):
    """A collection to be opened."""

    code = forms.SlugField(
        max_length=40,
        help_text="Short, for files and commands, like autumn-2026.",
        error_messages={"invalid": "The code may have letters, digits and hyphens only"},
    )
    kind = forms.ChoiceField(choices=CollectionKind.choices, widget=forms.RadioSelect)
    framework = FrameworkField(Framework.objects.published(), empty_label="Choose a framework")
    field_order: tuple[str, ...] = ("name", "code", "kind", "framework")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Collection.objects.filter(code=code).exists():
            raise forms.ValidationError(f"There is a collection with the code {code} already")
        return code


def opened_alike(form: CollectionForm) -> Collection | None:
    """The collection with the code and every other answer of a form."""
    given = form.cleaned_data | {"code": form.data.get("code", "").strip()}
    asked = set(form.fields) - {BOX, ABOUT}
    if asked - set(given):
        return None
    return Collection.objects.filter(**{name: given[name] for name in asked}).first()


class CollectionEditForm(TermsForm):
    """The same of one that is there, and why it changes."""

    reason = forms.CharField(
        label="Why does it change?",
        help_text="Kept in the history of the collection. Schools do not read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why the collection changes"},
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    @property
    def chosen_framework(self) -> Framework | None:
        return self.framework

    @property
    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in WORDS})


class WhyForm(PortalForm):
    """Why something is done with a collection."""

    reason = forms.CharField(
        label="Why?",
        help_text="Kept in the history of the collection. Schools do not read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )
