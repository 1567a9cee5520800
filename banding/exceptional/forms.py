"""An exceptional request and its answer (rules.md B11)."""

from typing import Any

from django import forms

from banding.choices import RequestState
from banding_portal.forms import PortalForm
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User


class RequestFilterForm(PortalForm):
    """Exceptional requests of all schools, by pupil, state and school."""

    q = forms.CharField(label="Pupil, UPN or reference", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *RequestState.choices], required=False
    )
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", School.objects.visible_to(user))


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
        help_text="Name the provision and what it requires, as the plan puts it.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": "Say which provision in the plan no band secures"},
    )
