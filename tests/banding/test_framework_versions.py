"""Two versions of a framework, word by word."""

import copy
import datetime as dt
from decimal import Decimal

from banding.frameworks.versions import Piece, compare, word_changes

OLD = {
    "name": "Needs",
    "effective_from": dt.date(2024, 9, 1),
    "plan_types": ["EHCP"],
    "combine_kind": "best_fit",
    "tie_rule": "",
    "thresholds": [],
    "preamble": "Read this first.",
    "conditions_lead": "",
    "conditions": [],
    "definitions": [{"term": "help", "meaning": "What adults do."}],
    "bands": [{"code": "A", "name": "Band A", "rank": 1, "summary": "Some"}],
    "areas": [
        {
            "code": "cl",
            "name": "Learning",
            "weight": Decimal("2.00"),
            "cap": None,
            "levels": [
                {"code": "1", "descriptor": "Needs help daily.", "band": "A", "score": None},
                {"code": "2", "descriptor": "Needs an adult.", "band": "A", "score": None},
            ],
        }
    ],
    "evidence": [],
    "examples": [],
}


def differences(old, new):
    return [
        (section.title, change.label, change.kind, [(p.kind, p.words) for p in change.pieces])
        for section in compare(old, new).sections
        for change in section.changes
    ]


def test_words_taken_out_stand_before_those_put_in():
    assert word_changes("Needs some help daily", "Needs much help") == [
        Piece("Needs", "same"),
        Piece("some", "gone"),
        Piece("much", "new"),
        Piece("help", "same"),
        Piece("daily", "gone"),
    ]


def test_same_framework_differs_nowhere():
    compared = compare(OLD, copy.deepcopy(OLD))
    assert (compared.sections, compared.differ) == ([], 0)
    assert compared.same == 15


def test_every_kind_of_text_is_compared():
    new = copy.deepcopy(OLD)
    new["preamble"] = "Read that first."
    new["definitions"] = [{"term": "care", "meaning": "What all do."}]
    new["bands"].insert(0, {"code": "0", "name": "Band 0", "rank": 0, "summary": ""})
    new["areas"][0] |= {"name": "Thinking", "weight": Decimal("2.5")}
    new["areas"][0]["levels"][0]["descriptor"] = "Needs help hourly."
    del new["areas"][0]["levels"][1]
    new["evidence"] = [{"code": "hours", "label": "Adult help", "kind": "hours", "hint": "A week."}]
    new["examples"] = [{"pupil": "Year 3.", "band": "A", "why": "Some need."}]
    assert differences(OLD, new) == [
        (
            "Before you choose",
            "Preamble",
            "differs",
            [("same", "Read"), ("gone", "this"), ("new", "that"), ("same", "first.")],
        ),
        ("Before you choose", "What is meant by “care”", "new", [("new", "What all do.")]),
        ("Before you choose", "What is meant by “help”", "gone", [("gone", "What adults do.")]),
        ("What an application says", "hours", "new", [("new", "Adult help, in hours A week.")]),
        ("Bands", "Name of 0", "new", [("new", "Band 0")]),
        ("Bands", "Place of 0, from the lowest need", "new", [("new", "1")]),
        ("Bands", "Place of A, from the lowest need", "differs", [("gone", "1"), ("new", "2")]),
        ("Thinking", "Name", "differs", [("gone", "Learning"), ("new", "Thinking")]),
        ("Thinking", "Weight", "differs", [("gone", "2"), ("new", "2.5")]),
        (
            "Thinking",
            "Level 1",
            "differs",
            [("same", "Needs help"), ("gone", "daily."), ("new", "hourly.")],
        ),
        ("Thinking", "Level 2", "gone", [("gone", "Needs an adult.")]),
        ("Thinking", "Level 2 points to", "gone", [("gone", "A")]),
        ("Training examples", "Example 1", "new", [("new", "Year 3.")]),
        ("Training examples", "Example 1: band", "new", [("new", "A")]),
        ("Training examples", "Example 1: why", "new", [("new", "Some need.")]),
    ]


def test_facts_are_compared_as_people_say_them():
    facts = {
        "effective_from": dt.date(2012, 9, 1),
        "plan_types": ["EHCP", "SEN_SUPPORT"],
        "combine_kind": "highest_need",
    }
    told = [
        "".join(f" {kind}: {words}" for kind, words in pieces if kind != "gone").strip()
        for _, _, _, pieces in differences(OLD, copy.deepcopy(OLD) | facts)
    ]
    assert told[:2] == ["same: 1 September new: 2012", "same: EHCP new: and SEN Support"]
    assert told[2].startswith("same: Each level points to a band. The new: highest same: band")
