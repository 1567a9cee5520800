"""Forms to find pupils and to maintain them, their placements and plans."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from banding_portal.asking import AsksIfSure
from banding_portal.files.kinds import BadValueError
from banding_portal.forms import DateField, PortalForm, PortalModelForm
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES
from schools.choices import PlanType, PrimaryNeed
from schools.forms.choosing import SchoolField, offer_schools
from schools.identifiers import normalise_upn
from schools.kinds import YEAR_GROUP
from schools.models import Placement, Plan, Pupil, School, User
from schools.oddities import Oddity, oddities_of_birth, oddities_of_year_group
from schools.register_rules import academic_year_name, academic_year_of
from schools.selectors.pupils import ALL, LEFT, UNPLACED
from schools.services.periods import oddities_about, plans_beside

ANY = ("", "All")


class PupilFilterForm(PortalForm):
    q = forms.CharField(label="Name, UPN or reference", required=False)
    school = SchoolField(label="School", required=False, empty_label="All")
    plan_type = forms.ChoiceField(label="Plan", choices=[ANY, *PlanType.choices], required=False)
    need = forms.ChoiceField(
        label="Primary need", choices=[ANY, *PrimaryNeed.choices], required=False
    )

    roll = forms.ChoiceField(
        label="On roll or left",
        choices=[("", "On roll"), (LEFT, "Left"), (ALL, "All")],
        required=False,
    )
    placed = forms.ChoiceField(
        label="Placement today",
        choices=[ANY, (UNPLACED, "A plan and no school")],
        required=False,
    )

    class Look:
        said = {"placed": "an answer", "roll": "on roll, left or all"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.roles & ALL_PUPIL_ROLES:
            del self.fields["placed"]
        schools = School.objects.visible_to(user)
        offer_schools(self, "school", schools)
        if not user.roles & ALL_PUPIL_ROLES and len(user.school_ids) < 2:
            del self.fields["school"]


class PupilForm(AsksIfSure, PortalModelForm):
    date_of_birth = DateField(
        label="Date of birth", help_text="Like 31 3 2018", example="31 3 2018"
    )
    upn = forms.CharField(label="UPN", required=False, max_length=40)
    year_group = forms.CharField(label="Recorded year group", required=False, max_length=20)

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
            "reference": "The authority’s reference",
            "responsible_la": "Responsible authority",
            "primary_need": "Primary need",
        }
        help_texts = {"responsible_la": "Its three-digit code, like 881"}

    class Look:
        width = {"upn": 20, "responsible_la": 3, "reference": 20, "year_group": 5}

    def name_fields(self) -> None:
        self.offer_choices("primary_need", [("", "Not recorded"), *PrimaryNeed.choices])
        year = academic_year_name(academic_year_of(timezone.localdate()))
        self.fields["year_group"].help_text = (
            f"Only where it differs from the one the date of birth gives. In {year}: R, N1, "
            "Year 4 or 4, up to 21."
        )

    def clean_upn(self) -> str | None:
        try:
            return normalise_upn(self.cleaned_data["upn"] or "") or None
        except RefusalError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_year_group(self) -> int | None:
        text = self.cleaned_data["year_group"].strip()
        try:
            return YEAR_GROUP.read(text) if text else None
        except BadValueError:
            raise forms.ValidationError(f"Enter {YEAR_GROUP.allowed}") from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        born, today = given.get("date_of_birth"), timezone.localdate()
        if born:
            self.tell(self.oddities(born, given.get("year_group"), today))
        return given

    def oddities(self, born: dt.date, group: int | None, today: dt.date) -> list[Oddity]:
        found = oddities_of_birth(born, today)
        return found or oddities_of_year_group(born, group, academic_year_of(today))

    def clean_responsible_la(self) -> str:
        code = self.cleaned_data["responsible_la"]
        if not (code.isascii() and code.isdigit() and len(code) == 3):
            raise forms.ValidationError("Enter the three digits of the authority’s code, like 881")
        return code

    def validate_unique(self) -> None:
        """The service says it, with a lock behind it."""


class DatedForm(AsksIfSure, PortalForm):
    """From a day to a day, of a pupil: `start`, `end` and, for a placement, `school`."""

    what: ClassVar[str]

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupil = pupil

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("start"):
            self.tell(self.oddities(given))
        return given

    def oddities(self, given: dict[str, Any]) -> list[Oddity]:
        period = given["start"], given.get("end")
        return oddities_about(self.pupil, *period, self.what, given.get("school"))


class PlacementForm(DatedForm):
    what = "placement"
    school = SchoolField(label="School")
    start = DateField(label="First day", example="1 9 2026", help_text="Like 1 9 2026")
    end = DateField(label="Last day", required=False, help_text="Leave empty while open")
    end_others = forms.BooleanField(
        label="End the placement before it on the day before", required=False, initial=True
    )


class PlanForm(DatedForm):
    what = "plan"
    plan_type = forms.ChoiceField(label="Plan", choices=PlanType, widget=forms.RadioSelect)
    start = DateField(label="First day", example="1 9 2026", help_text="Like 1 9 2026")
    end = DateField(label="Last day", required=False, help_text="Leave empty while open")
    end_others = forms.BooleanField(
        label="End the plan before it on the day before", required=False, initial=True
    )

    def oddities(self, given: dict[str, Any]) -> list[Oddity]:
        found = super().oddities(given)
        if given.get("end_others") or not given.get("plan_type"):
            return found
        beside = plans_beside(self.pupil, given["plan_type"], given["start"], given.get("end"))
        return [*found, *beside]


class EndForm(AsksIfSure, PortalForm):
    end = DateField(label="Last day", example="31 8 2026", help_text="Like 31 8 2026")

    def __init__(self, *args: Any, row: Placement | Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("end"):
            school = getattr(self.row, "school", None)
            what = "placement" if school else "plan"
            found = oddities_about(self.row.pupil, self.row.start, given["end"], what, school)
            self.tell(each for each in found if each.field == "end")
        return given
