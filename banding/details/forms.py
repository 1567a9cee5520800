"""Filtering what schools say is wrong, and why an officer does not correct it."""

from typing import Any

from django import forms

from banding.choices import DetailState
from banding_portal.forms import PortalForm
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User


class DetailFilterForm(PortalForm):
    """Of all schools, by name, state and school."""

    q = forms.CharField(label="Name, UPN or reference", required=False)
    state = forms.ChoiceField(label="State", required=False)
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("state", [("", "All"), *DetailState.choices])
        offer_schools(self, "school", School.objects.visible_to(user))


class RefuseDetailsForm(PortalForm):
    note = forms.CharField(
        label="Why are the details not corrected?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Tell the school why the details are not corrected"},
    )
