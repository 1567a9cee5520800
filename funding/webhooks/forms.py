"""A finance system that is told of published runs (rules.md F21)."""

from django import forms

from banding_portal.forms import PortalForm


class WebhookForm(PortalForm):
    name = forms.CharField(label="Name of the system", help_text="Like “Ledger”.", max_length=80)
    url = forms.CharField(
        label="Address",
        help_text="It begins with https:// and is reached from the internet. For a server inside "
        "your network ask whoever runs the portal to allow its host.",
        max_length=500,
    )

    class Look:
        said = {"name": "the name of the system", "url": "the address"}

    def clean_url(self) -> str:
        return str(self.cleaned_data["url"]).strip()
