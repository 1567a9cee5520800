"""How a change of a collection reads: a sentence for each, never a label and a value."""

from dataclasses import replace
from datetime import date

import pytest

from banding.collections.terms import Terms

TERMS = Terms(
    name="Autumn banding 2026",
    sectors=["special"],
    reference_date=date(2026, 10, 1),
    opens_on=date(2026, 11, 2),
    deadline=date(2026, 11, 30),
    processing_from=None,
    moderation_from=date(2027, 1, 11),
    feedback_on=None,
    allows_no_change=False,
    needs_headteacher=True,
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"deadline": date(2026, 12, 5)},
            "the deadline is now 5 December 2026 (it was 30 November 2026)",
        ),
        (
            {"processing_from": date(2026, 12, 7)},
            "the day processing begins is now 7 December 2026 (it was not known yet)",
        ),
        (
            {"sectors": ["special", "independent"]},
            "the sectors are now Independent, Special (it was Special)",
        ),
        (
            {"allows_no_change": True},
            "schools may fill in last time’s bands for many pupils at once",
        ),
        (
            {"needs_headteacher": False},
            "a headteacher no longer has to confirm each return",
        ),
    ],
)
def test_each_change_is_a_sentence(changes, said):
    assert list(TERMS.differences(replace(TERMS, **changes)).values()) == [said]


def test_what_has_not_changed_is_not_told():
    assert TERMS.differences(replace(TERMS)) == {}
