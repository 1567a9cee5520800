"""A scenario on screen: what it is about, then its values, protection, growth and budget."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from banding.models import Framework
from banding_portal.forms import DateField, PortalForm
from banding_portal.pounds_field import PoundsField
from funding.choices import (
    CountedDecisions,
    NotBanded,
    ProtectedBy,
    Protecting,
    ValuesFrom,
)
from funding.forms.asking_first import AsksFirst
from funding.models import PaymentCalendar
from funding.scenarios.terms import Scenario, read_scenario
from funding.scenarios.wishes import Wish, read_wish
from schools.choices import Sector


class FrameworkChoice(forms.ModelChoiceField):
    def label_from_instance(self, framework: Any) -> str:
        return f"{framework.name}, version {framework.version}"


class ScenarioStartForm(PortalForm):
    """What it is about; its values are set on the next page."""

    name = forms.CharField(
        label="Name of the scenario",
        max_length=80,
        error_messages={"required": "Enter a name for the scenario"},
    )
    year = forms.ModelChoiceField(
        PaymentCalendar.objects.order_by("-year"),
        label="Year it is about",
        empty_label=None,
        error_messages={"required": "Choose the year it is about"},
    )
    framework = FrameworkChoice(
        Framework.objects.order_by("name", "version"),
        label="Framework whose bands are valued",
        empty_label=None,
        error_messages={"required": "Choose a framework"},
    )

    class Look:
        said = {"year": "the year", "framework": "a framework"}


class ScenarioForm(PortalForm):
    """All it supposes. `cells` are the bands and sectors of its table, with today's values."""

    name = forms.CharField(
        label="Name of the scenario",
        max_length=80,
        error_messages={"required": "Enter a name for the scenario"},
    )
    note = forms.CharField(
        label="Note",
        help_text="What it is to show. Do not write names of pupils.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decisions = forms.ChoiceField(
        label="Bands that count",
        choices=CountedDecisions.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which bands count"},
    )
    unbanded = forms.ChoiceField(
        label="Pupils with a plan who are not banded yet",
        choices=NotBanded.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is done with pupils who are not banded yet"},
    )
    values_from = forms.ChoiceField(
        label="Values",
        choices=ValuesFrom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the values come from"},
    )
    uplift = forms.DecimalField(
        label="Uplift",
        help_text="A percentage like 2.5, below nought for a cut.",
        required=False,
        error_messages={"invalid": "Enter the uplift as a percentage, like 2.5"},
    )
    protection = forms.ChoiceField(
        label="Protection",
        choices=Protecting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind of protection"},
    )
    per = forms.ChoiceField(
        label="Whose floor it is",
        choices=ProtectedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether pupils or schools have a floor"},
    )
    floor = forms.DecimalField(
        label="Floor",
        help_text="How much of what is paid today is kept, like 98.5.",
        required=False,
        error_messages={"invalid": "Enter the floor as a percentage, like 98.5"},
    )
    years = forms.IntegerField(
        label="Years it lasts",
        help_text="From 1 to 10.",
        required=False,
        error_messages={"invalid": "Enter the years as a whole number, like 2"},
    )
    phased_per = forms.ChoiceField(
        label="Whose fall is phased in",
        choices=ProtectedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is phased in for pupils or schools"},
    )
    weights = forms.CharField(
        label="How much of a fall is felt each year",
        help_text="Percentages with commas, like 25, 50, 75.",
        required=False,
        max_length=80,
    )
    growth = forms.DecimalField(
        label="More or fewer pupils over the year",
        help_text="A percentage like 3, or −2 for fewer pupils. It builds up month by month.",
        required=False,
        error_messages={"invalid": "Enter the growth as a percentage, like 3"},
    )
    budget = PoundsField(
        label="Budget for the year", named="The budget", required=False, max_digits=13,
        decimal_places=2,
    )  # fmt: skip

    class Look:
        width = {"uplift": 5, "floor": 5, "years": 2, "weights": 10, "growth": 5, "budget": 10}
        suffix = {"uplift": "%", "floor": "%", "growth": "%"}
        prefix = {"budget": "£"}
        reveals = {
            "values_from": {
                ValuesFrom.UPLIFT: "values-uplift", ValuesFrom.TABLE: "values-table",
            },
            "protection": {
                Protecting.FLOOR: "protection-floor", Protecting.PHASED: "protection-phased",
            },
        }  # fmt: skip
        unmarked = ("uplift", "floor", "years", "weights")

    def __init__(
        self, *args: Any, cells: Sequence[tuple[Any, str]], base: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cells, self.base = cells, base
        self.terms: Scenario | None = None
        for band, sector in cells:
            self.fields[field_of(band, sector)] = PoundsField(
                named="The value", required=False, max_digits=10, decimal_places=2,
                min_value=Decimal(0), label=f"{band.name}, {Sector(sector).label}",
            )  # fmt: skip
            self.fields[field_of(band, sector)].widget.attrs["class"] = (
                "govuk-input govuk-input--width-10"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.terms, issues = read_scenario(self.as_file(cleaned))
            for issue in issues:
                field = issue.heading.split(".")[0].split("[")[0]
                self.add_error(self.field_for(field), issue.message)
        return cleaned

    def field_for(self, key: str) -> str | None:
        if key == "protection":
            return "weights" if self.cleaned_data["protection"] == Protecting.PHASED else "floor"
        if key == "values" or not key:
            return "values_from"
        return key if key in self.fields else None

    def as_file(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """What is filled in, as a scenario's file has it; what is not asked for stays as it was."""
        where = cleaned["values_from"]
        listed = [
            {"band": band.code, "sector": sector, "annual_value": cleaned[field_of(band, sector)]}
            for band, sector in self.cells
            if cleaned.get(field_of(band, sector)) is not None
        ]
        growth = dict(self.base.get("growth") or {}) | {"percent": cleaned["growth"]}
        monthly = growth.get("monthly")
        return {
            **self.base,
            "name": cleaned["name"],
            "decisions": cleaned["decisions"],
            "unbanded": cleaned["unbanded"],
            "values": listed if where == ValuesFrom.TABLE else "current",
            "go_live": self.base.get("go_live", {}) if where == ValuesFrom.TABLE else {},
            "uplift": (cleaned["uplift"] or Decimal(0)) if where == ValuesFrom.UPLIFT else None,
            "protection": self.protection_of(cleaned),
            "growth": growth if growth["percent"] is not None or monthly else None,
            "budget": cleaned["budget"],
        }

    def protection_of(self, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
        kind = cleaned["protection"]
        if kind == Protecting.NONE:
            return None
        if kind == Protecting.FLOOR:
            floor = cleaned["floor"] if cleaned["floor"] is not None else Decimal(0)
            return {"per": cleaned["per"], "floor": floor, "years": cleaned["years"] or 1}
        return {"per": cleaned["phased_per"], "weights": numbers_in(cleaned["weights"])}

    def rows(self) -> list[tuple[Any, list[dict[str, Any]]]]:
        """The table: each band with the box of each sector."""
        bands = {band.pk: band for band, _ in self.cells}
        return [
            (band, [self.cell(each, sector) for each, sector in self.cells if each.pk == pk])
            for pk, band in bands.items()
        ]

    def cell(self, band: Any, sector: str) -> dict[str, Any]:
        return {"sector": Sector(sector).label, "box": self[field_of(band, sector)]}


def numbers_in(text: str) -> list[Any]:
    """Percentages between commas; what is none stays as it is and is refused with its sentence."""
    parts = [part.strip().removesuffix("%") for part in text.split(",") if part.strip()]
    return [Decimal(part) if part.replace(".", "", 1).isdigit() else part for part in parts]


def field_of(band: Any, sector: str) -> str:
    return f"value_{band.pk}_{sector}"


class FindForm(PortalForm):
    """The budget and the rules that values are to keep."""

    name = forms.CharField(
        label="Name of the scenario that is made of them",
        max_length=80,
        error_messages={"required": "Enter a name for the scenario"},
    )
    budget = PoundsField(
        label="Budget for the year", named="The budget", max_digits=13, decimal_places=2,
        help_text="Everything paid in the year comes out of it.",
    )  # fmt: skip
    keep_order = forms.BooleanField(
        label="No band is worth less than the one before it", required=False, initial=True
    )
    minimum_step = PoundsField(
        label="Smallest step between neighbouring bands", named="The step", required=False,
        max_digits=10, decimal_places=2,
    )  # fmt: skip
    maximum_step = PoundsField(
        label="Largest step between neighbouring bands", named="The step", required=False,
        max_digits=10, decimal_places=2,
    )  # fmt: skip
    largest_change = forms.DecimalField(
        label="Most that a value may move from today’s",
        required=False,
        error_messages={"invalid": "Enter a percentage, like 10"},
    )
    school_floor = forms.DecimalField(
        label="Least that any school keeps of what it is paid today",
        required=False,
        error_messages={"invalid": "Enter a percentage, like 98"},
    )

    class Look:
        width = {
            "budget": 10,
            "minimum_step": 5,
            "maximum_step": 5,
            "largest_change": 5,
            "school_floor": 5,
        }
        prefix = {"budget": "£", "minimum_step": "£", "maximum_step": "£"}
        suffix = {"largest_change": "%", "school_floor": "%"}

    def __init__(self, *args: Any, base: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        self.wish: Wish | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            kept = {key: self.base[key] for key in ("year", "framework", "decisions")}
            self.wish, issues = read_wish({**kept, **cleaned})
            for issue in issues:
                field = issue.heading if issue.heading in self.fields else None
                self.add_error(field, issue.message)
        return cleaned


class RangeForm(PortalForm):
    """What is drawn at random: growth between two ends, what moderation found; from which seed."""

    least = forms.DecimalField(
        label="Least growth over a year",
        help_text="19 times of 20 it lies between the least and the most. "
        "Below nought for fewer pupils.",
        min_value=Decimal(-100),
        max_value=Decimal(1000),
        error_messages={
            "required": "Enter the least growth, like 1",
            "invalid": "Enter the least growth as a percentage, like 1",
            "min_value": "The least growth is −100%%: nobody can lose more than every pupil",
            "max_value": "The growth must be 1,000%% or less",
        },
    )
    most = forms.DecimalField(
        label="Most growth over a year",
        min_value=Decimal(-100),
        max_value=Decimal(1000),
        error_messages={
            "required": "Enter the most growth, like 5",
            "invalid": "Enter the most growth as a percentage, like 5",
            "min_value": "The least growth is −100%%: nobody can lose more than every pupil",
            "max_value": "The growth must be 1,000%% or less",
        },
    )
    moderation = forms.BooleanField(label="Count what moderation found", required=False)
    seed = forms.IntegerField(
        label="Number for the draw",
        help_text="The same number gives the same range again.",
        min_value=0,
        max_value=999_999,
        error_messages={
            "required": "Enter a number for the draw, like 1",
            "invalid": "Enter a whole number for the draw, like 1",
            "min_value": "The number for the draw must be 0 or more",
            "max_value": "The number for the draw must be 999999 or less",
        },
    )

    class Look:
        width = {"least": 5, "most": 5, "seed": 5}
        suffix = {"least": "%", "most": "%"}

    @staticmethod
    def usual(terms: Mapping[str, Any]) -> dict[str, Any]:
        """A per cent to both sides of what the scenario supposes."""
        middle = Decimal(str((terms.get("growth") or {}).get("percent") or 0))
        least = max(middle - 1, Decimal(-100))
        return {"least": least, "most": middle + 1, "moderation": True, "seed": 1}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", "The most growth must not be below the least")
        return cleaned


class AdoptForm(AsksFirst):
    """From when its values are real; what that does to what is paid is told first."""

    day = DateField(
        label="From which day do these values count?",
        said="the date from which these values count",
        example="1 9 2026",
    )

    def __init__(self, *args: Any, effects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.effects = effects

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        self.ask(str(day), lambda: self.effects(day))
        return cleaned
