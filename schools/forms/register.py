"""Forms to find schools and to put them into quadrants."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from schools.choices import SchoolStatus, Sector
from schools.models import Quadrant, School, User
from schools.selectors.register import NO_QUADRANT

ANY = ("", "All")


class SchoolFilterForm(PortalForm):
    q = forms.CharField(label="Name, town, URN or DfE number", required=False)
    sector = forms.ChoiceField(label="Sector", choices=[ANY, *Sector.choices], required=False)
    quadrant = forms.ChoiceField(label="Quadrant", required=False)
    status = forms.ChoiceField(label="Status", choices=[ANY, *SchoolStatus.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quadrants = [(str(pk), name) for pk, name in Quadrant.objects.values_list("pk", "name")]
        self.fields["quadrant"].choices = [ANY, *quadrants, (NO_QUADRANT, "None yet")]

    def filters(self) -> dict[str, Any]:
        """The filters that make sense; a wrong one is left out."""
        return self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})


class SchoolQuadrantForm(PortalForm):
    """The quadrant of one school."""

    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(), label="Quadrant", empty_label="No quadrant", required=False
    )


class AssignForm(PortalForm):
    """Schools ticked in a list, and the quadrant they go to."""

    schools = forms.ModelMultipleChoiceField(
        School.objects.none(),
        label="Schools",
        error_messages={"required": "Tick the schools to put into the quadrant"},
    )
    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(),
        label="Put the ticked schools into",
        empty_label="No quadrant",
        required=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = School.objects.visible_to(user)


class QuadrantForm(PortalForm):
    name = forms.CharField(label="Name of the quadrant", max_length=50)

    class Look:
        width = {"name": 20}
