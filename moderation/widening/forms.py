"""Whether more is judged at a school, and how much."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from moderation.widening.selectors import JudgedSchool

WIDEN, LEAVE = "widen", "leave"
USUAL = 5


class WidenForm(PortalForm):
    choice = forms.ChoiceField(
        label="What is to be done",
        choices=[(WIDEN, "Judge more of its decisions"), (LEAVE, "Judge no more of its decisions")],
        initial=WIDEN,
        widget=forms.RadioSelect,
    )
    cases = forms.IntegerField(label="How many more", min_value=1, required=False)
    reason = forms.CharField(
        label="Why no more of its decisions are judged",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Look:
        width = {"cases": 4}
        said = {
            "choice": "what is to be done",
            "cases": "how many more",
            "reason": "why no more of its decisions are judged",
        }

    def __init__(self, *args: Any, found: JudgedSchool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = found.left
        field = self.fields["cases"]
        field.initial = min(USUAL, found.left)
        field.help_text = f"From 1 to {found.left}: what the school has that is no case yet."

    @property
    def widens(self) -> bool:
        return self.cleaned_data["choice"] == WIDEN

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fits = 1 <= (data.get("cases") or 0) <= self.left
        if data.get("choice") == WIDEN and "cases" not in self.errors and not fits:
            self.add_error("cases", f"Enter a number from 1 to {self.left}")
        if data.get("choice") == LEAVE and not data.get("reason"):
            self.add_error("reason", "Say why no more of its decisions are judged")
        return data
