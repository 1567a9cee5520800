"""The form of a band decision, made from its framework (rules.md B2, B3, B5)."""

from typing import Any

from django import forms
from django.utils.html import format_html

from banding.assessment.forms import LEVEL, AssessmentForm, initial_levels
from banding.assessment.problems import needs_reason
from banding.assessment.rules import LONGEST_RATIONALE, LONGEST_REASON
from banding.evidence.forms import EVIDENCE, evidence_fields
from banding.evidence.rules import Fields, problems_of_evidence, tidied
from banding.frameworks.suggestion import FrameworkRules, Suggestion, suggest_band
from banding.models import Band, BandDecision

DRAFT, SUGGEST, EXCEPTIONAL = "draft", "suggest", "exceptional"
CHOOSE, TAKE = "choose", "take"
"""The names of the buttons that take the suggested band, which both name: the first saves nothing,
the second saves it and goes on (B3)."""
UNFINISHED = frozenset({DRAFT, SUGGEST, EXCEPTIONAL})
"""Buttons that take what is there, complete or not."""


class DecisionForm(AssessmentForm):
    """A level for each area, a band, and why. Complete only when the person says it is."""

    difference_reason = forms.CharField(
        label="Reason for choosing a different band",
        help_text="Only if your band differs from the suggested one.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
    )
    rationale = forms.CharField(
        label="Rationale",
        help_text="What you know of the pupil’s needs that shows the levels are right.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_RATIONALE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    started = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4)
    """Says so where the levels began as last time's."""

    class Look:
        legend = {"band": "m", "difference_reason": "s", "rationale": "s"}

    def __init__(
        self, data: Any = None, *args: Any, rules: FrameworkRules,
        last: BandDecision | None = None, evidence: Fields = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`last` is last time's decision under the same framework, with its levels. `evidence`
        are the framework's fields where the band is an application.
        """
        super().__init__(data, *args, **kwargs)
        if chosen := self.data.get(self.choose_name) or self.data.get(self.add_prefix(TAKE)):
            changed = data.copy()
            changed[self.add_prefix("band")] = chosen
            self.data = changed
        self.rules, self.last, self.evidence = rules, last, evidence
        for name, field in evidence_fields(evidence).items():
            self.add_field(name, field)
        self.mark_differences()
        self.mark_last()
        if self.suggestion.complete and self.chosen_band not in ("", self.suggested_code):
            self.fields["difference_reason"].help_text = self.words_if_differs

    def mark_last(self) -> None:
        """Last time's levels and band on their cards."""
        if self.last is None:
            return
        chosen = [(f"{LEVEL}{one.area.code}", one.level.code) for one in self.last.levels.all()]
        if self.last.band:
            chosen.append(("band", self.last.band.code))
        for name, code in chosen:
            hints = dict(getattr(self.fields[name], "choice_hints", None) or {})
            mark = '<strong class="choice-mark">Last time</strong> {}'
            hints[code] = format_html(mark, hints.get(code, ""))
            self.fields[name].choice_hints = hints  # type: ignore[attr-defined]

    @property
    def since_last(self) -> list[str]:
        """Areas whose level is another than last time, in words."""
        if self.last is None:
            return []
        before = {one.area.code: one.level.code for one in self.last.levels.all()}
        return [
            f"{area.name} {before[area.code]} → {self.levels[area.code]}"
            for area in self.areas
            if area.code in before and self.levels.get(area.code, "") not in ("", before[area.code])
        ]

    @property
    def evidence_bound(self) -> list[forms.BoundField]:
        return [self[name] for name in self.evidence_names]

    @property
    def chosen_band(self) -> str:
        """The code of the band chosen now, known or not."""
        band = self.data.get(self.add_prefix("band")) if self.is_bound else self.initial.get("band")
        return band or ""

    @property
    def choose_name(self) -> str:
        """Of the button that takes the suggested band."""
        return self.add_prefix(CHOOSE)

    @property
    def suggestion_id(self) -> str:
        """Of the place on the page where the suggested band stands."""
        return self.add_prefix("suggestion")

    @property
    def suggestion(self) -> Suggestion:
        return suggest_band(self.rules, self.levels)

    @property
    def suggested_band(self) -> Band | None:
        return self.bands.get(self.suggestion.band_code or "")

    @property
    def suggested_code(self) -> str:
        return self.suggested_band.code if self.suggested_band else ""

    @property
    def words_if_differs(self) -> str:
        """What stands over the reason once another band than the suggested one is chosen."""
        if self.suggested_band:
            return f"Your band differs from {self.suggested_band}. Say why."
        return "No band is suggested for these levels. Say why you chose one."

    @property
    def is_complete_wanted(self) -> bool:
        return self.data.get("do") not in UNFINISHED and not self.data.get(self.choose_name)

    @property
    def only_asks(self) -> bool:
        """Whether a button was pressed that shows something and saves nothing."""
        return self.data.get("do") == SUGGEST or bool(self.data.get(self.choose_name))

    def full_clean(self) -> None:
        """Whether the reason is needed depends on the band; it is not optional."""
        reason = self.fields["difference_reason"]
        reason.required = False
        for name in self.evidence_names:
            self.fields[name].required = False
        super().full_clean()
        for field in (reason, *(self.fields[name] for name in self.evidence_names)):
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        band, suggested = cleaned["band"], self.suggested_band
        lacking = needs_reason(band, suggested, cleaned.get("difference_reason", ""))
        if self.is_complete_wanted and self.suggestion.complete and lacking:
            name = suggested.name if suggested else "no band"
            self.add_error(
                "difference_reason", f"Say why you chose {band} where {name} is suggested"
            )
        self.check_evidence()
        return cleaned

    @property
    def evidence_names(self) -> list[str]:
        return [f"{EVIDENCE}{each['code']}" for each in self.evidence]

    @property
    def evidence_given(self) -> dict[str, str]:
        codes = [str(each["code"]) for each in self.evidence]
        given = {code: self.cleaned_data.get(f"{EVIDENCE}{code}") for code in codes}
        return tidied(self.evidence, given)

    def check_evidence(self) -> None:
        """A draft may go without what is missing, not with what cannot be."""
        given = self.evidence_given
        for code, problem in problems_of_evidence(self.evidence, given).items():
            if code in given or self.is_complete_wanted:
                self.add_error(f"{EVIDENCE}{code}", problem)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is chosen or typed."""
        names = ("band", "difference_reason", "rationale", *self.evidence_names)
        return not any(self.levels) and not any(self.cleaned_data.get(name) for name in names)

    @property
    def choice(self) -> dict[str, Any]:
        """The arguments of the services that save a choice."""
        given = self.cleaned_data
        why = {name: given[name] for name in ("difference_reason", "rationale")}
        more = {"evidence": self.evidence_given} if self.evidence else {}
        return super().choice | why | more


def initial_of(decision: BandDecision | None) -> dict[str, Any]:
    """A decision as the form's first values; `version` only of a draft."""
    if decision is None:
        return {}
    why = {name: getattr(decision, name) for name in ("difference_reason", "rationale")}
    evidence = {f"{EVIDENCE}{code}": said for code, said in decision.evidence.items()}
    return {**initial_levels(decision), **why, **evidence}


def initial_of_last(last: BandDecision) -> dict[str, Any]:
    """Last time's levels as a start; the band is chosen anew (B3)."""
    return {**initial_levels(last), "band": "", "started": "last"}
