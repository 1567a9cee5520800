"""The note."""

from django import forms

from banding_portal.forms import PortalForm


class NoteForm(PortalForm):
    text = forms.CharField(
        label="Note",
        help_text="For people of your school who band pupils. The authority never sees it.",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=4000,
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False)

    class Look:
        legend = {"text": "s"}
