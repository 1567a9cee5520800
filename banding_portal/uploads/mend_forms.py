"""A form with the cells of a file that are wrong, each shown with what stands in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.html import format_html

from banding_portal.date_field import PARTS, DateWidget
from banding_portal.files.dates import date_of, parts_of
from banding_portal.files.kinds import OneOf, Text
from banding_portal.files.mending import Mend
from banding_portal.forms import PortalForm, Problem, anchor_of, set_look
from banding_portal.uploads.mending import CellToMend, RowToMend

NOTHING_CHANGED = "Change at least one cell, or leave a row out"
LEAVE_OUT = "Leave this row out"
LONG_AT = 60


class MendForm(PortalForm):
    """Nothing typed here is judged here: the file is checked again, by the same rules (T3)."""

    def __init__(self, *args: Any, rows: Sequence[RowToMend], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for at, row in enumerate(rows):
            for cell in row.cells.values():
                field = field_for(cell)
                set_look(field, unmarked=True)
                self.add_field(f"cell-{at}-{cell.letter}", field)
            out = forms.BooleanField(label=LEAVE_OUT, required=False)
            self.add_field(f"out-{at}", out)
        if not self.is_bound:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            self.say_what_is_wrong()

    def say_what_is_wrong(self) -> None:
        """At each cell, what the check of the file found: the page is there for nothing else."""
        for at, row in enumerate(self.rows):
            for cell in row.cells.values():
                if cell.said:
                    self.add_error(f"cell-{at}-{cell.letter}", forms.ValidationError(cell.said))

    def problems(self) -> list[Problem]:
        """For the summary, where a sentence has to say whom it is about."""
        found = [Problem(str(text)) for text in self.non_field_errors()]
        for row, fields, _ in self.fieldsets():
            who = ", ".join(filter(None, (row.who, f"row {row.number}")))
            for field in fields:
                found += [Problem(f"{who}: {said}", anchor_of(field)) for said in field.errors]
        return found

    def fieldsets(self) -> list[tuple[RowToMend, list[forms.BoundField], forms.BoundField]]:
        """Each row with the fields of its cells and the one to leave it out."""
        return [
            (
                row,
                [self[f"cell-{at}-{cell.letter}"] for cell in row.cells.values()],
                self[f"out-{at}"],
            )
            for at, row in enumerate(self.rows)
        ]

    def mends(self) -> Iterator[Mend]:
        """What was changed; an untouched cell is no mend of it."""
        for at, row in enumerate(self.rows):
            if self.cleaned_data.get(f"out-{at}"):
                yield Mend(row.sheet, row.number)
                continue
            for cell in row.cells.values():
                typed = as_lines(self.cleaned_data.get(f"cell-{at}-{cell.letter}") or "")
                if typed != as_lines(cell.given):
                    yield Mend(row.sheet, row.number, cell.letter, typed, cell.given)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(self.mends()):
            self.add_error(None, forms.ValidationError(NOTHING_CHANGED))
            self.say_what_is_wrong()
        return given


def as_lines(text: str) -> str:
    """As a browser sends it is no change of it."""
    return "\n".join(text.strip().splitlines())


def field_for(cell: CellToMend) -> forms.Field:
    """A list to choose from, which keeps what was given until another is chosen, or text."""
    named: dict[str, Any] = {
        "label": cell.column.heading,
        "help_text": format_html("Your file has “{}”", cell.given) if cell.given else "",
        "required": False,
        "initial": cell.given,
    }
    kind = cell.column.kind
    if isinstance(kind, OneOf):
        words = [each.shown for each in kind.choices]
        given = cell.given if cell.given not in words else ""
        as_given = [(given, f"{given} (as in the file)")] if given else []
        choices = [*as_given, ("", "Leave blank"), *((each, each) for each in words)]
        return forms.ChoiceField(choices=choices, **named)
    if isinstance(kind, Text) and (kind.lines or len(cell.given) > LONG_AT):
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(widget=area, **named)
    return DateCellField(**named) if kind.is_date else forms.CharField(**named)


class DateCellWidget(DateWidget):
    """Shows a date as a file has it, also one that is none; what has no parts stands in front."""

    def decompress(self, value: Any) -> list[str]:
        return parts_in(value or "")


class DateCellField(forms.Field):
    """Cleans to the text of a cell: judged by the check of the file, like every other."""

    widget = DateCellWidget

    def to_python(self, value: Any) -> str:
        parts = [str(part or "").strip() for part in value or ()]
        if parts == parts_in(self.initial):
            return str(self.initial)
        try:
            day, month, year = parts
            return date_of(day, month, year).strftime("%d/%m/%Y")
        except ValueError:
            return "/".join(filter(None, parts))


def parts_in(text: str) -> list[str]:
    """Day, month and year, or the whole text where it is not made of three."""
    parts = parts_of(text)
    return parts if len(parts) == len(PARTS) else [text, "", ""]
