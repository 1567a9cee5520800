"""Pupil changes and joiners (rules.md B7, S4)."""

import datetime as dt
from typing import Any

from django import forms

from banding.choices import PupilChange
from banding.models import ReturnPupil
from banding.services.decisions import HOW, problem_of_change
from banding.services.joiners import problem_of_joiner_dates
from banding_portal.forms import DateField, PortalForm
from schools.choices import PlanType, PrimaryNeed
from schools.identifiers import check_upn


class PupilChangeForm(PortalForm):
    """How a pupil is accounted for without a band."""

    change = forms.ChoiceField(
        label="What has changed?",
        choices=PupilChange.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what has changed"},
    )
    change_date = DateField(label="Date left, if the pupil has left")
    reason = forms.CharField(
        label="Reason, unless the pupil has left",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    class Look:
        legend = {"change": "m", "change_date": "s", "reason": "s"}
        choice_hints = {
            "change": {
                PupilChange.LEFT: "The pupil has left your school, or will on a date you know.",
                PupilChange.NOT_OURS: "The pupil was not with you on the reference date or since.",
                PupilChange.STAYING_ON: "The pupil stays after your last year group. "
                "You can still choose a band.",
                PupilChange.NO_BAND: "The pupil's needs are met without one. An officer looks at "
                "it before any top-up ends.",
            }
        }

    def __init__(self, *args: Any, row: ReturnPupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        name = row.pupil.forename
        self.fields["change_date"].help_text = f"The last day {name} was with you, like 31 1 2027."

    def full_clean(self) -> None:
        """Which of date and reason is needed depends on the change; neither is optional."""
        for name in ("change_date", "reason"):
            self.fields[name].required = False
        super().full_clean()
        for name in ("change_date", "reason"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        change, day = cleaned.get("change"), cleaned.get("change_date")
        if self.errors or not change:
            return cleaned
        cleaned["change_date"] = day = day if change == PupilChange.LEFT else None
        if self.reason_is_of_another_change(change, cleaned.get("reason", "")):
            return self.without_that_reason(cleaned)
        problem = problem_of_change(self.row, change, day, cleaned.get("reason", ""))
        if problem:
            self.add_error("change_date" if change == PupilChange.LEFT else "reason", problem)
        return cleaned

    def reason_is_of_another_change(self, change: str, reason: str) -> bool:
        """Whether the reason was filled in from what is saved, for something else."""
        saved = self.row.change_reason.strip()
        is_filled_in = bool(saved) and reason.split() == saved.split()
        return is_filled_in and self.row.change not in ("", change)

    def without_that_reason(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """A pupil who left needs no reason; any other change needs one of its own."""
        change = cleaned["change"]
        if change != PupilChange.LEFT:
            before = self.row.get_change_display()
            self.add_error(
                "reason",
                f"Say why {self.row.pupil.forename} {HOW[change]} "
                f"(the reason given was for “{before}”)",
            )
            return cleaned
        problem = problem_of_change(self.row, change, cleaned["change_date"], "")
        if problem:
            self.add_error("change_date", problem)
        return cleaned | {"reason": ""}


class JoinerForm(PortalForm):
    """What a school knows of a pupil who joined."""

    surname = forms.CharField(
        max_length=80, error_messages={"required": "Enter the pupil's surname"}
    )
    forename = forms.CharField(
        max_length=80, error_messages={"required": "Enter the pupil's forename"}
    )
    date_of_birth = DateField(label="Date of birth", example="31 1 2018")
    joined_on = DateField(label="Date joined", example="1 9 2026")
    plan_type = forms.ChoiceField(
        label="Plan",
        choices=PlanType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select EHCP or SEN Support"},
    )
    primary_need = forms.ChoiceField(
        label="Primary need", choices=[("", "Not known yet"), *PrimaryNeed.choices], required=False
    )
    upn = forms.CharField(
        label="UPN", required=False, max_length=40, help_text="13 characters, if you have it."
    )

    class Look:
        width = {"surname": 20, "forename": 20, "upn": 20}
        inline = ["plan_type"]
        legend = {"date_of_birth": "s", "joined_on": "s", "plan_type": "s"}

    def __init__(self, *args: Any, reference_date: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reference_date = reference_date

    def clean_upn(self) -> str:
        upn = self.cleaned_data["upn"].strip().upper()
        problem = check_upn(upn) if upn else ""
        if problem:
            raise forms.ValidationError(problem)
        return upn

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born, joined = cleaned.get("date_of_birth"), cleaned.get("joined_on")
        if born and joined:
            name, problem = problem_of_joiner_dates(self.reference_date, born, joined)
            if problem:
                self.add_error(name, problem)
        return cleaned
