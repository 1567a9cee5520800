"""The sections of a plan, pasted for who judges a case."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm

LONGEST = 20_000


class PlanForm(PortalForm):
    needs = forms.CharField(
        label="Needs (section B)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    provision = forms.CharField(
        label="Provision (section F)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    class Look:
        said = {"needs": "the needs", "provision": "the provision"}

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}
