"""Where descriptors of neighbouring levels differ."""

import pytest

from banding.frameworks.wording import differences, differences_in_order


@pytest.mark.parametrize(
    ("before", "text", "pieces"),
    [
        (
            "Needs some help daily",
            "Needs much help daily",
            [("Needs", 0), ("much", 1), ("help daily", 0)],
        ),
        ("Needs help", "Needs help", [("Needs help", 0)]),
        ("Reads at age", "Is fed by tube all day", [("Is fed by tube all day", 0)]),
        ("", "Needs help", [("Needs help", 0)]),
        ("Needs help.", "needs help", [("needs help", 0)]),
        (
            "Can follow routines of the class with a little prompting",
            "An adult stays beside the pupil for prompting and care in every lesson of the day",
            [
                ("An", 0),
                ("adult stays beside the pupil", 1),
                ("for prompting and", 0),
                ("care in every lesson", 1),
                ("of the", 0),
                ("day", 1),
            ],
        ),
        ("Needs help", "Needs help at night", [("Needs help", 0), ("at night", 1)]),
    ],
)
def test_words_that_are_new_at_their_place_are_marked(before, text, pieces):
    assert differences(before, text) == [(words, bool(new)) for words, new in pieces]


def test_levels_are_marked_where_each_can_be_told_from_the_one_before():
    levels = ["Needs some help", "Needs much help", "Needs much help at night"]
    assert differences_in_order(levels) == [
        [("Needs", False), ("much", True), ("help", False)],
        [("Needs much help", False), ("at night", True)],
    ]


@pytest.mark.parametrize("last", ["Is fed by tube", "Needs much help"])
def test_no_level_is_marked_where_one_of_them_cannot_be(last):
    assert differences_in_order(["Needs some help", "Needs much help", last]) == []
