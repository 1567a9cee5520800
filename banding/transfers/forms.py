"""The next school of a pupil, and that school's answer."""

from typing import Any

from django import forms

from banding.choices import TransferState
from banding.transfers.services import problem_of_naming
from banding_portal.forms import PortalForm
from schools.choices import SchoolStatus
from schools.forms.choosing import SchoolField
from schools.models import Placement, School

ANSWERS = {
    TransferState.COMING: "Yes, we expect the pupil",
    TransferState.NOT_COMING: "No",
}


class NameSchoolForm(PortalForm):
    """Any school that is open, found by typing: the register of schools is public."""

    to_school = SchoolField(
        label="School",
        help_text="Part of its name, or its URN.",
        error_messages={"required": "Enter the school"},
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        there = School.objects.exclude(status=SchoolStatus.CLOSED).filter(arrangement="")
        self.offer("to_school", there.exclude(pk=placement.school_id))

    def clean_to_school(self) -> School:
        school: School = self.cleaned_data["to_school"]
        if problem := problem_of_naming(self.placement, school):
            raise forms.ValidationError(problem.rstrip("."))
        return school


class AnswerForm(PortalForm):
    """Whether the pupil comes; a reason where not."""

    coming = forms.ChoiceField(
        label="Is the pupil coming to you?",
        choices=ANSWERS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the pupil is coming to you"},
    )
    note = forms.CharField(
        label="Why not, if the answer is no",
        help_text="The pupil’s present school and the authority read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    class Look:
        legend = {"coming": "m"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        no = cleaned.get("coming") == TransferState.NOT_COMING
        if no and not cleaned.get("note", "").strip():
            self.add_error("note", "Say why the pupil is not coming")
        return cleaned
