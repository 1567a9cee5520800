"""Where descriptors of neighbouring levels differ."""

import pytest

from banding.frameworks.wording import differences


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
        ("Needs help", "Needs help at night", [("Needs help", 0), ("at night", 1)]),
    ],
)
def test_words_that_are_new_at_their_place_are_marked(before, text, pieces):
    assert differences(before, text) == [(words, bool(new)) for words, new in pieces]
