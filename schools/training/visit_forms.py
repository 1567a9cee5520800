"""Recording a visit, and finding among visits."""

from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.forms import DateField, PortalForm
from banding_portal.telling import ToldToMany
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, SchoolVisit
from schools.training.rules import problems_of_days
from schools.training.visits import Visit

NAMES = ("visited_on", "spoke_to", "advice", "next_on")


class VisitForm(ToldToMany, PortalForm):
    """What was said at a school; which one is asked where it is recorded."""

    visited_on = DateField(label="Day of the visit", said="the day of the visit")
    spoke_to = forms.CharField(
        label="Who you spoke to",
        max_length=200,
        error_messages={"required": "Say who you spoke to"},
    )
    advice = forms.CharField(
        label="Advice given",
        help_text="The school reads this. Name no pupil.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    next_on = DateField(label="Day of the next visit", said="the day of the next visit",
                        required=False)  # fmt: skip

    class Look:
        said = {"spoke_to": "who you spoke to", "advice": "the advice given"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if visited := data.get("visited_on"):
            opened = getattr(data.get("school"), "opened_on", None)
            days = problems_of_days(visited, data.get("next_on"), timezone.localdate(), opened)
            for field, problem in days.items():
                self.add_error(field, problem)
        return data

    @property
    def visit(self) -> Visit:
        return Visit(**{name: self.cleaned_data[name] for name in NAMES})


class VisitCreateForm(VisitForm):
    school = SchoolField(label="School", empty_label="Choose one")
    field_order = ("school",)

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", schools)


def initial_of(visit: SchoolVisit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in NAMES}


def schools_to_visit(user: Any) -> Any:
    return School.objects.visible_to(user).filter(arrangement="")


class VisitFilterForm(PortalForm):
    q = forms.CharField(label="School or visitor", required=False)
