"""Forms to find schools and to put them into quadrants."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.words import counted
from schools.choices import SchoolStatus, Sector
from schools.models import Quadrant, School, User
from schools.selectors.register import MISSING, NO_QUADRANT

ANY = ("", "All")


class SchoolFilterForm(PortalForm):
    q = forms.CharField(label="Name, town, URN or DfE number", required=False)
    sector = forms.ChoiceField(label="Sector", choices=[ANY, *Sector.choices], required=False)
    quadrant = forms.ChoiceField(label="Quadrant", required=False)
    status = forms.ChoiceField(label="Status", choices=[ANY, *SchoolStatus.choices], required=False)
    postcode = forms.CharField(label="Postcode, like CM1, CO4", required=False)
    missing = forms.ChoiceField(
        label="Schools with pupils but without a", choices=[ANY, *MISSING.items()], required=False
    )

    class Look:
        said = {"missing": "what is missing"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quadrants = [(str(pk), name) for pk, name in Quadrant.objects.values_list("pk", "name")]
        self.offer_choices("quadrant", [ANY, *quadrants, (NO_QUADRANT, "None yet")])


class QuadrantField(forms.ChoiceField):
    """A quadrant or none; cleans to a Quadrant or None. Nothing chosen means none."""

    def clean(self, value: Any) -> Quadrant | None:
        chosen = super().clean(value or NO_QUADRANT)
        return None if chosen == NO_QUADRANT else Quadrant.objects.get(pk=chosen)


def quadrant_choices() -> list[tuple[str, str]]:
    rows = Quadrant.objects.values_list("pk", "name")
    return [(NO_QUADRANT, "No quadrant"), *((str(pk), name) for pk, name in rows)]


class SchoolQuadrantForm(PortalForm):
    """The quadrant of one school."""

    quadrant = QuadrantField(label="Quadrant", choices=quadrant_choices)


class AssignForm(PortalForm):
    """Schools ticked in a list, and the quadrant they go to."""

    schools = forms.ModelMultipleChoiceField(
        School.objects.none(),
        label="Schools",
        required=False,
    )
    everything = forms.BooleanField(required=False)
    quadrant = QuadrantField(label="Put the ticked schools into", choices=quadrant_choices)

    class Look:
        said = {"quadrant": "a quadrant"}

    def __init__(self, *args: Any, user: User, count: int, **kwargs: Any) -> None:
        # The list's filters have a quadrant of their own.
        super().__init__(*args, auto_id="assign_%s", **kwargs)
        self.offer("schools", School.objects.visible_to(user))
        label = f"Or all {counted(count, 'school')} that match the filters, on every page"
        self.fields["everything"].label = label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("schools") and not data.get("everything") and "schools" in data:
            self.add_error("schools", "Tick the schools to put into the quadrant")
        return data


class QuadrantForm(PortalForm):
    name = forms.CharField(label="Name of the quadrant", max_length=50)

    class Look:
        width = {"name": 20}
