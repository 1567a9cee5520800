"""What a framework file may say around its descriptors (rules.md B1)."""

import pytest

from tests.banding.test_framework_rules import GONE, POINTED, changed, check_framework

AROUND = POINTED | {
    "preamble": "Read this first.",
    "conditions": {"lead": "Although", "items": ["the school helps"]},
    "definitions": [{"term": "help", "meaning": "What adults do."}],
    "examples": [
        {
            "pupil": "Year 3, hums in lessons.",
            "levels": [{"area": "cl", "level": "1"}],
            "band": "B",
            "why": "Some need.",
        }
    ],
    "earlier": {"framework": "old", "version": "1", "bands": [{"old": "1", "new": "A"}]},
}


def test_words_around_the_descriptors_may_be_there_left_out_or_null():
    none = dict.fromkeys(AROUND.keys() - POINTED.keys())
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
        (
            ["examples", 0, "band"],
            "Z",
            "examples[0].band",
            "“Z” is not a band of this framework.",
        ),
        (
            ["examples", 0, "levels", 0, "area"],
            "zz",
            "examples[0].levels[0].area",
            "“zz” is not an area of this framework.",
        ),
        (
            ["examples", 0, "levels", 0, "level"],
            "9",
            "examples[0].levels[0].level",
            "“9” is not a level of this area.",
        ),
        (
            ["examples", 0, "levels"],
            AROUND["examples"][0]["levels"] * 2,
            "examples[0].levels[1].area",
            "examples[0].levels[0] has the area cl already.",
        ),
        (["examples", 0, "why"], "", "examples[0].why", "The why is empty."),
        (
            ["earlier", "bands", 0, "new"],
            "Z",
            "earlier.bands[0].new",
            "“Z” is not a band of this framework.",
        ),
        (
            ["earlier", "bands"],
            AROUND["earlier"]["bands"] * 2,
            "earlier.bands[1].old",
            "earlier.bands[0] has the old 1 already.",
        ),
        (
            ["earlier"],
            "old",
            "earlier",
            "The earlier framework is an object with framework, version and bands.",
        ),
    ],
)
def test_words_around_the_descriptors_are_checked(path, value, where, sentence):
    assert check_framework(changed(AROUND, path, value)) == [(where, sentence)]
