"""The box of the header, and of its page."""

from django import forms

from banding_portal.forms import PortalForm

SHORTEST = 2


class FindForm(PortalForm):
    """What one looks for; a single letter would find half of everything."""

    q = forms.CharField(
        label="Name or number",
        help_text="Part of a name, or a number: a UPN, a reference, a URN, a case.",
        min_length=SHORTEST,
        max_length=100,
        error_messages={
            "required": "Type part of a name, or a number",
            "min_length": "Enter at least two letters or digits",
        },
    )

    class Look:
        width = {"q": 20}
