"""Asking whom something is for."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.roles import Role
from schools.choices import Sector
from schools.models import Quadrant


class AudienceForm(PortalForm):
    """The three questions; a form adds its own before them."""

    roles = forms.MultipleChoiceField(
        label="Which roles is it for?",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role"},
    )
    sectors = forms.MultipleChoiceField(
        label="Only schools of these sectors",
        help_text="Tick none for all. The authority’s own people are not narrowed by it.",
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quadrants = forms.MultipleChoiceField(
        label="Only these quadrants",
        help_text="Tick none for all.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Look:
        small = ("roles", "sectors", "quadrants")
        columns = ("roles", "sectors", "quadrants")
        unmarked: tuple[str, ...] = ("sectors", "quadrants")
        said = {"roles": "a role", "sectors": "a sector", "quadrants": "a quadrant"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quadrants = list(Quadrant.objects.values_list("code", "name"))
        self.offer_choices("quadrants", quadrants)
        if not quadrants:
            del self.fields["quadrants"]

    @property
    def audience(self) -> dict[str, Any]:
        """The arguments of a service that keeps it."""
        data = self.cleaned_data
        return {name: data.get(name, []) for name in ("roles", "sectors", "quadrants")}
