"""The form of a band decision, made from its framework (rules.md B2, B3, B5)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from banding.decisions.problems import differs
from banding.frameworks.suggestion import FrameworkRules, Suggestion, suggest_band
from banding.models import Area, Band, BandDecision, Framework
from banding_portal.forms import PortalForm, set_look

DRAFT, SUGGEST, EXCEPTIONAL = "draft", "suggest", "exceptional"
UNFINISHED = frozenset({DRAFT, SUGGEST, EXCEPTIONAL})
"""Buttons that take what is there, complete or not."""
LEVEL = "level_"


class DecisionForm(PortalForm):
    """A level for each area, a band, and why. Complete only when the person says it is."""

    band = forms.ChoiceField(
        label="Band", widget=forms.RadioSelect, error_messages={"required": "Choose a band"}
    )
    difference_reason = forms.CharField(
        label="Why the band is not the suggested one",
        help_text="Only needed when you choose another band than the suggested one.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    rationale = forms.CharField(
        label="Rationale",
        help_text="What you know of the pupil's needs that shows the levels are right.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=8000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Look:
        legend = {"band": "m", "difference_reason": "s", "rationale": "s"}

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        areas: Sequence[Area],
        rules: FrameworkRules,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.framework, self.areas, self.rules = framework, areas, rules
        self.bands: dict[str, Band] = {band.code: band for band in framework.bands.all()}
        names = [(band.code, band.name) for band in self.bands.values()]
        self.offer_choices("band", names, {b.code: b.summary for b in self.bands.values()})
        for area in areas:
            self.fields[f"{LEVEL}{area.code}"] = level_field(area)
        self.order_fields(
            [f"{LEVEL}{a.code}" for a in areas] + ["band", "difference_reason", "rationale"]
        )

    @property
    def area_fields(self) -> list[forms.BoundField]:
        return [self[f"{LEVEL}{area.code}"] for area in self.areas]

    @property
    def levels(self) -> dict[str, str]:
        """Level codes by area code as typed, known or not."""
        given = self.data if self.is_bound else self.initial
        found = {
            area.code: given.get(self.add_prefix(f"{LEVEL}{area.code}")) for area in self.areas
        }
        return {area: code for area, code in found.items() if code}

    @property
    def suggestion(self) -> Suggestion:
        return suggest_band(self.rules, self.levels)

    @property
    def suggested_band(self) -> Band | None:
        return self.bands.get(self.suggestion.band_code or "")

    @property
    def is_complete_wanted(self) -> bool:
        return self.data.get("do") not in UNFINISHED

    def full_clean(self) -> None:
        """Levels and band are asked for, but a draft may go without; the reason may be needed."""
        asked = [self.fields["band"], *(self.fields[f"{LEVEL}{a.code}"] for a in self.areas)]
        for field in asked:
            field.required = self.is_complete_wanted
        reason = self.fields["difference_reason"]
        reason.required = False
        super().full_clean()
        for field in [*asked, reason]:
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        band = cleaned["band"] = self.bands.get(cleaned.get("band") or "")
        reason = cleaned.get("difference_reason")
        another = self.suggestion.complete and differs(band, self.suggested_band)
        if self.is_complete_wanted and another and not reason:
            suggested = self.suggested_band.name if self.suggested_band else "no band"
            self.add_error(
                "difference_reason", f"Say why you chose {band} where {suggested} is suggested"
            )
        return cleaned

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is chosen or typed."""
        return not any(self.levels) and not any(
            self.cleaned_data[name] for name in ("band", "difference_reason", "rationale")
        )

    @property
    def choice(self) -> dict[str, Any]:
        """The arguments of the services that save a choice."""
        data = self.cleaned_data
        return {
            "levels": {a.code: data.get(f"{LEVEL}{a.code}") or "" for a in self.areas},
            "band": data["band"],
            "difference_reason": data["difference_reason"],
            "rationale": data["rationale"],
        }


def level_field(area: Area) -> forms.ChoiceField:
    """Radios with each level's descriptor under its code."""
    levels = list(area.levels.all())
    field = forms.ChoiceField(
        label=area.name,
        choices=[(level.code, f"Level {level.code}") for level in levels],
        widget=forms.RadioSelect,
        error_messages={"required": f"Choose the level that fits for {area.name}"},
    )
    hints = {level.code: level.descriptor for level in levels}
    set_look(field, columns=True, legend="m", choice_hints=hints)
    field.error_messages["invalid_choice"] = f"Choose a level of {area.name} from those shown"
    return field


def initial_of(decision: BandDecision | None) -> dict[str, Any]:
    """A decision as the form's first values; `version` only of a draft."""
    if decision is None:
        return {}
    chosen = decision.levels.select_related("area", "level")
    return {f"{LEVEL}{c.area.code}": c.level.code for c in chosen} | {
        "band": decision.band.code if decision.band else "",
        "difference_reason": decision.difference_reason,
        "rationale": decision.rationale,
    }
