"""Lines and points between two axes."""

import pytest

from banding_portal.pictures.plot import Line, Point, even_ticks, plot


def drawn(lines=(), points=()):
    ticks = [(0, "0"), (10, "10")]
    return plot(lines, points, across="Cases", up="Points", x_ticks=ticks, y_ticks=ticks)


def test_line_goes_from_corner_to_corner():
    shown = drawn([Line([(0, 0), (10, 10)], "limit")])
    corners = f"{shown.left},{shown.bottom} {shown.right},{shown.top}"
    assert [(points.replace(".0", ""), kind) for points, kind in shown.lines] == [
        (corners, "limit")
    ]


def test_words_of_a_point_stand_where_there_is_room():
    left, right = drawn(points=[Point((1, 5), "here"), Point((9, 5), "there")]).dots
    assert (left.anchor, right.anchor) == ("start", "end")
    assert left.words_x > left.x
    assert right.words_x < right.x


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (10, [0, 2, 4, 6, 8, 10]),
        (0.32, [0, 0.1, 0.2, 0.3, 0.4]),
        (1234, [0, 500, 1000, 1500]),
    ],
)
def test_ticks_are_round_and_hold_the_most(most, ticks):
    assert even_ticks(most) == ticks
