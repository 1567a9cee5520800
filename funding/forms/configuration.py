"""Calendars, band values and the policy that names the framework that pays."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from banding.models import Band, Framework
from banding_portal.forms import DateField
from banding_portal.pounds_field import PoundsField
from banding_portal.words import money
from funding.calculation.outliers import oddity_of_day
from funding.forms.asking_first import AsksFirst
from funding.models import BandValue, FundingPolicy
from funding.selectors.odd_values import oddity_of_value
from funding.services.effects import effects_of
from funding.services.values import stored_value
from schools.choices import Sector

EFFECTIVE_EXAMPLE = "1 9 2026"
VALUE = ("band", "sector", "annual_value", "effective_from")


class BandChoice(forms.ModelChoiceField):
    """Bands in groups would need names twice; each says its framework."""

    def label_from_instance(self, band: Any) -> str:
        framework = band.framework
        return f"{framework.name}, version {framework.version}: {band.name}"


class BandValueForm(AsksFirst):
    """A value from a date; an empty amount is “not known yet” and has to be said. What it does to
    what is paid, and what looks like a slip, is told first.
    """

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
        named="The annual value",
        help_text="Pounds for a whole year, like 2240.00. £6,000 is never taken off again.",
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
        wanted: dict[str, Any] = {name: cleaned.get(name) for name in VALUE}
        if not self.errors:
            key: dict[str, Any] = {name: wanted[name] for name in VALUE if name != "annual_value"}
            cleaned["instead_of"] = stored_value(**key)
        seen = [*wanted.values(), cleaned.get("instead_of")]
        about = " ".join(str(getattr(each, "pk", each)) for each in seen)
        self.ask(about, lambda: what_a_value_does(**wanted))
        return cleaned


def what_a_value_does(
    band: Band, sector: str, annual_value: Decimal | None, effective_from: dt.date
) -> list[str]:
    """What is odd about it, and its effect by period, as sentences."""
    odd = oddity_of_value(band=band, sector=sector, annual=annual_value, day=effective_from)
    first = [f"{money(annual_value)} is {odd}."] if odd else []
    first += far_away(effective_from)
    key: dict[str, Any] = {"band": band, "sector": sector, "effective_from": effective_from}

    def change() -> None:
        BandValue.objects.update_or_create(**key, defaults={"annual_value": annual_value})

    return first + [str(effect) for effect in effects_of(change, since=effective_from)]


def far_away(day: dt.date) -> list[str]:
    """A sentence where a day looks like a slip."""
    return list(filter(None, [oddity_of_day(day, timezone.localdate())]))


class FrameworkChoice(forms.ModelChoiceField):
    def label_from_instance(self, framework: Any) -> str:
        return f"{framework.name}, version {framework.version}"


class PolicyForm(AsksFirst):
    """Which framework pays from a day; what that does to what is paid is told first."""

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day: dt.date | None = cleaned.get("effective_from")
        framework: Any = cleaned.get("framework")
        key: dict[str, Any] = {"sector": cleaned.get("sector"), "effective_from": day}

        def change() -> None:
            FundingPolicy.objects.update_or_create(**key, defaults={"framework": framework})

        def find() -> list[str]:
            if day is None:
                return []
            return far_away(day) + [str(effect) for effect in effects_of(change, since=day)]

        self.ask(f"{getattr(framework, 'pk', '')} {key['sector']} {day}", find)
        return cleaned
