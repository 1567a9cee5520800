"""What the SEND operations panel decides."""

from typing import Any

from banding.decisions.forms import DecisionForm
from banding_portal.forms import DateField
from schools.forms.corrections import ReasonForm


class PanelDecisionForm(DecisionForm):
    """The panel's decision, which says itself from when it holds."""

    effective_from = DateField(
        label="In effect from", said="the date it takes effect", example="1 9 2026"
    )

    @property
    def choice(self) -> dict[str, Any]:
        return super().choice | {"effective_from": self.cleaned_data["effective_from"]}


class DecisionCorrectionForm(ReasonForm):
    effective_from = DateField(
        label="In effect from", said="the date it takes effect", example="1 9 2026"
    )
    field_order = ("effective_from", "reason")
