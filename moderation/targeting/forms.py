"""How many cases of a rule are judged besides, and one pupil chosen by hand."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from moderation.choices import HAND_REASONS

USUAL = 5


class RuleForm(PortalForm):
    cases = forms.IntegerField(label="How many to judge", min_value=1)

    class Look:
        width = {"cases": 4}
        said = {"cases": "how many to judge"}

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        field.initial = min(USUAL, left)
        field.help_text = f"From 1 to {left}. The first in the order of the draw are taken."


class HandForm(PortalForm):
    reference = forms.CharField(
        label="Pupil reference",
        max_length=40,
        help_text="The authority’s own reference of the pupil.",
    )
    reason = forms.ChoiceField(
        label="Why it is judged",
        choices=[(reason.value, reason.label) for reason in HAND_REASONS],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What makes you choose this pupil",
        max_length=1000,
        help_text="Moderation leads read it, and whoever compares the case. Leave out the name.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Look:
        width = {"reference": 10}
        said = {
            "reference": "the pupil reference",
            "reason": "why it is judged",
            "note": "what makes you choose this pupil",
        }
