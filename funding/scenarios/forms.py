"""A scenario on screen: what it is about, then its values, protection, growth and budget."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
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
from funding.scenarios.row_fields import Box, Rows, RowsForm, chosen, decimal, whole
from funding.scenarios.terms import Scenario, read_scenario
from schools.choices import PrimaryNeed, Sector
from schools.register_rules import year_group_name

LISTED = re.compile(r"growth\.(?P<list>monthly|phase_ends)\[(?P<place>\d+)\](\.(?P<key>\w+))?")


ON_SCREEN = {
    "budget": "Enter the budget in pounds, more than £0 and at most £99,999,999,999.99",
    "weights": "Enter how much of a fall is felt in each year, each more than the one before or as "
    "much, like 25, 50, 75",
}
"""What a box that is refused by the rules of a scenario's file says on screen."""
SECTOR_FIRST = "Choose the sector of these pupils"


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
        help_text="A year is offered once it has a payment calendar.",
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


YEAR_GROUPS = [(number, year_group_name(number)) for number in range(-1, 21)]
PHASE_ENDS = Rows("phase_ends", "phase end", (
    Box("after_year", "After", chosen(YEAR_GROUPS, "No year group")),
    Box("percent", "Plans that cease, in per cent", decimal("The plans that cease", "12.5")),
))  # fmt: skip


def monthly_rows(bands: Sequence[tuple[str, str]], phases: Sequence[tuple[str, str]]) -> Rows:
    """Of one sector; of any band, need and phase where none is said."""
    return Rows("monthly", "kind", (
        Box("sector", "Sector", chosen(Sector.choices, "No sector")),
        Box("need", "Primary need", chosen(PrimaryNeed.choices, "Any need")),
        Box("phase", "Phase", chosen(phases, "Any phase")),
        Box("band", "Band", chosen(bands, "Any band")),
        Box("joiners", "Join a month", whole("The pupils who join")),
        Box("leavers", "Leave a month", whole("The pupils who leave")),
    ))  # fmt: skip


