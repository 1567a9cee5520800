"""A rule of protection; what it does to what is paid is told first (rules.md F10)."""

from decimal import Decimal
from typing import Any

from django import forms

from banding_portal.forms import DateField
from banding_portal.refusals import RefusalError
from banding_portal.words import day
from funding.choices import ProtectionKind
from funding.forms.asking_first import AsksFirst
from funding.models import ProtectionRule
from funding.services.effects import effects_of
from funding.services.protecting import save_protection
from schools.choices import Sector

HUNDRED = Decimal(100)
DAYS = ("changed_on", "starts_on", "ends_on")


class ProtectionForm(AsksFirst):
    """For one sector and stretch of days; phasing in over three years takes three of them."""

    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose a sector"), *Sector.choices])
    kind = forms.ChoiceField(
        label="How it protects", choices=ProtectionKind.choices, widget=forms.RadioSelect
    )
    share = forms.DecimalField(
        label="Share in per cent",
        help_text="Of the amount before that is kept, like 97.5, or of the change that is paid, "
        "like 33.33.",
        min_value=Decimal(0),
        max_value=HUNDRED,
        max_digits=5,
        decimal_places=2,
    )
    changed_on = DateField(
        label="Day of the change",
        said="the day of the change",
        example="1 4 2027",
        help_text="The first day of the new amounts. The day before says what a pupil was paid.",
    )
    starts_on = DateField(label="Protects from", said="the first day", example="1 4 2027")
    ends_on = DateField(label="Protects until", said="the last day", example="31 3 2028")

    class Look:
        width = {"share": 5}
        suffix = {"share": "%"}
        said = {"sector": "a sector", "kind": "a kind of protection", "share": "the share"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(cleaned.get("share"), Decimal):
            cleaned["share"] = cleaned["share"] / HUNDRED
        wanted = {name: cleaned.get(name) for name in ("sector", "kind", *DAYS, "share")}
        self.ask(" ".join(map(str, wanted.values())), lambda: self.effects(wanted))
        return cleaned

    def effects(self, wanted: dict[str, Any]) -> list[str]:
        """The rule that gives way, and what is paid by period, as sentences; what cannot be is an
        error at its field.
        """
        there = ProtectionRule.objects.filter(
            sector=wanted["sector"], starts_on=wanted["starts_on"]
        )
        replaced = [
            f"The rule of {rule.percent}% from {day(rule.starts_on)} to {day(rule.ends_on)} is "
            "replaced."
            for rule in there
        ]
        try:
            found = effects_of(lambda: save_protection(**wanted), since=wanted["starts_on"])
        except RefusalError as refusal:
            self.add_error(refusal.field or None, list(map(str, refusal.problems)))
            return []
        return replaced + [str(effect) for effect in found]
