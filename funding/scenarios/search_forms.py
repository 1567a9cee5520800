"""What a search for values asks, and what a range is drawn from."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.pounds_field import PoundsField
from funding.scenarios.row_fields import Box, Made, Rows, RowsForm, chosen, decimal, name_of
from funding.scenarios.wishes import Wish, read_wish
from schools.choices import Sector

LISTED = re.compile(r"(?P<list>fixed|limits|ratios|shares)\[(?P<place>\d+)\](\.(?P<key>\w+))?")


def pounds(named: str) -> Made:
    return lambda label: PoundsField(
        label=label, named=named, required=False, max_digits=10, decimal_places=2
    )


def band_rows(bands: Sequence[tuple[str, str]]) -> tuple[Rows, Rows]:
    band = Box("band", "Band", chosen(bands, "No band"))
    sector = Box("sector", "Sector", chosen(Sector.choices, "No sector"))
    fixed = Rows("fixed", "fixed value", (
        band, sector, Box("annual_value", "Fixed at, in pounds", pounds("The fixed value")),
    ), blank=12)  # fmt: skip
    limits = Rows("limits", "limit", (
        band, sector, Box("least", "At least, in pounds", pounds("The least")),
        Box("most", "At most, in pounds", pounds("The most")),
    ), blank=12)  # fmt: skip
    return fixed, limits


RATIOS = Rows("ratios", "ratio", (
    Box("sector", "A band in", chosen(Sector.choices, "No sector")),
    Box("to_sector", "Against the band in", chosen(Sector.choices, "No sector")),
    Box("least", "At least so many times", decimal("The ratio", "1.2")),
    Box("most", "At most so many times", decimal("The ratio", "1.5")),
), blank=6)  # fmt: skip
SHARES = Rows("shares", "share", (
    Box("sector", "Sector", chosen(Sector.choices, "No sector")),
    Box("least", "At least, in per cent", decimal("The share", "20")),
    Box("most", "At most, in per cent", decimal("The share", "40")),
), blank=len(Sector))  # fmt: skip
NEEDED = {"band": "Choose a band", "sector": "Choose a sector", "to_sector": "Choose a sector",
          "annual_value": "Enter the fixed value"}  # fmt: skip


class FindForm(RowsForm):
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
    spend_at_least = PoundsField(
        label="Spend at least", named="What is spent at least", required=False, max_digits=13,
        decimal_places=2,
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label="Sectors whose values are looked for",
        choices=Sector.choices,
        help_text="All with pupils on these bands, if none is ticked. The others keep today’s "
        "values, which are paid out of the budget first.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
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

    round_to = PoundsField(
        label="Values are multiples of", named="What values are multiples of", required=False,
        max_digits=10, decimal_places=2, help_text="£5, if left empty.",
    )  # fmt: skip

    class Look:
        width = {
            "round_to": 5,
            "budget": 10,
            "spend_at_least": 10,
            "minimum_step": 5,
            "maximum_step": 5,
            "largest_change": 5,
            "school_floor": 5,
        }
        prefix = dict.fromkeys(
            ("budget", "spend_at_least", "minimum_step", "maximum_step", "round_to"), "£"
        )
        suffix = {"largest_change": "%", "school_floor": "%"}

    def __init__(
        self,
        *args: Any,
        base: Mapping[str, Any],
        bands: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        for rows in (*band_rows(bands), RATIOS, SHARES):
            self.add_rows(rows, [])
        self.wish: Wish | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.lists:
            self.check_rows(name)
        if not self.errors:
            kept = {key: self.base[key] for key in ("year", "framework", "decisions")}
            asked = {
                name: cleaned[name] for name in self.base_fields if cleaned[name] not in (None, [])
            }
            lists = {name: self.list_of(name) for name in self.lists}
            self.wish, issues = read_wish({**kept, **asked, **lists})
            for issue in issues:
                self.add_error(self.field_for(issue.heading), issue.message)
        return cleaned

    def check_rows(self, name: str) -> None:
        """Each row says of what it is and at least one end, the least no more than the most."""
        rows, _ = self.lists[name]
        boxes = {box.key: box for box in rows.boxes}
        for number, values in self.rows_in(name):
            at = {key: name_of(rows, number, box) for key, box in boxes.items()}
            wrong = {key: said for key, said in NEEDED.items() if key in at and key not in values}
            if "most" in at and not {"least", "most"} & values.keys():
                wrong["least"] = "Enter the least, the most or both"
            if {"least", "most"} <= values.keys() and values["least"] > values["most"]:
                wrong["most"] = "The most must not be less than the least"
            for key, said in wrong.items():
                if not self.has_error(at[key]):
                    self.add_error(at[key], said)

    def field_for(self, heading: str) -> str | None:
        """The box that a part of what is looked for was filled in from."""
        if found := LISTED.fullmatch(heading):
            return self.box_for(found["list"], int(found["place"]), found["key"] or "")
        return heading if heading in self.fields else None

    def plain(self) -> list[forms.BoundField]:
        """The boxes that are no list."""
        return [self[name] for name in self.base_fields]

    def tables(self) -> list[tuple[str, dict[str, Any]]]:
        words = {
            "fixed": "Fixed values",
            "limits": "Limits of values",
            "ratios": "Ratios between sectors",
            "shares": "Shares of sectors",
        }
        return [(words[name], self.table_of(name)) for name in self.lists]


class RangeForm(PortalForm):
    """What is drawn at random: growth between two ends, what moderation found; from which seed."""

    least = forms.DecimalField(
        label="Least growth over a year",
        help_text="19 times out of 20 it lies between the least and the most. "
        "Below nought for fewer pupils.",
        min_value=Decimal(-100),
        max_value=Decimal(100),
        error_messages={
            "required": "Enter the least growth, like 1",
            "invalid": "Enter the least growth as a percentage, like 1",
            "min_value": "The least growth is −100%%: nobody can lose more than every pupil",
            "max_value": "The growth must be 100%% or less",
        },
    )
    most = forms.DecimalField(
        label="Most growth over a year",
        min_value=Decimal(-100),
        max_value=Decimal(100),
        error_messages={
            "required": "Enter the most growth, like 5",
            "invalid": "Enter the most growth as a percentage, like 5",
            "min_value": "The least growth is −100%%: nobody can lose more than every pupil",
            "max_value": "The growth must be 100%% or less",
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
