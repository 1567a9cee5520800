"""What a single school is paid otherwise; what it does to what is paid is told first (F24)."""

from decimal import Decimal
from typing import Any

from django import forms

from banding.models import Band
from banding_portal.forms import DateField, PortalForm
from banding_portal.pounds_field import PoundsField
from banding_portal.refusals import RefusalError
from funding.choices import SchoolAmountKind
from funding.forms.asking_first import AsksFirst
from funding.forms.configuration import EFFECTIVE_EXAMPLE, BandChoice, far_away
from funding.models import SchoolAmount
from funding.services.effects import effects_of
from funding.services.school_amounts import save_end, save_school_amount
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School

FIELDS = ("school", "kind", "band", "name", "annual", "starts_on", "ends_on", "reason")


class SchoolAmountFilterForm(PortalForm):
    """By school and kind."""

    search = forms.CharField(label="School", required=False, help_text="Part of the name, or URN.")
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *SchoolAmountKind.choices], required=False
    )


class SchoolAmountForm(AsksFirst):
    """A rate of a band, a lump sum or a minimum."""

    school = SchoolField(label="School")
    kind = forms.ChoiceField(
        label="What it is", choices=SchoolAmountKind.choices, widget=forms.RadioSelect
    )
    band = BandChoice(
        Band.objects.select_related("framework").order_by(
            "framework__name", "framework__version", "rank"
        ),
        label="Band",
        required=False,
        empty_label="No band",
        help_text="For a rate: the school is paid this for pupils on the band, instead of the "
        "value of its sector.",
    )
    name = forms.CharField(
        label="What the lump sum is for",
        required=False,
        max_length=80,
        help_text="For a lump sum only, like “Hydrotherapy pool”. The school reads it.",
    )
    annual = PoundsField(
        label="Pounds a year",
        named="The amount",
        help_text="A minimum is what the school is paid for its pupils at least, all together.",
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(0),
    )
    starts_on = DateField(label="From", said="the first day", example=EFFECTIVE_EXAMPLE)
    ends_on = DateField(
        label="Until",
        said="the last day",
        example="31 8 2027",
        required=False,
        help_text="Leave empty if it is not known yet.",
    )
    reason = forms.CharField(
        label="Why the school is paid this",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept for finance and audit. Do not write names.",
    )

    class Look:
        width = {"annual": 10}
        prefix = {"annual": "£"}
        said = {
            "annual": "the amount a year",
            "kind": "what it is",
            "school": "a school",
            "reason": "why the school is paid this",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", School.objects.filter(arrangement="").order_by("name", "urn"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = {name: cleaned.get(name) for name in FIELDS}
        about = " ".join(str(getattr(each, "pk", each)) for each in wanted.values())
        self.ask(about, lambda: self.effects(wanted))
        return cleaned

    def effects(self, wanted: dict[str, Any]) -> list[str]:
        """By period, as sentences; what cannot be is an error at its field."""
        try:
            found = effects_of(lambda: save_school_amount(**wanted), since=wanted["starts_on"])
        except RefusalError as refusal:
            self.add_error(refusal.field or None, list(map(str, refusal.problems)))
            return []
        days = [wanted["starts_on"], wanted["ends_on"]]
        odd = [said for day in days if day for said in far_away(day)]
        return odd + [str(effect) for effect in found]


class SchoolAmountEndForm(AsksFirst):
    """The last day of a rate, lump sum or minimum."""

    ends_on = DateField(label="Last day", said="the last day", example="31 8 2027")

    def __init__(self, *args: Any, amount: SchoolAmount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount = amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask(str(cleaned.get("ends_on")), lambda: self.effects(cleaned["ends_on"]))
        return cleaned

    def effects(self, ends_on: Any) -> list[str]:
        since = min(filter(None, (ends_on, self.amount.ends_on)))
        try:
            found = effects_of(lambda: save_end(self.amount, ends_on), since=since)
        except RefusalError as refusal:
            self.add_error(refusal.field or None, list(map(str, refusal.problems)))
            return []
        return [str(effect) for effect in found]
