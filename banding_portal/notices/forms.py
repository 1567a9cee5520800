"""Which emails a person wants."""

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.notices.choices import CHOOSABLE

OPTIONAL = [(kind.value, kind.label) for kind in CHOOSABLE]


class NoticesForm(PortalForm):
    """A tick for each email one may do without."""

    kinds = forms.MultipleChoiceField(
        label="Email me when",
        choices=OPTIONAL,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Look:
        said = {"kinds": "the emails you want"}
