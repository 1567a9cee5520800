"""What the authority says above its figures."""

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.telling import ToldToMany


class FiguresForm(ToldToMany, PortalForm):
    introduction = forms.CharField(
        label="What do you want to say about process and dates?",
        help_text=(
            "Everybody can read it without signing in. “# ” begins a heading, “* ” an item of a "
            "list, an empty line a new paragraph. Do not name a school or a pupil."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Say what readers should know about process and dates"},
    )
