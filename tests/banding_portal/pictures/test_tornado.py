"""Where swings lie."""

from banding_portal.pictures.bars import FIGURES, ROW
from banding_portal.pictures.scale import WIDTH
from banding_portal.pictures.tornado import LABELS, tornado

RIGHT = WIDTH - FIGURES
MIDDLE = (LABELS + RIGHT) / 2


def row(down, up):
    return {"label": "A", "ends": (down, up), "texts": (str(down), str(up))}


def test_swings_reach_to_both_sides_of_the_middle():
    drawn = tornado([row(-10, 10), row(-5, 2)])
    first, second = drawn.bars
    assert drawn.axis_x == MIDDLE
    assert (first.down_x, first.down_width) == (LABELS, MIDDLE - LABELS)
    assert (first.up_x, first.up_x + first.up_width) == (MIDDLE, RIGHT)
    assert second.down_width == first.down_width / 2
    assert second.up_width == first.up_width / 5
    assert (drawn.height, second.y - first.y) == (2 * ROW, ROW)
    assert second.texts == ("-5", "2")


def test_swing_that_falls_both_ways_has_nothing_above():
    (bar,) = tornado([row(-10, -4)]).bars
    assert (bar.down_width, bar.up_width) == (MIDDLE - LABELS, 1)


def test_nothing_that_moves_has_its_line_where_the_scale_begins():
    assert tornado([]).height == 0
    assert tornado([row(0, 0)]).bars[0].up_width == 1
