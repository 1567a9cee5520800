"""An exceptional request and its answer (rules.md B11)."""

from django import forms

from banding_portal.forms import PortalForm


class AnswerForm(PortalForm):
    answer = forms.CharField(
        label="Answer",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter the answer for the school"},
    )


class ExceptionalRequestForm(PortalForm):
    reason = forms.CharField(
        label="Which provision in the plan does no band secure?",
        help_text="Name the provision and what it takes, as the plan says it.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": "Say which provision in the plan no band secures"},
    )
