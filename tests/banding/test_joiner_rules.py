"""Whether a joiner was told before: the same child, another child, or unclear (S9)."""

import datetime as dt

import pytest

from banding.joiners.rules import Told, Unclear, told_before

ONE, OTHER = "H801200001001", "X801200001002"
AMIRA = Told("Khan", "Amira", dt.date(2018, 3, 4), "", dt.date(2026, 9, 7), "EHCP", "SLCN")


def unclear(sentence: str, field: str = "upn") -> Unclear:
    return Unclear(field, sentence)


def otherwise(field: str, said: str) -> Unclear:
    return unclear(
        f"You have already reported Amira Khan: {said}. If that was wrong, undo it first.", field
    )


def asks_for_both(which: str) -> Unclear:
    return unclear(
        f"You have already told us of Amira Khan with the same date of birth, {which}. If this is"
        " another child, give the UPNs of both. If it is the same child, undo the earlier one."
    )


@pytest.mark.parametrize(
    ("told", "new", "found"),
    [
        ({}, {}, 0),
        ({"upn": ONE}, {"upn": ONE}, 0),
        ({"surname": "O’Testa"}, {"surname": "O'TESTA"}, 0),
        ({"forename": "Zoë"}, {"forename": "Zoe"}, 0),
        ({"upn": ONE}, {"upn": OTHER}, None),
        ({}, {"forename": "Amir"}, None),
        ({}, {"date_of_birth": dt.date(2018, 3, 5)}, None),
        ({"upn": ONE}, {"upn": OTHER, "forename": "Bilal"}, None),
        ({}, {"primary_need": ""}, 0),
        ({"primary_need": ""}, {}, 0),
        (
            {},
            {"joined_on": dt.date(2026, 9, 8)},
            otherwise("joined_on", "joined on 7 September 2026, not 8 September 2026"),
        ),
        (
            {},
            {"plan_type": "SEN_SUPPORT"},
            otherwise("plan_type", "with the plan EHCP, not SEN Support"),
        ),
        (
            {"upn": ONE},
            {"upn": ONE, "joined_on": dt.date(2026, 9, 8), "plan_type": "SEN_SUPPORT"},
            otherwise(
                "joined_on",
                "joined on 7 September 2026, not 8 September 2026 and "
                "with the plan EHCP, not SEN Support",
            ),
        ),
        ({"upn": ONE}, {}, asks_for_both("with a UPN")),
        ({}, {"upn": ONE}, asks_for_both("without a UPN")),
        (
            {"upn": ONE},
            {"upn": ONE, "forename": "Bilal"},
            unclear("You gave Amira Khan the same UPN. Check both."),
        ),
    ],
)
def test_told_before(told, new, found):
    assert told_before(AMIRA._replace(**new), [AMIRA._replace(**told)]) == found


def test_nobody_was_told_before():
    assert told_before(AMIRA, []) is None


def test_the_right_one_of_twins_is_found():
    twins = [AMIRA._replace(upn=ONE), AMIRA._replace(upn=OTHER)]
    assert [told_before(twin, twins) for twin in twins] == [0, 1]


def test_a_child_without_a_upn_is_asked_about_beside_twins():
    twins = [AMIRA._replace(upn=ONE), AMIRA._replace(upn=OTHER)]
    assert told_before(AMIRA, twins) == asks_for_both("with a UPN")
