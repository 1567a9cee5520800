"""Lines and points between two axes."""

import pytest

from banding_portal.pictures.plot import Area, Line, Point, even_ticks, plot, ticks_between


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


def test_area_goes_along_its_low_line_and_back_along_its_high_one():
    ticks = [(0.0, "0"), (1.0, "1")]
    area = Area([(0, 0), (1, 0)], [(0, 1), (1, 0.5)], "inner")
    drawn = plot([], [], across="Years", up="£", x_ticks=ticks, y_ticks=ticks, areas=[area])
    left, right, top, bottom = drawn.left, drawn.right, drawn.top, drawn.bottom
    middle = (top + bottom) / 2
    places = [(left, bottom), (right, bottom), (right, middle), (left, top)]
    assert drawn.areas == [(" ".join(f"{float(x)},{float(y)}" for x, y in places), "inner")]


def test_ticks_between_two_values_are_round_and_reach_beyond_both():
    assert ticks_between(17.2, 21.4) == [17.0, 18.0, 19.0, 20.0, 21.0, 22.0]
    assert ticks_between(-3, 8) == [-5.0, 0.0, 5.0, 10.0]
    assert ticks_between(5, 5) == [5.0, 6.0]
