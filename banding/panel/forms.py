"""What the SEND operations panel decides."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Min
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils import timezone

from banding.decisions.forms import DecisionForm
from banding.models import Framework
from banding.panel.rules import doubts_of_effect
from banding_portal.asking import AsksIfSure
from banding_portal.forms import DateField, PortalForm
from schools.forms.corrections import ReasonForm
from schools.models import Pupil

SAVE = "save"


class NewPlanFilterForm(PortalForm):
    """New plans by the day they began, and the framework they lack."""

    since = DateField(
        label="Plan began on or after",
        said="the day on or after which the plan began",
        required=False,
    )
    framework = forms.ChoiceField(label="Lacks a band under", required=False)

    class Look:
        said = {"framework": "a framework"}

    def __init__(self, *args: Any, frameworks: Sequence[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.code, each.name) for each in frameworks]
        self.offer_choices("framework", [("", "Any framework in force"), *named])


class DatedDecisionForm(DecisionForm):
    """A decision that says itself from when it holds."""

    effective_from = DateField(
        label="In effect from", said="the date it takes effect", example="1 9 2026"
    )

    @property
    def choice(self) -> dict[str, Any]:
        return super().choice | {"effective_from": self.cleaned_data["effective_from"]}


class AsksFromWhen(AsksIfSure):
    """Asks about a day that the panel hardly can mean: of another year, before the placement."""

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupil = pupil

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if wanted := cleaned.get("effective_from"):
            first = self.pupil.placements.aggregate(first=Min("start"))["first"]
            self.tell(doubts_of_effect(wanted, placed=first, today=timezone.localdate()))
        return cleaned


class PanelDecisionForm(AsksFromWhen, DatedDecisionForm):
    """The panel's decision under one framework."""


class PanelDayForm(AsksFromWhen, PortalForm):
    """From when the decisions of the panel's screen hold."""

    effective_from = DateField(
        label="In effect from", said="the date it takes effect", example="1 9 2026"
    )


class PanelPartForm(DecisionForm):
    """A decision under one of several frameworks; left empty, it is not decided now (B5)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"required": f"Choose a band under {self.framework}"}
        self.fields["band"].error_messages |= said

    @property
    def is_left(self) -> bool:
        """Whether nothing is chosen or typed."""
        texts = ("band", "difference_reason", "rationale")
        typed = [self.data.get(self.add_prefix(name), "").strip() for name in texts]
        return not any((*typed, *self.levels))

    @property
    def is_complete_wanted(self) -> bool:
        return self.data.get("do") == SAVE and not self.is_left


class PanelParts:
    """The forms of all frameworks as one, for what a page shows of problems."""

    def __init__(self, forms: Sequence[PanelPartForm]) -> None:
        self.forms = forms

    def __iter__(self) -> Iterator[BoundField]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> list[ErrorDict]:
        return [form.errors for form in self.forms if form.is_bound and form.errors]

    def non_field_errors(self) -> list[str]:
        return []


class DecisionCorrectionForm(AsksFromWhen, ReasonForm):
    effective_from = DateField(
        label="In effect from", said="the date it takes effect", example="1 9 2026"
    )
    field_order = ("effective_from", "reason")
