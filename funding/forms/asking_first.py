"""A change is told with what it does before it is saved: once more sent with a tick, it is."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from banding_portal.forms import PortalForm

TICK = "Tick that this is right, or correct it."


class AsksFirst(PortalForm):
    """Adds a tick that appears with what is to be known; it holds for what it was asked about."""

    is_right = forms.BooleanField(label="This is right", required=False, widget=forms.HiddenInput)
    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [name for name in self.fields if name not in ("is_right", "asked_about")]
        self.order_fields([*own, "is_right", "asked_about"])

    def ask(self, about: str, find: Callable[[], Sequence[str]]) -> None:
        """Ask unless the tick is there for `about`; `find` says what there is to be known."""
        said = self.cleaned_data.pop("is_right", False)
        asked = self.cleaned_data.pop("asked_about", "")
        if self.errors or (said and asked == about):
            return
        if not (sentences := find()):
            return
        self.fields["is_right"].widget = forms.CheckboxInput()
        sent: Any = self.data
        data = sent.copy()
        data.pop("is_right", None)
        data["asked_about"] = about
        self.data = data
        self.add_error("is_right", [*sentences, TICK])
