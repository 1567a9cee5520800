"""The sections of a plan, pasted for who judges a case, and a document with it."""

from typing import Any

from django import forms

from banding_portal.documents.forms import DocumentField
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


class DocumentForm(PortalForm):
    file = DocumentField(label="Document")
    about = forms.CharField(
        label="What it is",
        max_length=200,
        help_text="Without names. For example: speech therapist’s report, March 2026",
    )
    no_band = forms.BooleanField(
        label="I have read it, and it names no band",
        error_messages={"required": "Say that you have read it, and that it names no band"},
    )

    looked = forms.BooleanField(
        label="The portal cannot read it, and I have looked at every page myself",
        help_text="Only for a picture or a scan. In other documents the portal looks for bands, "
        "levels and amounts.",
        required=False,
    )

    class Look:
        said = {"about": "what it is"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["looked"].unmarked = True  # type: ignore[attr-defined]  # by the document
