"""The annual uplift of band values; what it sets and does is told first (rules.md F2)."""

from decimal import Decimal
from typing import Any

from django import forms

from banding.models import Framework
from banding_portal.forms import DateField
from banding_portal.refusals import RefusalError
from banding_portal.words import counted
from funding.forms.asking_first import AsksFirst
from funding.forms.configuration import FrameworkChoice
from funding.services.effects import effects_of
from funding.services.uplifting import Uplift, mark_of, plan_uplift, set_all
from schools.choices import Sector

WISH = ("framework", "sectors", "percent", "step", "effective_from")
STEPS = [("0.01", "A penny"), ("1", "A pound"), ("5", "£5"), ("10", "£10")]


class UpliftForm(AsksFirst):
    framework = FrameworkChoice(
        Framework.objects.filter(bands__values__isnull=False)
        .distinct()
        .order_by("name", "version"),
        label="Framework",
        empty_label="Choose a framework",
    )
    sectors = forms.MultipleChoiceField(
        label="Sectors",
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one sector"},
    )
    percent = forms.DecimalField(
        label="Per cent",
        help_text="Like 2.5, or -2 to lower the values.",
        min_value=Decimal(-50),
        max_value=Decimal(100),
        max_digits=6,
        decimal_places=3,
        error_messages={"invalid": "Enter the uplift as a percentage, like 2.5"},
    )
    step = forms.TypedChoiceField(
        label="Round each value to",
        choices=STEPS,
        initial="1",
        coerce=Decimal,
        widget=forms.RadioSelect,
    )
    effective_from = DateField(
        label="In force from", said="the date the values come into force", example="1 4 2027"
    )

    class Look:
        width = {"percent": 5}
        suffix = {"percent": "%"}
        said = {
            "framework": "a framework",
            "sectors": "the sectors",
            "percent": "the percentage",
            "step": "the rounding",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        wish = {name: cleaned[name] for name in WISH}
        try:
            plan = plan_uplift(**wish)
        except RefusalError as refusal:
            refusal.add_to(self)
            return cleaned
        cleaned["seen"] = mark_of(plan)
        about = f"{cleaned['seen']} {wish['effective_from']}"
        self.ask(about, lambda: what_an_uplift_does(plan, wish["effective_from"]))
        return cleaned


def what_an_uplift_does(plan: list[Uplift], since: Any) -> list[str]:
    """The values it sets, and its effect on what is paid by period, as sentences."""
    values = "; ".join(str(each) for each in plan)
    effects = effects_of(lambda: set_all(plan, since), since=since)
    does = [str(effect) for effect in effects] or ["Nothing that is paid changes yet."]
    return [f"It sets {counted(len(plan), 'value')}. {values}.", *does]
