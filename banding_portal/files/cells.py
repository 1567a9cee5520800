"""What a spreadsheet holds once it is read: typed values at the file's own places."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula; its result is not used (rules.md T5)."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ErrorValue:
    """A cell that holds #REF! or the like."""

    text: str

    def __str__(self) -> str:
        return self.text


Value = str | int | float | bool | dt.date | dt.datetime | dt.time | Formula | ErrorValue | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something, with the number Excel shows."""

    number: int
    values: tuple[Value, ...]
    width: int | None = None
    """How many values a line of a CSV file has, where its headings are more or fewer."""

    def at(self, index: int) -> Value:
        return self.values[index] if index < len(self.values) else None


@dataclass(frozen=True)
class Letters:
    """Cells of a CSV file that were written or copied in other letters than most files."""

    cells: int
    examples: tuple[tuple[str, str], ...]
    """What such a cell seems to hold, and as what it was read."""

    def __str__(self) -> str:
        """The question for the person."""
        shown = ", ".join(f"“{wrong}” was read as “{right}”" for wrong, right in self.examples)
        count = "1 cell" if self.cells == 1 else f"{self.cells:,} cells"
        return (
            "Some letters of this file seem to have been garbled. "
            f"{count} had to be put right: {shown}. Go on only if that is what was meant."
        )


@dataclass(frozen=True)
class Merged:
    """Cells that were made one; only the first of them has a value. Columns count from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def first(self) -> str:
        return f"{column_letter(self.first_column)}{self.first_row}"

    @property
    def last(self) -> str:
        return f"{column_letter(self.last_column)}{self.last_row}"


@dataclass(frozen=True)
class Sheet:
    """Only rows that hold something; the first is the headings."""

    name: str
    rows: tuple[Row, ...]
    kept: tuple[int, ...] | None = None
    """Where only some columns were kept: their places in the file, counted from 0."""
    letters: Letters | None = None
    merged: tuple[Merged, ...] = ()

    def place(self, index: int) -> int:
        """The place in the file of a value of the rows below the headings."""
        return index if self.kept is None else self.kept[index]

    def at(self, place: int) -> int | None:
        """The other way round; None for a column that was not kept."""
        if self.kept is None:
            return place
        return self.kept.index(place) if place in self.kept else None


def column_letter(index: int) -> str:
    """The letter of the column at this place, counted from 0: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """The place of the column with this letter, counted from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def shown(value: Value) -> str:
    """A value as the person sees it in the sheet."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
