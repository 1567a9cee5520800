"""The form to send a file of other authorities' figures in."""

from django import forms

from banding_portal.uploads.forms import UploadForm


class FiguresForm(UploadForm):
    """A published file is about all of England; whose rows are read may be said."""

    authorities = forms.CharField(
        label="Only these authorities",
        help_text="One on each line, such as the authorities most like yours. Leave it empty to "
        "read all.",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
