"""Lists of things on a form: a row of boxes each, of which empty ones count for nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from banding_portal.forms import PortalForm

MOST = 200
Made = Callable[[str], forms.Field]


@dataclass(frozen=True, slots=True)
class Box:
    """A column: its key in the file, its heading, and what makes its field from a label."""

    key: str
    head: str
    make: Made


@dataclass(frozen=True, slots=True)
class Rows:
    """A list on a form; `one` is what a row is called in labels."""

    name: str
    one: str
    boxes: Sequence[Box]
    blank: int = 3
    """How many empty rows stand below those that are filled in."""


class RowsForm(PortalForm):
    """A form with some lists beside its fields."""

    def add_rows(self, rows: Rows, there: Sequence[Mapping[str, Any]]) -> None:
        """Boxes for what is there already, for all that was sent, and for a few more."""
        count = min(MOST, max(len(there) + rows.blank, self.sent_rows(rows.name)))
        for number in range(count):
            for box in rows.boxes:
                field = box.make(f"{box.head}, {rows.one} {number + 1}")
                field.initial = there[number].get(box.key) if number < len(there) else None
                self.add_field(name_of(rows, number, box), field)
        self.lists = {**getattr(self, "lists", {}), rows.name: (rows, count)}

    def sent_rows(self, name: str) -> int:
        asked = re.compile(rf"{name}_(\d{{1,3}})_\w+", re.ASCII)
        found = (asked.fullmatch(key) for key in self.data)
        return max((int(each[1]) + 1 for each in found if each), default=0)

    def rows_in(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The rows in which anything was filled in, each with its number."""
        rows, count = self.lists[name]
        found = []
        for number in range(count):
            values = {
                box.key: self.cleaned_data.get(name_of(rows, number, box)) for box in rows.boxes
            }
            filled = {key: value for key, value in values.items() if value not in (None, "")}
            if filled:
                found.append((number, filled))
        return found

    def list_of(self, name: str) -> list[dict[str, Any]]:
        return [values for _, values in self.rows_in(name)]

    def box_for(self, name: str, place: int, key: str) -> str | None:
        """The field of a row, counted as a scenario's file counts: empty ones left out."""
        rows, _ = self.lists[name]
        numbers = [number for number, _ in self.rows_in(name)]
        boxes = [box for box in rows.boxes if box.key == key] or list(rows.boxes)[:1]
        return name_of(rows, numbers[place], boxes[0]) if place < len(numbers) else None

    def table_of(self, name: str) -> dict[str, Any]:
        """Its headings and rows, and whether there is anything in it to be seen at once."""
        rows, count = self.lists[name]
        lines = [
            [(box.head, self[name_of(rows, number, box)]) for box in rows.boxes]
            for number in range(count)
        ]
        seen = any(box.errors or box.value() not in (None, "") for row in lines for _, box in row)
        return {"heads": [box.head for box in rows.boxes], "rows": lines, "is_used": seen}


def name_of(rows: Rows, number: int, box: Box) -> str:
    return f"{rows.name}_{number}_{box.key}"


def chosen(choices: Sequence[tuple[Any, Any]], nothing: str) -> Made:
    """One of some, or none of them."""
    return lambda label: forms.ChoiceField(
        label=label, choices=[("", nothing), *choices], required=False
    )


def whole(named: str) -> Made:
    said = f"{named} must be a whole number, 0 or more"
    return lambda label: forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": said, "min_value": said, "max_value": f"{named} must be 10,000 or less",
        },
    )  # fmt: skip


def decimal(named: str, example: str) -> Made:
    return lambda label: forms.DecimalField(
        label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": f"{named} must be a number, like {example}"},
    )  # fmt: skip
