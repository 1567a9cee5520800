"""Where the line of what grew lies."""

import datetime as dt

from banding_portal.pictures.curve import Row, curve

FIRST, TODAY, LAST = dt.date(2026, 9, 1), dt.date(2026, 9, 11), dt.date(2026, 9, 21)


def drawn(counts, **given):
    whole = {"first": FIRST, "today": TODAY, "last": LAST, "total": 4, "ahead": 4, "rows": []}
    whole["words"] = ("Opened 1 Sep 2026", "Closing date 21 Sep 2026")
    return curve(counts, **(whole | given))


def places(line):
    return [tuple(map(float, pair.split(","))) for pair in line.split()]


def test_line_begins_at_nothing_and_rises_by_steps_until_today():
    shown = drawn([(dt.date(2026, 9, 6), 2)])
    points = places(shown.points)
    assert points[0] == (shown.left, shown.bottom)
    assert points[1:] == [(184, shown.bottom), (184, 106), (356, 106)]


def test_what_is_ahead_goes_on_from_today_to_the_last_day():
    shown = drawn([(TODAY, 2)])
    assert places(shown.ahead) == [(356, 106), (shown.right, shown.top)]
    assert drawn([], ahead=None).ahead == ""


def test_what_came_before_the_first_day_stands_at_the_left():
    assert places(drawn([(dt.date(2026, 8, 1), 4)]).points)[2] == (12, 20)


def test_after_the_last_day_the_line_goes_on():
    shown = drawn([(LAST, 4)], today=dt.date(2026, 9, 26), ahead=None, rows=[Row("All", "4")])
    assert places(shown.points)[-1] == (shown.right, shown.top)
    assert [mark.label for mark in shown.marks] == ["Opened 1 Sep 2026", "Closing date 21 Sep 2026"]
