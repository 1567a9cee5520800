"""What a school asks for after its return was accepted, and why an officer does not agree."""

from typing import Any

from django import forms

from banding.assessment.rules import LONGEST_RATIONALE
from banding.choices import ChangeRequestState
from banding.panel.forms import DatedDecisionForm
from banding_portal.forms import DateField, PortalForm
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User


class ChangeRequestForm(DatedDecisionForm):
    """Levels and band as on the decision page, and from which day."""

    effective_from = DateField(
        label="From which day?", said="the day from which it applies", example="1 1 2027"
    )
    rationale = forms.CharField(
        label="What has changed?",
        help_text="What you now know about the pupil’s needs. The authority decides on the basis "
        "of what you write here.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_RATIONALE,
        error_messages={"required": "Say what has changed"},
    )

    def full_clean(self) -> None:
        """What is asked for may wait while only the suggestion is asked for."""
        asked = [self.fields[name] for name in ("rationale", "effective_from")]
        for field in asked:
            field.required = self.is_complete_wanted
        super().full_clean()
        for field in asked:
            field.required = True

    @property
    def wish(self) -> dict[str, Any]:
        """The arguments of the service that asks."""
        given = self.choice
        return {"reason": given.pop("rationale"), **given}


class ChangeRequestFilterForm(PortalForm):
    """Requests of all schools, by pupil, state and school."""

    q = forms.CharField(label="Pupil, UPN or reference", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *ChangeRequestState.choices], required=False
    )
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", School.objects.visible_to(user))


class RefuseChangeForm(PortalForm):
    answer = forms.CharField(
        label="Why does the band stay as it is?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Tell the school why the band stays as it is"},
    )
