"""Where bars lie."""

from decimal import Decimal

from banding_portal.pictures.bars import FIGURES, LABELS, ROW, WIDTH, bars, waterfall

RIGHT = WIDTH - FIGURES


def total(value):
    return {"label": "Total", "value": value, "kind": "total"}


def change(value):
    return {"label": "Change", "value": value, "kind": "change"}


def test_bars_begin_at_zero_and_the_longest_fills_the_room():
    drawn = bars([{"label": "A", "value": 10}, {"label": "B", "value": 5, "text": "five"}])
    first, second = drawn.bars
    assert (first.x, first.width, second.x) == (LABELS, RIGHT - LABELS, LABELS)
    assert second.width == first.width / 2
    assert (first.text, second.text) == ("10", "five")
    assert (drawn.height, second.y - first.y) == (2 * ROW, ROW)


def test_bar_of_nothing_is_a_line():
    assert bars([{"label": "A", "value": 0}]).bars[0].width == 1


def test_no_bars_have_no_height():
    assert (bars([]).height, waterfall([]).height) == (0, 0)


def test_waterfall_changes_begin_where_the_row_before_ended():
    before, more, less, after = waterfall(
        [total(Decimal(100)), change(Decimal(40)), change(Decimal(-20)), total(Decimal(120))]
    ).bars
    assert [bar.kind for bar in (before, more, less, after)] == ["total", "up", "down", "total"]
    assert more.x == before.end_x
    assert less.x + less.width == more.end_x
    assert less.end_x == less.x == after.end_x


def test_waterfall_begins_a_little_under_its_lowest_end():
    before, after = waterfall([total(1000), total(1100)]).bars
    assert LABELS < before.end_x < after.end_x == RIGHT
    assert before.x == after.x == LABELS


def test_waterfall_below_zero_begins_at_its_lowest_end():
    down = waterfall([total(50), change(-80)]).bars[1]
    assert (down.x, down.end_x) == (LABELS, LABELS)
