"""The form of a band decision, made from its framework (rules.md B2, B3, B5)."""

from typing import Any

from django import forms

from banding.assessment.forms import AssessmentForm, initial_levels
from banding.assessment.problems import needs_reason
from banding.frameworks.suggestion import FrameworkRules, Suggestion, suggest_band
from banding.models import Band, BandDecision

DRAFT, SUGGEST, EXCEPTIONAL = "draft", "suggest", "exceptional"
UNFINISHED = frozenset({DRAFT, SUGGEST, EXCEPTIONAL})
"""Buttons that take what is there, complete or not."""


class DecisionForm(AssessmentForm):
    """A level for each area, a band, and why. Complete only when the person says it is."""

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

    def __init__(self, *args: Any, rules: FrameworkRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

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
        """Whether the reason is needed depends on the band; it is not optional."""
        reason = self.fields["difference_reason"]
        reason.required = False
        super().full_clean()
        reason.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        band, suggested = cleaned["band"], self.suggested_band
        lacking = needs_reason(band, suggested, cleaned.get("difference_reason", ""))
        if self.is_complete_wanted and self.suggestion.complete and lacking:
            name = suggested.name if suggested else "no band"
            self.add_error(
                "difference_reason", f"Say why you chose {band} where {name} is suggested"
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
        given = self.cleaned_data
        why = {name: given[name] for name in ("difference_reason", "rationale")}
        return super().choice | why


def initial_of(decision: BandDecision | None) -> dict[str, Any]:
    """A decision as the form's first values; `version` only of a draft."""
    if decision is None:
        return {}
    why = {name: getattr(decision, name) for name in ("difference_reason", "rationale")}
    return {**initial_levels(decision), **why}
