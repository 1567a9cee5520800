"""What a framework file may say around its descriptors (rules.md B1)."""

import pytest

from tests.banding.test_framework_rules import GONE, POINTED, changed, check_framework

AROUND = POINTED | {
    "preamble": "Read this first.",
    "conditions": {"lead": "Although", "items": ["the school helps"]},
    "definitions": [{"term": "help", "meaning": "What adults do."}],
}


def test_words_around_the_descriptors_may_be_there_left_out_or_null():
    none = dict.fromkeys(("preamble", "conditions", "definitions"))
    assert [check_framework(data) for data in (AROUND, POINTED, POINTED | none)] == [[], [], []]


@pytest.mark.parametrize(
    ("path", "value", "where", "sentence"),
    [
        (["preamble"], 5, "preamble", "The preamble must be text in quotation marks."),
        (
            ["conditions"],
            "Although",
            "conditions",
            "The conditions are an object with lead and items, or null.",
        ),
        (["conditions", "lead"], "", "conditions.lead", "The lead is empty."),
        (
            ["conditions", "items"],
            [],
            "conditions.items",
            "Give the conditions as a list of texts.",
        ),
        (
            ["conditions", "items"],
            [7],
            "conditions.items[0]",
            "Give the conditions as a list of texts.",
        ),
        (
            ["definitions", 0],
            "help",
            "definitions[0]",
            "A definition is an object with term and meaning.",
        ),
        (
            ["definitions", 0, "meaning"],
            GONE,
            "definitions[0].meaning",
            "The key meaning is missing.",
        ),
        (
            ["definitions"],
            [*AROUND["definitions"], *AROUND["definitions"]],
            "definitions[1].term",
            "definitions[0] has the term help already.",
        ),
    ],
)
def test_words_around_the_descriptors_are_checked(path, value, where, sentence):
    assert check_framework(changed(AROUND, path, value)) == [(where, sentence)]
