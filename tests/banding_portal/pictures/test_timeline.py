"""Where the bars of a timeline lie."""

import datetime as dt

from banding_portal.pictures.timeline import PHONE, ROOM, WIDTH, Span, draw

TODAY = dt.date(2026, 7, 1)


def span(start, end=None, lane="Plan", text="EHCP"):
    return Span(lane, text, start, end)


def test_nothing_draws_nothing():
    assert draw([], TODAY) is None


def test_lanes_come_in_order_and_bars_stay_inside():
    spans = [
        span(dt.date(2024, 9, 1), dt.date(2025, 8, 31), lane="Placement"),
        span(dt.date(2025, 9, 1), lane="Placement"),
        span(dt.date(2025, 1, 1)),
    ]
    drawn = draw(spans, TODAY)
    assert [(lane.label, len(lane.bars)) for lane in drawn.lanes] == [("Placement", 2), ("Plan", 1)]
    for lane in drawn.lanes:
        for bar in lane.bars:
            assert 0 <= bar.x < bar.x + bar.width <= ROOM


def test_bars_follow_each_other_without_overlap():
    first, second = (
        draw([span(dt.date(2024, 9, 1), dt.date(2025, 8, 31)), span(dt.date(2025, 9, 1))], TODAY)
        .lanes[0]
        .bars
    )
    assert first.x + first.width <= second.x


def test_overlap_goes_to_a_lane_below():
    drawn = draw([span(dt.date(2024, 9, 1)), span(dt.date(2025, 9, 1), text="SEN")], TODAY)
    assert [lane.label for lane in drawn.lanes] == ["Plan", ""]
    assert drawn.lanes[0].y < drawn.lanes[1].y


def test_text_is_cut_to_its_bar():
    short = span(dt.date(2026, 6, 1), dt.date(2026, 6, 2), text="A very long name of a school")
    long = span(dt.date(2010, 1, 1), dt.date(2026, 5, 1), text="EHCP")
    first, second = draw([long, short], TODAY).lanes[0].bars
    assert (first.shown, second.shown, second.text[:6]) == ("EHCP", "", "A very")


def test_text_of_the_newest_bar_stands_behind_it_when_it_is_short():
    spans = [
        span(dt.date(2018, 9, 1), dt.date(2026, 6, 14), text="Band 2"),
        span(dt.date(2026, 6, 15), text="Band 4"),
    ]
    (lane,) = draw(spans, TODAY).lanes
    assert [(bar.shown, bar.is_outside) for bar in lane.bars] == [
        ("Band 2", False),
        ("Band 4", True),
    ]
    newest = lane.bars[1]
    assert newest.x + newest.width < newest.text_x < WIDTH


def test_short_bar_before_another_has_no_text():
    first, second = span(dt.date(2026, 6, 1), dt.date(2026, 6, 9)), span(dt.date(2026, 6, 10))
    older = span(dt.date(2010, 1, 1), dt.date(2026, 5, 31))
    assert [bar.shown for bar in draw([older, first, second], TODAY).lanes[0].bars] == [
        "EHCP",
        "",
        "EHCP",
    ]


def test_many_years_are_not_all_written():
    drawn = draw([span(dt.date(2001, 1, 1))], TODAY)
    assert len(drawn.years) <= 10


def test_span_as_known_on_a_day_ends_there():
    day = dt.date(2026, 3, 31)
    assert span(dt.date(2025, 9, 1)).until(day).end == day
    assert span(dt.date(2025, 9, 1), dt.date(2025, 12, 1)).until(day).end == dt.date(2025, 12, 1)
    assert span(dt.date(2025, 9, 1)).until(None).end is None


def test_picture_for_a_phone_is_narrow_with_fewer_years():
    spans = [span(dt.date(2016, 9, 1))]
    narrow = draw(spans, TODAY, PHONE)
    assert narrow.width == PHONE < WIDTH
    assert all(bar.x + bar.width <= PHONE for lane in narrow.lanes for bar in lane.bars)
    assert len(narrow.years) <= 4 < len(draw(spans, TODAY).years)
