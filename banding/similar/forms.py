"""What is compared."""

from django import forms

from banding_portal.forms import PortalForm
from schools.choices import PrimaryNeed, Sector

NEEDS = [("", "All needs"), *PrimaryNeed.choices]


class NeedForm(PortalForm):
    need = forms.ChoiceField(label="Primary need", choices=NEEDS, required=False)


class ApartForm(NeedForm):
    sector = forms.ChoiceField(
        label="Sector", choices=[("", "All"), *Sector.choices], required=False
    )
    apart = forms.ChoiceField(
        label="Schools",
        choices=[("", "All"), ("yes", "Only outliers")],
        required=False,
    )
