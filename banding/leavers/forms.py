"""What a school knows of a pupil who left, and why an officer does not accept it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from banding.changes.rules import WHERE_TO, WHERE_TO_MISSING, Doubt
from banding.choices import LEAVER_WORDS
from banding.leavers.rules import problem_of_last_day
from banding.leavers.selectors import (
    answers_replaced,
    placed_at,
    pupils_who_may_leave,
    replacing_words,
    rows_open_to,
    waiting_leaver,
)
from banding_portal.asking import AsksIfSure
from banding_portal.forms import DateField, PortalForm
from schools.forms.by_name import PupilField
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import Pupil, School, User


class LeaverForm(AsksIfSure, PortalForm):
    """A pupil of the school, the last day, and where they went."""

    replaces = False
    """Whether the person knows which answers of open returns this replaces."""

    pupil = PupilField(
        queryset=Pupil.objects.none(),
        label="Who has left?",
        empty_label="Choose a pupil",
        error_messages={"required": "Choose the pupil who has left"},
    )
    left_on = DateField(label="Last day with you", said="the last day with you")
    destination = forms.CharField(
        label="Where has the pupil gone?",
        help_text=WHERE_TO,
        max_length=200,
        error_messages={"required": WHERE_TO_MISSING},
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
            placed, today = placed_at(self.school, pupil.pk), timezone.localdate()
            problem = problem_of_last_day(pupil.forename, left, placed=placed, today=today)
            if problem:
                self.add_error("left_on", problem)
            else:
                self.ask(pupil, left)
        return cleaned

    def ask(self, pupil: Pupil, left: dt.date) -> None:
        """Whether the answers of open returns may be replaced."""
        waiting = waiting_leaver(self.school, pupil.pk)
        rows = answers_replaced(rows_open_to(self.school, pupil.pk), left, waiting)
        self.replaces = bool(rows)
        self.tell(Doubt("pupil", replacing_words(row, left)) for row in rows)


class LeaverFilterForm(PortalForm):
    """Leavers of all schools, by name, state and school."""

    q = forms.CharField(label="Name, UPN or reference", required=False)
    state = forms.ChoiceField(label="State", required=False)
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("state", [("", "All"), *LEAVER_WORDS.items()])
        offer_schools(self, "school", School.objects.visible_to(user))


class RefuseLeaverForm(PortalForm):
    note = forms.CharField(
        label="Why does the pupil stay on the roll?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Tell the school why the leaver is not accepted"},
    )
