"""What is said of a moderator's capacity."""

from typing import Any

from django import forms

from banding_portal.forms import DateField, PortalForm
from moderation.capacity.rules import FULL


class CapacityForm(PortalForm):
    """The share of the post, and if wanted some days away."""

    percent = forms.IntegerField(
        label="Share of a post for judging",
        min_value=0,
        max_value=FULL,
        help_text="Per cent of a full post. With 0 cases are given by hand only.",
    )
    first = DateField(label="Away from", required=False, said="the first day away")
    last = DateField(label="Until and including", required=False, said="the last day away")

    class Look:
        width = {"percent": 4}
        suffix = {"percent": "%"}
        said = {"percent": "the share of a post"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and not last and "last" not in self.errors:
            self.add_error("last", "Enter the last day away")
        if last and not first and "first" not in self.errors:
            self.add_error("first", "Enter the first day away")
        return data
