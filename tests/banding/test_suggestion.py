import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding.choices import CombineKind
from banding.frameworks.suggestion import (
    Area,
    Band,
    FrameworkRules,
    Level,
    Suggestion,
    Threshold,
    suggest_band,
)
from tests.banding.framework_sample import read_framework, rules_of
from tests.shared_data import SHARED_DATA, needs_shared_data

# Band 6 is the lowest: only the rank says which is higher (B1).
BANDS = [Band("6", 1, "Band 6"), Band("5", 2, "Band 5"), Band("4", 3, "Band 4")]
LEVELS = [
    Level("0", 0, None, Decimal(0)),
    Level("1", 1, "6", Decimal(1)),
    Level("2", 2, "5", Decimal("2.5")),
    Level("3", 3, "4", Decimal(4)),
]
THRESHOLDS = [
    Threshold("4", Decimal(8)),
    Threshold("6", Decimal(2)),
    Threshold("5", Decimal("4.5")),
]
NAMES = {"a": "Learning", "b": "Language", "c": "Feelings", "d": "Senses"}


def framework(kind, **area):
    areas = [Area(code, name, LEVELS, **area) for code, name in NAMES.items()]
    return FrameworkRules(kind, BANDS, areas, THRESHOLDS)


def suggestion(kind, levels, **area):
    return suggest_band(framework(kind, **area), dict(zip("abcd", levels, strict=False)))


@needs_shared_data
def test_suggestions_equal_the_vectors():
    vectors = json.loads((SHARED_DATA / "vectors" / "suggested_bands.json").read_text())
    assert len(vectors) == 96
    for vector in vectors:
        found = suggest_band(rules_of(read_framework(vector["framework"])), vector["levels"])
        assert (vector, found.band_code) == (vector, vector["suggested_band"])
        assert found.complete


@needs_shared_data
def test_the_cap_of_an_area_limits_its_points():
    rules = rules_of(read_framework("points-matrix"))
    capped = suggest_band(rules, {"cl": "4", "ci": "4", "semh": "4", "sp": "4"})
    assert capped == Suggestion("5", "56 points: Band 5 starts at 48.", True)


@pytest.mark.parametrize(
    ("levels", "band", "reason"),
    [
        ("3333", "4", "Four of four areas point to Band 4."),
        ("1113", "6", "Three of four areas point to Band 6."),
        ("1100", "6", "Two of four areas point to Band 6."),
        ("0002", "5", "One of four areas points to Band 5."),
        ("1122", "5", "Two areas point to each of Band 6 and Band 5: Band 5 is the highest."),
        (
            "0123",
            "4",
            "One area points to each of Band 6, Band 5 and Band 4: Band 4 is the highest.",
        ),
        ("0000", None, "None of the levels chosen points to a band."),
    ],
)
def test_best_fit_and_its_reason(levels, band, reason):
    assert suggestion(CombineKind.BEST_FIT, levels) == Suggestion(band, reason, True)


@pytest.mark.parametrize(
    ("levels", "band", "reason"),
    [
        ("0121", "5", "The highest need is Band 5, in Feelings."),
        ("3031", "4", "The highest need is Band 4, in Learning and Feelings."),
        ("0000", None, "None of the levels chosen points to a band."),
    ],
)
def test_highest_need_and_its_reason(levels, band, reason):
    assert suggestion(CombineKind.HIGHEST_NEED, levels) == Suggestion(band, reason, True)


@pytest.mark.parametrize(
    ("levels", "band", "reason"),
    [
        ("0000", None, "0 points: the first band, Band 6, starts at 2."),
        ("1000", None, "1 point: the first band, Band 6, starts at 2."),
        ("1100", "6", "2 points: Band 6 starts at 2."),
        ("2110", "5", "4.5 points: Band 5 starts at 4.5."),
        ("2211", "5", "7 points: Band 5 starts at 4.5."),
        ("3300", "4", "8 points: Band 4 starts at 8."),
    ],
)
def test_weighted_sum_and_its_reason(levels, band, reason):
    assert suggestion(CombineKind.WEIGHTED_SUM, levels) == Suggestion(band, reason, True)


def test_weights_multiply_and_caps_limit_each_area():
    found = suggestion(
        CombineKind.WEIGHTED_SUM, "3100", weight=Decimal("2.00"), cap=Decimal("5.00")
    )
    assert found.reason == "7 points: Band 5 starts at 4.5."


def test_weighted_sum_without_thresholds_suggests_nothing():
    bare = FrameworkRules(
        CombineKind.WEIGHTED_SUM, BANDS, framework(CombineKind.WEIGHTED_SUM).areas
    )
    found = suggest_band(bare, dict.fromkeys("abcd", "3"))
    assert found == Suggestion(None, "16 points: no band has a threshold.", True)


@pytest.mark.parametrize("kind", CombineKind)
@pytest.mark.parametrize(
    ("chosen", "where"),
    [
        ({"a": "3", "b": "3", "c": "3"}, "Senses"),
        ({"a": "3", "b": "3", "c": "", "d": None}, "2 areas"),
        ({"a": "3", "b": "7", "c": "x"}, "3 areas"),
    ],
)
def test_no_suggestion_until_every_area_has_a_level(kind, chosen, where):
    sentence = f"Choose a level in {where} to see a suggested band."
    assert suggest_band(framework(kind), chosen) == Suggestion(None, sentence, False)


def test_framework_without_areas_suggests_nothing():
    found = suggest_band(FrameworkRules(CombineKind.BEST_FIT, BANDS, []), {})
    assert (found.band_code, found.complete) == (None, False)


def test_unknown_combine_kind_is_refused():
    with pytest.raises(ValueError, match="called average"):
        suggestion("average", "0000")


levels = st.text("0123", min_size=4, max_size=4)


@given(
    st.sampled_from([CombineKind.HIGHEST_NEED, CombineKind.WEIGHTED_SUM]), levels, st.integers(0, 3)
)
def test_a_higher_level_never_lowers_the_band(kind, chosen, place):
    ranks = {band.code: band.rank for band in BANDS} | {None: 0}
    raised = chosen[:place] + "3" + chosen[place + 1 :]
    before, after = suggestion(kind, chosen), suggestion(kind, raised)
    assert ranks[after.band_code] >= ranks[before.band_code]


@given(
    st.sampled_from(CombineKind),
    levels,
    st.permutations("0123"),
)
def test_which_area_has_which_level_does_not_matter(kind, chosen, order):
    mixed = "".join(chosen[int(place)] for place in order)
    assert suggestion(kind, mixed).band_code == suggestion(kind, chosen).band_code
