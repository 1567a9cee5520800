"""Calendars, band values and the policy that names the framework that pays."""

from decimal import Decimal
from typing import Any

from django import forms

from banding.models import Band, Framework
from banding_portal.forms import DateField, PortalForm
from banding_portal.pounds_field import PoundsField
from schools.choices import Sector

EFFECTIVE_EXAMPLE = "1 9 2026"


class BandChoice(forms.ModelChoiceField):
    """Bands in groups would need names twice; each says its framework."""

    def label_from_instance(self, band: Any) -> str:
        framework = band.framework
        return f"{framework.name}, version {framework.version}: {band.name}"


class BandValueForm(PortalForm):
    """A value from a date; an empty amount is “not known yet” and has to be said."""

    band = BandChoice(
        Band.objects.select_related("framework").order_by(
            "framework__name", "framework__version", "rank"
        ),
        label="Band",
        empty_label="Choose a band",
    )
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose a sector"), *Sector.choices])
    annual_value = PoundsField(
        label="Annual value",
        named="Annual value",
        help_text="The top-up for a whole year, like 2240.00. £6,000 is never taken off again.",
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(0),
    )
    not_known = forms.BooleanField(label="The value is not known yet", required=False)
    effective_from = DateField(
        label="In force from", said="the date it comes into force", example=EFFECTIVE_EXAMPLE
    )

    class Look:
        width = {"annual_value": 10}
        prefix = {"annual_value": "£"}
        said = {"annual_value": "the annual value", "band": "a band", "sector": "a sector"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "annual_value" in cleaned and "annual_value" not in self.errors:
            amount, unknown = cleaned["annual_value"], cleaned.get("not_known")
            if amount is None and not unknown:
                message = "Enter the annual value, or tick that it is not known yet"
                self.add_error("annual_value", message)
            elif amount is not None and unknown:
                message = "Enter the annual value or tick that it is not known yet, not both"
                self.add_error("annual_value", message)
        return cleaned


class FrameworkChoice(forms.ModelChoiceField):
    def label_from_instance(self, framework: Any) -> str:
        return f"{framework.name}, version {framework.version}"


class PolicyForm(PortalForm):
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose a sector"), *Sector.choices])
    framework = FrameworkChoice(
        Framework.objects.order_by("name", "version"),
        label="Framework that pays",
        empty_label="Choose a framework",
    )
    effective_from = DateField(
        label="From", said="the date it applies from", example=EFFECTIVE_EXAMPLE
    )

    class Look:
        said = {"framework": "the framework that pays", "sector": "a sector"}
