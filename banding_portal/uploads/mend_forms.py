"""A form with the cells of a file that are wrong, each shown with what stands in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from banding_portal.files.kinds import OneOf, Text
from banding_portal.files.mending import Mend
from banding_portal.forms import PortalForm, set_look
from banding_portal.uploads.mending import CellToMend, RowToMend

NOTHING_CHANGED = "Change at least one cell, or leave a row out"
LEAVE_OUT = "Leave this row out"
SHORT, LONG_AT = 20, 60


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
            raise forms.ValidationError(NOTHING_CHANGED)
        return given


def as_lines(text: str) -> str:
    """As a browser sends it is no change of it."""
    return "\n".join(text.strip().splitlines())


def field_for(cell: CellToMend) -> forms.Field:
    """A list to choose from, which keeps what was given until another is chosen, or text."""
    named: dict[str, Any] = {
        "label": cell.column.heading,
        "help_text": cell.said,
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
    field = forms.CharField(**named)
    if kind.is_date:
        set_look(field, width=SHORT)
    return field
