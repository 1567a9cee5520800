"""A square for each count, as large as the count."""

import pytest

from banding_portal.pictures.squares import CELL, FILLS, LEAST_WIDTH, LEFT, TOP, squares


def test_area_grows_with_the_count_and_the_diagonal_stands_out():
    drawn = squares("AB", [[16, 4], [0, None]])
    largest = CELL * FILLS
    assert [one.side for one in drawn.cells] == [pytest.approx(largest, abs=0.1), 25.2, 0, 0]
    assert [one.stands_out for one in drawn.cells] == [True, False, False, True]
    assert [one.text for one in drawn.cells] == ["", "", "", "?"]


def test_each_square_lies_in_the_middle_of_its_cell():
    cell = squares("AB", [[1, 4], [0, 0]]).cells[0]
    assert (cell.cell_x, cell.cell_y) == (LEFT, TOP)
    assert cell.x - cell.cell_x == pytest.approx((CELL - cell.side) / 2, abs=0.1)


def test_names_stand_at_their_rows_and_columns():
    drawn = squares(["A", "B", "C"], [[0] * 3] * 3)
    assert [one.text for one in drawn.rows] == ["A", "B", "C"]
    assert [one.x for one in drawn.columns] == [LEFT + CELL / 2 + at * CELL for at in range(3)]
    assert (drawn.width, drawn.height) == (LEAST_WIDTH, TOP + 3 * CELL + 8)
    assert squares("ABCDEFGH", [[0] * 8] * 8).width == LEFT + 8 * CELL + 8


def test_nothing_counted_draws_no_square():
    assert [one.side for one in squares("A", [[0]]).cells] == [0]
    assert squares("", []).cells == []
