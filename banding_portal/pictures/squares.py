"""A square for each count of a table, as large as the count, in rows and columns. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from banding_portal.pictures.scale import on_grid

LEFT, TOP = 72, 64
"""Left free for the names of the rows and of the columns, and for what they are."""
CELL = 56
LEAST_WIDTH = 420
"""For a table of few columns, whose words would grow beyond those of the page."""
FILLS = 0.9
"""How much of its cell the largest square takes, side by side."""
HIDDEN = "?"


@dataclass(frozen=True)
class Name:
    """A name of a row or column and where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Square:
    """A cell with its square; `side` is nought where there is nothing to draw."""

    cell_x: float
    cell_y: float
    x: float
    y: float
    side: float
    stands_out: bool
    text: str = ""
    """In place of a square whose count is not shown."""

    @property
    def middle_x(self) -> float:
        return self.cell_x + CELL / 2

    @property
    def middle_y(self) -> float:
        return self.cell_y + CELL / 2


@dataclass(frozen=True)
class Squares:
    rows: list[Name]
    columns: list[Name]
    cells: list[Square]
    width: int
    height: int
    cell: int = CELL
    left: int = LEFT


def squares(names: Sequence[str], counts: Sequence[Sequence[int | None]]) -> Squares:
    """A table of as many rows as columns, whose diagonal stands out; None is a hidden count.

    The area of a square is to the area of the largest as its count is to the largest count.
    """
    most = max((count or 0 for row in counts for count in row), default=0)
    size = len(names)
    return Squares(
        rows=[Name(name, LEFT - 10, middle(TOP, at)) for at, name in enumerate(names)],
        columns=[Name(name, middle(LEFT, at), TOP - 10) for at, name in enumerate(names)],
        cells=[
            square_of(count, most, row, column)
            for row, line in enumerate(counts)
            for column, count in enumerate(line)
        ],
        width=max(LEFT + size * CELL + 8, LEAST_WIDTH),
        height=TOP + size * CELL + 8,
    )


def middle(edge: int, at: int) -> float:
    return edge + (at + 0.5) * CELL


def square_of(count: int | None, most: int, row: int, column: int) -> Square:
    side = on_grid(CELL * FILLS * sqrt(count / most)) if count and most else 0.0
    return Square(
        cell_x=LEFT + column * CELL,
        cell_y=TOP + row * CELL,
        x=on_grid(middle(LEFT, column) - side / 2),
        y=on_grid(middle(TOP, row) - side / 2),
        side=side,
        stands_out=row == column,
        text=HIDDEN if count is None else "",
    )
