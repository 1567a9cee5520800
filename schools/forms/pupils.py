"""Forms to find pupils and to maintain them, their placements and plans."""

from typing import Any

from django import forms

from banding_portal.forms import DateField, PortalForm, PortalModelForm
from banding_portal.refusals import RefusalError
from schools.choices import PlanType, PrimaryNeed
from schools.identifiers import normalise_upn
from schools.models import Pupil, School, User

ANY = ("", "All")


class PupilFilterForm(PortalForm):
    q = forms.CharField(label="Name, UPN or reference", required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label="School", required=False, empty_label="All"
    )
    plan_type = forms.ChoiceField(label="Plan", choices=[ANY, *PlanType.choices], required=False)
    need = forms.ChoiceField(
        label="Primary need", choices=[ANY, *PrimaryNeed.choices], required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", School.objects.visible_to(user))


class PupilForm(PortalModelForm):
    date_of_birth = DateField(
        label="Date of birth", help_text="Like 31 3 2018", example="31 3 2018"
    )
    upn = forms.CharField(label="UPN", required=False, max_length=40)
    year_group = forms.IntegerField(
        label="Recorded year group",
        help_text="Only where it differs from the one the date of birth gives. Reception is 0.",
        min_value=-2,
        max_value=15,
        required=False,
    )

    class Meta:
        model = Pupil
        fields = [
            "surname",
            "forename",
            "date_of_birth",
            "reference",
            "upn",
            "primary_need",
            "responsible_la",
        ]
        labels = {
            "reference": "The authority's reference",
            "responsible_la": "Responsible authority",
            "primary_need": "Primary need",
        }
        help_texts = {"responsible_la": "Its three-digit code, like 881"}

    class Look:
        width = {"upn": 20, "responsible_la": 3, "reference": 20, "year_group": 2}

    def name_fields(self) -> None:
        self.offer_choices("primary_need", [("", "Not recorded"), *PrimaryNeed.choices])

    def clean_upn(self) -> str | None:
        try:
            return normalise_upn(self.cleaned_data["upn"] or "") or None
        except RefusalError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_responsible_la(self) -> str:
        code = self.cleaned_data["responsible_la"]
        if not (code.isascii() and code.isdigit() and len(code) == 3):
            raise forms.ValidationError("Enter a code of three digits, like 881")
        return code

    def validate_unique(self) -> None:
        """The service says it, with a lock behind it."""


class PlacementForm(PortalForm):
    school = forms.ModelChoiceField(School.objects.all(), label="School", empty_label="Choose one")
    start = DateField(label="First day", example="1 9 2026", help_text="Like 1 9 2026")
    end = DateField(label="Last day", required=False, help_text="Leave empty while open")
    end_others = forms.BooleanField(
        label="End the placement before it on the day before", required=False, initial=True
    )


class PlanForm(PortalForm):
    plan_type = forms.ChoiceField(label="Plan", choices=PlanType, widget=forms.RadioSelect)
    start = DateField(label="First day", example="1 9 2026", help_text="Like 1 9 2026")
    end = DateField(label="Last day", required=False, help_text="Leave empty while open")


class EndForm(PortalForm):
    end = DateField(label="Last day", example="31 8 2026", help_text="Like 31 8 2026")
