"""An exercise opened sector by sector, each with dates of its own (decisions/0016)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from banding.collections.forms import ASKED, LATER, CollectionForm
from banding.collections.milestones import problems_of_order
from banding.collections.services import LONGEST_NAME
from banding.collections.terms import LONGEST_ENDING, WORDS, Terms, code_of, name_of
from banding.models import Collection
from banding_portal.asking import ABOUT, BOX
from banding_portal.forms import DateField, set_look
from banding_portal.words import upper_first

SHARED = ("reference_date", "opens_on")
"""Asked once; a sector may have another."""
DATES = ("deadline", *SHARED, *LATER.values())
LAST = ("allows_no_change", "needs_headteacher")
OF_SECTOR = {
    "deadline": "the deadline",
    "reference_date": "the reference date",
    "opens_on": "the opening day",
    "processing_from": "the day processing begins",
    "moderation_from": "the first day of the moderation week",
    "feedback_on": "the day of feedback",
}


@dataclass(frozen=True)
class SectorPart:
    """What a form asks about one sector."""

    sector: str
    label: str
    deadline: forms.BoundField
    others: list[forms.BoundField]

    @property
    def shows_others(self) -> bool:
        """Whether any of the other dates is filled in or wrong."""
        return any(field.errors or any(field.value() or []) for field in self.others)


class ExerciseForm(CollectionForm):
    """One exercise for several sectors. A sector without a deadline is not asked."""

    sectors = None  # type: ignore[assignment]
    kind = None  # type: ignore[assignment]
    deadline = None  # type: ignore[assignment]
    processing_from = None  # type: ignore[assignment]
    moderation_from = None  # type: ignore[assignment]
    feedback_on = None  # type: ignore[assignment]
    name = forms.CharField(
        max_length=LONGEST_NAME - max(len(name_of("", sector)) for sector, _ in ASKED),
        help_text="For example Autumn banding 2026. Schools see it followed by their sector.",
    )
    code = forms.SlugField(
        max_length=40 - LONGEST_ENDING,
        help_text="Short, for files and commands, like autumn-2026. "
        "Each sector has its own: autumn-2026-special.",
        error_messages={"invalid": "The code may have letters, digits and hyphens only"},
    )
    field_order = ("name", "code", "framework", "reference_date", "opens_on")

    def name_fields(self) -> None:
        for sector, label in ASKED:
            for date in DATES:
                self.fields[f"{sector}_{date}"] = sector_date(date, str(label))
        for name in LAST:
            self.fields[name] = self.fields.pop(name)

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"])

    @property
    def parts(self) -> Iterator[SectorPart]:
        for sector, label in ASKED:
            first, *others = (self[f"{sector}_{date}"] for date in DATES)
            yield SectorPart(sector, str(label), first, others)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "code", "framework", *SHARED)]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LAST]

    @property
    def asked(self) -> list[str]:
        """Sectors with a deadline."""
        return [sector for sector, _ in ASKED if self.cleaned_data.get(f"{sector}_deadline")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for sector, label in ASKED:
            self.check_sector(sector, str(label))
        given = {f"{sector}_deadline" for sector, _ in ASKED}
        if not self.asked and not given & self.errors.keys():
            first = f"{ASKED[0][0]}_deadline"
            self.add_error(first, "Give at least one sector a deadline, like 30 11 2026")
        return cleaned

    def check_sector(self, sector: str, label: str) -> None:
        """What is wrong with one sector's dates, and its code where somebody has it already."""
        days = self.days_of(sector)
        deadline = f"{sector}_deadline"
        if deadline in self.errors:
            return
        if days["deadline"] is None:
            own = [name for name in DATES if self.cleaned_data.get(f"{sector}_{name}")]
            if own:
                words = f"Enter the deadline for {label}, or clear its other dates"
                self.add_error(deadline, words)
            return
        opens, reference = days["opens_on"], days["reference_date"]
        if opens and days["deadline"] < opens:
            words = f"The deadline for {label} must be on or after the day it opens"
            self.add_error(deadline, words)
        later = {code: days[field] for code, field in LATER.items()}
        wrong = problems_of_order(label, deadline=days["deadline"], **later)
        for code, problem in wrong.items():
            self.add_error(f"{sector}_{LATER[code]}", problem)
        framework, day = self.chosen_framework, self.cleaned_data.get(f"{sector}_reference_date")
        if framework and day and framework.effective_from > reference:
            words = f"{framework} starts after the reference date for {label}"
            self.add_error(f"{sector}_reference_date", words)
        self.check_code(sector)

    def check_code(self, sector: str) -> None:
        if code := self.cleaned_data.get("code"):
            taken = code_of(code, sector)
            if Collection.objects.filter(code=taken).exists():
                self.add_error("code", f"There is a collection with the code {taken} already")

    def days_of(self, sector: str) -> dict[str, Any]:
        """A sector's dates, its own before the shared ones."""
        own = {name: self.cleaned_data.get(f"{sector}_{name}") for name in DATES}
        return own | {name: own[name] or self.cleaned_data.get(name) for name in SHARED}

    @property
    def terms(self) -> list[Terms]:
        """One for each sector asked, of a form that is in order or only has codes in use."""
        flags = {name: self.cleaned_data[name] for name in LAST}
        name = self.cleaned_data["name"]
        return [
            Terms(name=name_of(name, sector), sectors=[sector], **self.days_of(sector), **flags)
            for sector in self.asked
        ]


def sector_date(name: str, label: str) -> DateField:
    """A date of one sector; none has to be given."""
    said = f"{OF_SECTOR[name]} for {label}"
    label = upper_first(said.removeprefix("the "))
    field = DateField(label=label, said=said, required=False, example="30 11 2026")
    set_look(field, legend="s" if name == "deadline" else "")
    return field


def exercise_alike(form: ExerciseForm) -> list[Collection]:
    """The collections that exactly such a form has opened; none where one of them differs."""
    if set(form.fields) - {"code", BOX, ABOUT} - set(form.cleaned_data):
        return []
    code = form.data.get("code", "").strip()
    framework = form.cleaned_data["framework"]
    found = []
    for each in form.terms:
        given = {name: getattr(each, name) for name in WORDS}
        alike = Collection.objects.filter(
            code=code_of(code, each.sectors[0]), kind="exercise", framework=framework, **given
        )
        found += list(alike)
    return found if len(found) == len(form.terms) else []
