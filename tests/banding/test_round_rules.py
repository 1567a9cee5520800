"""Which list of a round a pupil stands on, and what it asks (B10, S7)."""

import datetime as dt
from dataclasses import replace

import pytest

from banding.choices import PupilStatus, RoundList
from banding.rounds.rules import PHASE_LEAVER, Facts, is_phase_leaver, standing_of

BY = dt.date(2026, 11, 30)
FUNDED = Facts(is_funded=True)
AUGUST = dt.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, RoundList.CARRYING_ON),
        ({"change": "left"}, RoundList.LEAVING),
        ({"change": "not_ours"}, RoundList.LEAVING),
        ({"change": "no_band"}, RoundList.LEAVING),
        ({"change": "staying_on"}, RoundList.CARRYING_ON),
        ({"is_phase_leaver": True}, RoundList.LEAVING),
        ({"is_phase_leaver": True, "change": "staying_on"}, RoundList.CARRYING_ON),
        ({"is_phase_leaver": True, "reason_to_stay": "No place yet"}, RoundList.CARRYING_ON),
        ({"ends": BY}, RoundList.LEAVING),
        ({"ends": BY + dt.timedelta(days=1)}, RoundList.CARRYING_ON),
        ({"is_funded": False}, RoundList.TO_TELL),
        ({"is_funded": False, "is_phase_leaver": True}, RoundList.TO_TELL),
    ],
)
def test_list_follows_from_what_is_known(facts, expected):
    assert standing_of(replace(FUNDED, **facts), BY).list == expected


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, PupilStatus.NOT_STARTED),
        ({"may_apply": True}, PupilStatus.NOT_APPLIED),
        ({"is_own": False}, PupilStatus.OTHER_LA),
        ({"is_funded": True}, PupilStatus.CARRYING_ON),
        ({"is_funded": True, "is_phase_leaver": True}, PupilStatus.LEAVING),
    ],
)
def test_school_is_asked_only_of_a_plan_without_a_band(facts, status):
    assert standing_of(Facts(**facts), BY).status == status


def test_list_says_why_somebody_leaves_or_stays():
    leaver = replace(FUNDED, is_phase_leaver=True)
    stays = replace(leaver, reason_to_stay="No place yet")
    anew = replace(FUNDED, placed_past_end=dt.date(2026, 9, 1))
    told = [standing_of(facts, BY).why for facts in (FUNDED, leaver, stays, anew)]
    assert told == [
        *("", PHASE_LEAVER, "Staying on: No place yet"),
        f"{PHASE_LEAVER}, and is placed with you from 1 Sep 2026",
    ]


@pytest.mark.parametrize(
    ("group", "start", "end", "expected"),
    [
        (6, dt.date(2025, 9, 1), None, True),
        (7, dt.date(2025, 9, 1), None, True),
        (5, dt.date(2025, 9, 1), None, False),
        (6, dt.date(2026, 9, 1), None, False),  # came after the year had ended
        (6, AUGUST, None, True),
        (6, dt.date(2025, 9, 1), AUGUST, False),  # has gone already
        (6, dt.date(2025, 9, 1), dt.date(2026, 9, 1), True),
    ],
)
def test_phase_leaver_was_there_in_the_last_year_group(group, start, end, expected):
    assert is_phase_leaver(group, start, end, AUGUST, (4, 11)) is expected


def test_school_of_unknown_ages_has_no_phase_leaver():
    assert not is_phase_leaver(6, dt.date(2025, 9, 1), None, AUGUST, (None, None))
