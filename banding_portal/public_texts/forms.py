"""Writing a public text."""

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.telling import ToldToMany


class PublicTextForm(ToldToMany, PortalForm):
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=(
            "“# ” begins a heading, “* ” an item of a list, an empty line a new paragraph."
            " [Words](https://www.gov.uk/) make a link. Leave it empty to go back to the text the"
            " portal came with."
        ),
    )

    class Look:
        said = {"text": "the text"}
