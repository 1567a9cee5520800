"""A token for a finance system (rules.md F20)."""

from django import forms

from banding_portal.forms import DateField, PortalForm
from funding.choices import TokenScope


class TokenForm(PortalForm):
    name = forms.CharField(
        label="What the token is for",
        help_text="Like “Nightly download of the ledger”.",
        max_length=80,
    )
    scope = forms.ChoiceField(
        label="What it may read", choices=TokenScope.choices, widget=forms.RadioSelect
    )
    expires_on = DateField(
        label="Last day on which it works",
        said="the last day",
        help_text="A year from today at the latest. Make a new one before then.",
    )

    class Look:
        said = {"name": "what the token is for", "scope": "what it may read"}
