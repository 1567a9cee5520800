"""The form of an assessment, made from its framework (rules.md B2, B3)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from banding.frameworks.selectors import Example, examples_of
from banding.frameworks.wording import Pieces, differences
from banding.models import Area, Band, Framework
from banding_portal.forms import PortalForm, set_look

LEVEL = "level_"
MARKS = (
    "Words in bold show where a level differs from the one before it. "
    "A level without any bold words differs as a whole."
)


class AssessmentForm(PortalForm):
    """A level for each area and a band. What is asked for may be left out of a draft."""

    band = forms.ChoiceField(
        label="Band", widget=forms.RadioSelect, error_messages={"required": "Choose a band"}
    )
    asked: tuple[str, ...] = ("band",)
    """Fields that a draft may go without, besides the levels."""
    marks = ""
    """What the marks in the descriptors mean, where there are any."""

    def __init__(
        self, *args: Any, framework: Framework, areas: Sequence[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.framework, self.areas = framework, areas
        self.bands: dict[str, Band] = {band.code: band for band in framework.bands.all()}
        names = [(band.code, band.name) for band in self.bands.values()]
        self.offer_choices("band", names, {b.code: b.summary for b in self.bands.values()})
        fields = {f"{LEVEL}{area.code}": level_field(area) for area in areas}
        self.fields = fields | self.fields

    def mark_differences(self) -> None:
        """In each descriptor the words by which it differs from the level before."""
        for area in self.areas:
            field = self.fields[f"{LEVEL}{area.code}"]
            for before, level in pairwise(area.levels.all()):
                pieces = differences(before.descriptor, level.descriptor)
                if any(differs for _, differs in pieces):
                    field.choice_hints[level.code] = marked(pieces)  # type: ignore[attr-defined]
                    self.marks = MARKS

    @property
    def area_fields(self) -> list[forms.BoundField]:
        return [self[f"{LEVEL}{area.code}"] for area in self.areas]

    @property
    def examples(self) -> list[Example]:
        """Invented pupils of the framework to compare with."""
        return examples_of(self.framework, self.areas, list(self.bands.values()))

    @property
    def levels(self) -> dict[str, str]:
        """Level codes by area code as typed, known or not."""
        names = {area.code: f"{LEVEL}{area.code}" for area in self.areas}
        if self.is_bound:
            found = {code: self.data.get(self.add_prefix(name)) for code, name in names.items()}
        else:
            found = {code: self.initial.get(name) for code, name in names.items()}
        return {area: code for area, code in found.items() if code}

    @property
    def is_complete_wanted(self) -> bool:
        """Whether the person says it is complete; else a draft is kept."""
        return True

    def full_clean(self) -> None:
        """Levels and band are asked for, but a draft may go without."""
        asked = [self.fields[name] for name in self.asked]
        asked += [self.fields[f"{LEVEL}{area.code}"] for area in self.areas]
        for field in asked:
            field.required = self.is_complete_wanted
        super().full_clean()
        for field in asked:
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["band"] = self.bands.get(cleaned.get("band") or "")
        return cleaned

    @property
    def choice(self) -> dict[str, Any]:
        """The levels, by area code, and the band, as the services take them."""
        levels = {a.code: self.cleaned_data.get(f"{LEVEL}{a.code}") or "" for a in self.areas}
        return {"levels": levels, "band": self.cleaned_data["band"]}


def initial_levels(kept: Any) -> Mapping[str, str]:
    """The levels of a decision or judgement and its band as the form's first values."""
    chosen = kept.levels.select_related("area", "level")
    levels = {f"{LEVEL}{one.area.code}": one.level.code for one in chosen}
    return levels | {"band": kept.band.code if kept.band else ""}


def level_field(area: Area) -> forms.ChoiceField:
    """Radios with each level's descriptor under its code."""
    levels = list(area.levels.all())
    field = forms.ChoiceField(
        label=area.name,
        choices=[(level.code, f"Level {level.code}") for level in levels],
        widget=forms.RadioSelect,
        error_messages={"required": f"Choose the level that fits best in {area.name}"},
    )
    hints = {level.code: level.descriptor for level in levels}
    set_look(field, columns=True, legend="m", choice_hints=hints)
    field.error_messages["invalid_choice"] = f"Choose a level of {area.name} from those shown"
    return field


def marked(pieces: Pieces) -> SafeString:
    shown = [
        format_html('<mark class="differs">{}</mark>' if differs else "{}", text)
        for text, differs in pieces
    ]
    return format_html_join(" ", "{}", ((piece,) for piece in shown))
