"""How a pupil is accounted for without a band (rules.md B7)."""

import datetime as dt
from typing import Any

from django import forms

from banding.assessment.rules import LONGEST_REASON
from banding.changes.rules import (
    WHERE_TO,
    WHERE_TO_MISSING,
    doubt_of_staying,
    doubts_of_change,
)
from banding.changes.selectors import banded_from
from banding.changes.services import HOW, problem_of_change
from banding.choices import PupilChange
from banding.models import ReturnPupil
from banding_portal.asking import AsksIfSure
from banding_portal.forms import DateField, PortalForm

OF_ONE_CHANGE = ("change_date", "destination", "reason")


class PupilChangeForm(AsksIfSure, PortalForm):
    """How a pupil is accounted for without a band."""

    change = forms.ChoiceField(
        label="What has changed?",
        choices=PupilChange.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what has changed"},
    )
    change_date = DateField(label="Date left", said="the date the pupil left")
    destination = forms.CharField(
        label="Where has the pupil gone?",
        help_text=WHERE_TO,
        max_length=200,
        error_messages={"required": WHERE_TO_MISSING},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
    )

    class Look:
        legend = {"change": "m", "change_date": "s", "destination": "s", "reason": "s"}
        said = {"reason": "the reason"}
        choice_hints = {
            "change": {
                PupilChange.LEFT: "The pupil has left your school, or will on a date you know.",
                PupilChange.NOT_OURS: "The pupil was not with you on the reference date or since.",
                PupilChange.STAYING_ON: "The pupil stays after your last year group. "
                "You can still choose a band.",
                PupilChange.NO_BAND: "The pupil’s needs are met without one. An officer looks at "
                "it before any money ends.",
            }
        }

    def __init__(self, *args: Any, row: ReturnPupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        name = row.pupil.forename
        self.fields["change_date"].help_text = f"The last day {name} was with you, like 31 1 2027."
        if doubt := doubt_of_staying(name, self.year_group, self.ages):
            self.say_at_once(f"{doubt}, so {name} stays anyway and you need not say it.")

    def say_at_once(self, why_not: str) -> None:
        """Under “Staying on”, before somebody chooses it and writes a reason for nothing."""
        change = self.fields["change"]
        hints = dict(self.Look.choice_hints["change"]) | {PupilChange.STAYING_ON: why_not}
        change.choice_hints = hints  # type: ignore[attr-defined]

    @property
    def year_group(self) -> int:
        return self.row.pupil.year_group_on(self.row.pupil_return.collection.reference_date)

    @property
    def ages(self) -> tuple[int | None, int | None]:
        school = self.row.pupil_return.school
        return school.low_age, school.high_age

    def full_clean(self) -> None:
        """Which of them is needed depends on the change; none is optional."""
        for name in OF_ONE_CHANGE:
            self.fields[name].required = False
        super().full_clean()
        for name in OF_ONE_CHANGE:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        change, day = cleaned.get("change"), cleaned.get("change_date")
        if self.errors or not change:
            return cleaned
        cleaned["change_date"] = day = day if change == PupilChange.LEFT else None
        if change == PupilChange.LEFT:
            # The page hides it then; nothing hidden is saved.
            cleaned["reason"] = ""
            if not cleaned.get("destination"):
                self.add_error("destination", WHERE_TO_MISSING)
        if self.reason_is_of_another_change(change, cleaned.get("reason", "")):
            self.refuse_that_reason(change)
            return cleaned
        problem = problem_of_change(self.row, change, day, cleaned.get("reason", ""))
        if problem:
            self.add_error("change_date" if change == PupilChange.LEFT else "reason", problem)
        else:
            self.ask(change, day)
        return cleaned

    def ask(self, change: str, left: dt.date | None) -> None:
        """Whether it is right all the same, where it hardly can be."""
        doubts = doubts_of_change(
            change,
            name=self.row.pupil.forename,
            left=left,
            year_group=self.year_group,
            ages=self.ages,
            banded_from=banded_from(self.row),
        )
        self.tell(doubts)

    def reason_is_of_another_change(self, change: str, reason: str) -> bool:
        """Whether the reason was filled in from what is saved, for something else."""
        saved = self.row.change_reason.strip()
        is_filled_in = bool(saved) and reason.split() == saved.split()
        return is_filled_in and self.row.change not in ("", change)

    def refuse_that_reason(self, change: str) -> None:
        """Any change but leaving needs a reason of its own."""
        before = self.row.get_change_display()
        self.add_error(
            "reason",
            f"Say why {self.row.pupil.forename} {HOW[change]} "
            f"(the reason given was for “{before}”)",
        )
