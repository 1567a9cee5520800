"""Two bars for each thing; pure."""

from banding_portal.pictures.bars import FIGURES, LABELS
from banding_portal.pictures.pairs import ROW, pairs
from banding_portal.pictures.scale import WIDTH


def test_both_bars_stand_on_one_scale_and_what_is_hidden_has_none():
    rows = [
        {"label": "Band A", "values": (0.5, 1), "texts": ("50%", "100%")},
        {"label": "Band B", "values": (0, None), "texts": ("0%", "fewer than 5")},
    ]
    chart = pairs(rows)
    first, second = chart.pairs
    room = WIDTH - FIGURES - LABELS
    assert [bar.width for bar in first.bars] == [room / 2, room]
    assert [bar.width for bar in second.bars] == [0, 0]
    assert [bar.text for bar in second.bars] == ["0%", "fewer than 5"]
    assert [bar.is_own for bar in first.bars] == [True, False]
    assert chart.height == 2 * ROW
    own, other = first.bars
    assert own.y + own.height <= other.y


def test_chart_of_nothing_is_drawn():
    assert pairs([]).height == 0
