"""Forms to put a placement or plan right; each says why (rules.md S10)."""

from typing import Any

from django import forms

from banding_portal.forms import DateField, PortalForm
from schools.choices import PlanType
from schools.forms.choosing import SchoolField
from schools.forms.pupils import DatedForm
from schools.models import Plan
from schools.oddities import Oddity
from schools.services.periods import plans_beside


class ReasonForm(PortalForm):
    """Why something has to be put right."""

    reason = forms.CharField(
        label="Why?",
        help_text="It stays in the audit trail beside the change.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why it has to be put right"},
    )


class PeriodForm(DatedForm):
    start = DateField(label="First day", example="1 9 2026", help_text="Like 1 9 2026")
    end = DateField(label="Last day", required=False, help_text="Leave empty if it has not ended")


class PlacementCorrectionForm(PeriodForm, ReasonForm):
    what = "placement"
    school = SchoolField(label="School")
    field_order = ("school", "start", "end", "reason")


class PlanCorrectionForm(PeriodForm, ReasonForm):
    what = "plan"
    plan_type = forms.ChoiceField(label="Plan", choices=PlanType, widget=forms.RadioSelect)
    field_order = ("plan_type", "start", "end", "reason")

    def __init__(self, *args: Any, row: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def oddities(self, given: dict[str, Any]) -> list[Oddity]:
        found, plan_type = super().oddities(given), given.get("plan_type")
        if not plan_type:
            return found
        start, end = given["start"], given.get("end")
        return [*found, *plans_beside(self.pupil, plan_type, start, end, but=self.row)]


class FactCorrectionForm(ReasonForm):
    until = DateField(
        label="Last day on which it was true",
        said="the last day on which it was true",
        example="31 8 2026",
    )
    field_order = ("until", "reason")
