"""What the history of a pupil's decisions says of each (rules.md B9)."""

import datetime as dt
from uuid import UUID

from banding.choices import DecisionState
from banding.decisions.selectors import standings
from banding.models import BandDecision

TODAY = dt.date(2026, 11, 27)
OLD, NEW = UUID(int=1), UUID(int=2)


def made(day, framework, state=DecisionState.SUBMITTED):
    return BandDecision(effective_from=day, framework_id=framework, state=state)


def test_one_decision_of_each_framework_is_in_force_and_later_ones_from_their_day():
    told = standings(
        [
            made(dt.date(2027, 4, 1), NEW),
            made(dt.date(2026, 9, 1), NEW),
            made(dt.date(2026, 9, 1), NEW, DecisionState.SUPERSEDED),
            made(dt.date(2026, 4, 1), OLD),
            made(dt.date(2024, 4, 1), OLD),
            made(dt.date(2024, 4, 1), OLD, DecisionState.MISTAKEN),
        ],
        TODAY,
    )
    assert [each.standing_words for each in told] == [
        "In force from 1 Apr 2027",
        "In force",
        "Replaced",
        "In force",
        "Replaced",
        "Entered by mistake",
    ]