class ScenarioForm(RowsForm):
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
        self,
        *args: Any,
        cells: Sequence[tuple[Any, str]],
        base: Mapping[str, Any],
        phases: Sequence[str] = (),
        paid: Mapping[tuple[Any, str], Decimal] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cells, self.base, self.paid = cells, base, paid
        self.terms: Scenario | None = None
        for band, sector in cells:
            self.fields[field_of(band, sector)] = PoundsField(
                named="The value", required=False, max_digits=10, decimal_places=2,
                min_value=Decimal(0), label=f"{band.name}, {Sector(sector).label}",
            )  # fmt: skip
            self.fields[field_of(band, sector)].widget.attrs["class"] = (
                "govuk-input govuk-input--width-10"
            )
        for sector in dict.fromkeys(sector for _, sector in cells):
            self.add_field(live_of(sector), go_live_field(sector))
        growth = self.base.get("growth") or {}
        codes = dict.fromkeys((band.code, band.name) for band, _ in cells)
        rows = monthly_rows(list(codes), [(phase, phase) for phase in phases])
        self.add_rows(rows, growth.get("monthly") or [])
        self.add_rows(PHASE_ENDS, growth.get("phase_ends") or [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, sentence in left_empty(cleaned):
            self.add_error(name, sentence)
        if not self.errors:
            self.terms, issues = read_scenario(self.as_file(cleaned))
            for issue in issues:
                box = self.field_for(issue.heading)
                words = ON_SCREEN.get(box or "", issue.message)
                self.add_error(box, SECTOR_FIRST if is_sector(box) else words)
        return cleaned

    def field_for(self, heading: str) -> str | None:
        """The box that a part of a scenario’s file was filled in from."""
        if found := LISTED.fullmatch(heading):
            return self.box_for(found["list"], int(found["place"]), found["key"] or "")
        key = heading.split(".")[0].split("[")[0]
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
            if self.is_own(band, sector, cleaned.get(field_of(band, sector)))
        ]
        growth = {
            "percent": cleaned["growth"],
            "monthly": self.list_of("monthly"),
            "phase_ends": [
                {**each, "after_year": int(each["after_year"])} if "after_year" in each else each
                for each in self.list_of("phase_ends")
            ],
        }
        begins = {
            sector: cleaned[live_of(sector)].isoformat()
            for sector in dict.fromkeys(sector for _, sector in self.cells)
            if cleaned.get(live_of(sector))
        }
        return {
            **self.base,
            "name": cleaned["name"],
            "decisions": cleaned["decisions"],
            "unbanded": cleaned["unbanded"],
            "values": listed if where == ValuesFrom.TABLE else "current",
            "go_live": begins if where == ValuesFrom.TABLE else {},
            "uplift": (cleaned["uplift"] or Decimal(0)) if where == ValuesFrom.UPLIFT else None,
            "protection": self.protection_of(cleaned),
            "growth": growth if any(each not in (None, []) for each in growth.values()) else None,
            "budget": cleaned["budget"],
        }

    def is_own(self, band: Any, sector: str, value: Decimal | None) -> bool:
        """Whether a box says something of the scenario's own: what stood there from the start, and
        is what is paid today, says nothing, and changes that are set for later stay.
        """
        values = self.base.get("values")
        own = values if isinstance(values, list) else []
        listed = [(each["band"], each["sector"]) for each in own]
        was_own = (band.code, sector) in listed or (band.name, sector) in listed
        return value is not None and (was_own or value != self.paid.get((band.pk, sector)))

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

    def go_live(self) -> list[forms.BoundField]:
        """From which day the values of the table count, by sector."""
        return [self[name] for name in self.fields if name.startswith("go_live_")]

    def is_going_live(self) -> bool:
        """Whether a day is filled in: what is sent comes as three parts, what is kept as a day."""
        values = (box.value() for box in self.go_live())
        return any(any(each) if isinstance(each, list | tuple) else each for each in values)

    def monthly(self) -> dict[str, Any]:
        return self.table_of("monthly")

    def phase_ends(self) -> dict[str, Any]:
        return self.table_of("phase_ends")

    def cell(self, band: Any, sector: str) -> dict[str, Any]:
        return {"sector": Sector(sector).label, "box": self[field_of(band, sector)]}


def left_empty(cleaned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Boxes that what was chosen needs; nothing is supposed in their place."""
    if cleaned.get("values_from") == ValuesFrom.UPLIFT and cleaned.get("uplift") is None:
        yield "uplift", "Enter the uplift as a percentage, like 2.5"
    if cleaned.get("protection") == Protecting.FLOOR:
        if cleaned.get("floor") is None:
            yield "floor", "Enter the floor as a percentage, like 98.5"
        if cleaned.get("years") is None:
            yield "years", "Enter how many years it lasts, like 2"
    if cleaned.get("protection") == Protecting.PHASED and not cleaned.get("weights"):
        yield "weights", ON_SCREEN["weights"]


def is_sector(box: str | None) -> bool:
    return bool(box and box.startswith("monthly_") and box.endswith("_sector"))


def numbers_in(text: str) -> list[Any]:
    """Percentages between commas; what is none stays as it is and is refused with its sentence."""
    parts = [part.strip().removesuffix("%") for part in text.split(",") if part.strip()]
    return [Decimal(part) if part.replace(".", "", 1).isdigit() else part for part in parts]


def field_of(band: Any, sector: str) -> str:
    return f"value_{band.pk}_{sector}"


def live_of(sector: str) -> str:
    return f"go_live_{sector}"


def go_live_field(sector: str) -> DateField:
    label = Sector(sector).label
    return DateField(
        label=label, said=f"the day {label} goes live", example="1 4 2027", required=False
    )


class AdoptForm(AsksFirst):
    """From when its values are real; what that does to what is paid is told first."""

    day = DateField(
        label="From which day do these values count?",
        said="the date from which these values count",
        example="1 9 2026",
    )

    def __init__(self, *args: Any, effects: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.effects, self.mark = effects, mark

    def clean(self) -> dict[str, Any]:
        """The tick holds for the day and for the values as they were when it was asked for."""
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        self.ask(f"{day} {self.mark}", lambda: self.effects(day))
        return cleaned
