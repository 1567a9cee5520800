"""What a school knows of a pupil who left, and why an officer does not accept it."""

from typing import Any

from django import forms
from django.utils import timezone

from banding.choices import LeaverState
from banding.leavers.rules import problem_of_last_day
from banding.leavers.selectors import pupils_who_may_leave
from banding_portal.forms import DateField, PortalForm
from schools.forms.by_name import PupilField
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import Pupil, School, User


class LeaverForm(PortalForm):
    """A pupil of the school, the last day, and where they went."""

    pupil = PupilField(
        queryset=Pupil.objects.none(),
        label="Who has left?",
        empty_label="Choose a pupil",
        error_messages={"required": "Choose the pupil who has left"},
    )
    left_on = DateField(label="Last day with you", said="the last day with you")
    destination = forms.CharField(
        label="Where has the pupil gone?",
        help_text="The next school or place, if you know it.",
        required=False,
        max_length=200,
    )

    class Look:
        legend = {"left_on": "s"}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.offer("pupil", pupils_who_may_leave(school))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pupil, left = cleaned.get("pupil"), cleaned.get("left_on")
        if pupil and left:
            starts = list(
                pupil.placements.filter(school=self.school).values_list("start", flat=True)
            )
            today = timezone.localdate()
            problem = problem_of_last_day(pupil.forename, left, starts=starts, today=today)
            if problem:
                self.add_error("left_on", problem)
        return cleaned


class LeaverFilterForm(PortalForm):
    """Leavers of all schools, by name, state and school."""

    q = forms.CharField(label="Name, UPN or reference", required=False)
    state = forms.ChoiceField(label="State", required=False)
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("state", [("", "All"), *LeaverState.choices])
        offer_schools(self, "school", School.objects.visible_to(user))


class RefuseLeaverForm(PortalForm):
    note = forms.CharField(
        label="Why does the pupil stay on the roll?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Tell the school why the leaver is not accepted"},
    )
