"""What the authority's people type: collections, joiners, answers, frameworks."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from banding.choices import CollectionKind
from banding.models import Collection, Framework, Joiner
from banding_portal.forms import DateField, PortalForm
from banding_portal.words import day
from schools.choices import Sector
from schools.models import Pupil

NEW_PUPIL = "new"


class CollectionForm(PortalForm):
    """A collection to be opened."""

    name = forms.CharField(max_length=120, help_text="Schools see this, like Autumn banding 2026.")
    code = forms.SlugField(
        max_length=40,
        help_text="Short, for files and commands, like autumn-2026.",
        error_messages={"invalid": "The code may have letters, digits and hyphens only"},
    )
    kind = forms.ChoiceField(choices=CollectionKind.choices, widget=forms.RadioSelect)
    framework = forms.ModelChoiceField(Framework.objects.all(), empty_label="Choose a framework")
    sectors = forms.MultipleChoiceField(choices=Sector.choices, widget=forms.CheckboxSelectMultiple)
    reference_date = DateField(
        label="Reference date",
        help_text="Pupils at a school on this day or since are on its return. "
        "Bands take effect on it.",
        example="1 10 2026",
    )
    opens_on = DateField(label="Opens on", example="5 10 2026")
    deadline = DateField(label="Deadline", help_text="The end of this day.", example="30 11 2026")

    class Look:
        width = {"code": 20}
        small = ["sectors", "kind"]
        legend = dict.fromkeys(["kind", "sectors", "reference_date", "opens_on", "deadline"], "s")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Collection.objects.filter(code=code).exists():
            raise forms.ValidationError(f"There is a collection with the code {code} already")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, deadline = cleaned.get("opens_on"), cleaned.get("deadline")
        if opens and deadline and deadline < opens:
            self.add_error("deadline", "The deadline must be on or after the day it opens")
        framework, reference = cleaned.get("framework"), cleaned.get("reference_date")
        if framework and reference and framework.effective_from > reference:
            self.add_error("framework", f"{framework} starts after the reference date")
        return cleaned


class FrameworkUploadForm(PortalForm):
    file = forms.FileField(
        label="Framework file",
        help_text="JSON, up to 1 MB.",
        error_messages={"required": "Choose a framework file"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 1024 * 1024:
            raise forms.ValidationError("The file must be 1 MB or smaller")
        return file


class AnswerForm(PortalForm):
    answer = forms.CharField(
        label="Answer",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter the answer for the school"},
    )


class ExceptionalRequestForm(PortalForm):
    reason = forms.CharField(
        label="Which provision in the plan does no band secure?",
        help_text="Name the provision and what it takes, as the plan says it.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": "Say which provision in the plan no band secures"},
    )


class PlaceJoinerForm(PortalForm):
    """Which pupil a joiner is."""

    match = forms.ChoiceField(
        label="Who is this?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the pupil, or that they are new"},
    )
    reference = forms.CharField(
        label="Reference of the new pupil",
        help_text="Your own, for a pupil not known yet. Left empty, the portal makes one.",
        required=False,
        max_length=40,
    )

    class Look:
        width = {"reference": 20}
        legend = {"match": "m"}

    def __init__(self, *args: Any, joiner: Joiner, candidates: QuerySet[Pupil], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.candidates = {str(pupil.pk): pupil for pupil in candidates}
        known = [(pk, f"{p} · {p.reference}") for pk, p in self.candidates.items()]
        self.fields["match"].choices = [
            *known,
            (NEW_PUPIL, "A pupil the authority does not know yet"),
        ]
        self.fields["match"].choice_hints = {
            pk: " ".join(
                [
                    f"Born {day(p.date_of_birth)}. UPN {p.upn or 'missing'}. {school_now(p)}",
                    *what_to_check(joiner, p),
                ]
            )
            for pk, p in self.candidates.items()
        }

    @property
    def pupil(self) -> Pupil | None:
        """The pupil chosen; None for a new one."""
        return self.candidates.get(self.cleaned_data["match"])


def school_now(pupil: Pupil) -> str:
    placements = list(pupil.placements.all())
    return f"At {placements[-1].school}." if placements else "At no school."


def what_to_check(joiner: Joiner, pupil: Pupil) -> list[str]:
    """Where the school's word and the record are not the same, as sentences."""
    found = []
    if pupil.date_of_birth != joiner.date_of_birth:
        found.append(f"Check: the school says born {day(joiner.date_of_birth)}.")
    if folded(pupil.surname, pupil.forename) != folded(joiner.surname, joiner.forename):
        found.append(f"Check: the school says the name is {joiner}.")
    if joiner.upn and pupil.upn and pupil.upn != joiner.upn:
        found.append(f"Check: the school says the UPN is {joiner.upn}.")
    school = joiner.pupil_return.school
    placed = [p for p in pupil.placements.all() if p.school_id == school.pk]
    if any(p.end is None or p.end >= joiner.joined_on for p in placed):
        found.append(f"Already placed at {school}.")
    return found


def folded(*names: str) -> list[str]:
    return [" ".join(name.casefold().split()) for name in names]


class RefuseJoinerForm(PortalForm):
    note = forms.CharField(
        label="Why is the joiner not accepted?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Tell the school why the joiner is not accepted"},
    )


class FindPupilForm(PortalForm):
    q = forms.CharField(label="Name, UPN or reference", required=False, max_length=80)
