from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from funding.calculation import (
    AgreedBand,
    BandValue,
    FundingRules,
    Period,
    Placement,
    Plan,
    PupilHistory,
    SchoolCalendar,
    Working,
    calculate_pupil,
    working_sentence,
)
from schools.choices import PlanType

AUTUMN = Period("autumn", date(2026, 9, 1), date(2026, 12, 31), 4, 12, date(2026, 10, 1))
PUPIL = PupilHistory(
    "P1",
    "881",
    [Placement(100001, "mainstream", date(2026, 9, 1), date(2027, 7, 31))],
    [Plan(PlanType.EHCP, date(2026, 10, 31))],
    [AgreedBand("old", "3", date(2026, 9, 1), source="moderation outcome 12 October")],
)
VALUES = [BandValue("old", "3", "mainstream", date(2018, 10, 1), Decimal("4044.00"))]


def sentence(pupil=PUPIL, method="calendar_days", values=VALUES, **changes):
    rules = FundingRules(la_code="881", method=method, values=values, **changes)
    (line,) = calculate_pupil(pupil, AUTUMN, rules).lines
    return working_sentence(line)


def test_working_of_calendar_days():
    assert sentence() == (
        "£685.05 = £4,044.00 × 4/12 × 62 of 122 days. On roll from 1 September 2026; EHCP from "
        "31 October 2026; Band 3 since 1 September 2026 by moderation outcome 12 October; "
        "value from 1 October 2018."
    )


def test_working_names_an_end_that_cut_the_line():
    left = replace(PUPIL, placements=[replace(PUPIL.placements[0], end=date(2026, 12, 12))])
    assert "On roll from 1 September 2026 to 12 December 2026; " in sentence(left)


def test_working_of_a_whole_period():
    early = replace(PUPIL, plans=[Plan(PlanType.EHCP, date(2025, 2, 3))])
    assert sentence(early, "whole_period") == (
        "£1,348.00 = £4,044.00 × 4/12. Counted on 1 October 2026; On roll from 1 September 2026; "
        "EHCP from 3 February 2025; Band 3 since 1 September 2026 by moderation outcome "
        "12 October; value from 1 October 2018."
    )


def test_working_of_school_days():
    calendar = SchoolCalendar(frozenset({date(2026, 9, 1), date(2026, 11, 2), date(2026, 11, 3)}))
    text = sentence(method="school_days", school_calendar=calendar)
    assert text.startswith(
        "£2,696.00 = £4,044.00 × 2 of 3 school days of the financial year. On roll from "
    )


def test_working_for_another_authority():
    text = sentence(replace(PUPIL, responsible_la="919"))
    assert text.startswith(
        "£0.00, for information: Hertfordshire (919) is responsible for this pupil. "
    )


@pytest.mark.parametrize("values", [[], [replace(VALUES[0], annual=None)]])
def test_working_without_a_value(values):
    text = sentence(values=values)
    assert text.startswith("No amount yet: Band 3 has no value here. On roll from ")
    assert "value from" not in text


def test_working_of_a_stored_row_without_placement_and_plan():
    stored = Working(
        kind="allocation",
        amount=Decimal("685.05"),
        annual=Decimal("4044.00"),
        numerator=4,
        denominator=12,
        days=62,
        period_days=122,
        start=date(2026, 10, 31),
        end=date(2026, 12, 31),
        band_name="Band 3",
        band_since=date(2026, 10, 31),
        value_from=date(2018, 10, 1),
    )
    assert working_sentence(stored) == (
        "£685.05 = £4,044.00 × 4/12 × 62 of 122 days. Paid from 31 October 2026 to "
        "31 December 2026; Band 3 since 31 October 2026; value from 1 October 2018."
    )
