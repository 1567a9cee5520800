"""Which of several changes explains an adjustment; no database (F8)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from funding.calculation.causes import Change, Difference, cause_of, days_added
from funding.calculation.pieces import Rate, pieces_of
from funding.choices import CauseKind

HERE, THERE = "here", "there"
POUNDS = Decimal(3660)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
NOVEMBER, YEAR_ENDS = dt.date(2026, 11, 1), dt.date(2026, 12, 31)
REST = ((NOVEMBER, dt.date.max),)


def change(kind=CauseKind.PLACEMENT, minutes=0, **fields):
    at = NOON + dt.timedelta(minutes=minutes)
    return Change(kind, "said", "by", at, **({"days": REST} | fields))


def gone(missing=CauseKind.PLACEMENT):
    return Difference(HERE, (NOVEMBER, YEAR_ENDS), None, POUNDS, "B", "B", missing)


def come():
    return Difference(HERE, (NOVEMBER, YEAR_ENDS), POUNDS, None, "B")


def other_value():
    return Difference(HERE, (NOVEMBER, YEAR_ENDS), POUNDS, POUNDS * 2, "B", "B")


def other_band():
    return Difference(HERE, (NOVEMBER, YEAR_ENDS), POUNDS, POUNDS * 2, "C", "B")


def test_without_a_change_nothing_is_made_up():
    assert cause_of(gone(), []) is None


def test_change_before_the_last_run_is_no_cause():
    found = [change(place=HERE, adds=False)]
    assert cause_of(gone(), found, since=NOON + dt.timedelta(minutes=16)) is None
    assert cause_of(gone(), found, since=NOON + dt.timedelta(minutes=14)) is found[0]


def test_the_last_that_made_it_due_is_the_cause():
    placed = change(place=HERE, adds=True)
    agreed = change(CauseKind.DECISION, minutes=5)
    assert cause_of(come(), [agreed, placed]) is agreed
    assert cause_of(come(), [change(place=THERE, adds=False), placed]) is placed


def test_change_that_begins_where_the_difference_does_explains_it_best():
    begins = change(CauseKind.DECISION, days=REST)
    covers = change(CauseKind.PLAN, minutes=9, days=((dt.date(2021, 12, 4), dt.date.max),))
    assert cause_of(other_band(), [covers, begins]) is begins


def test_what_the_run_may_not_have_seen_yet_comes_last():
    before, after = change(minutes=-5, place=HERE, adds=True), change(CauseKind.DECISION, 5)
    assert cause_of(come(), [after, before], since=NOON) is after
    assert cause_of(come(), [before], since=NOON) is before


def test_fact_that_is_missing_is_the_only_cause():
    left, ended = change(place=HERE, adds=False), change(CauseKind.PLAN, minutes=9, adds=False)
    assert cause_of(gone(), [left, ended]) is left
    assert cause_of(gone(CauseKind.PLAN), [left, ended]) is ended


@pytest.mark.parametrize(
    ("difference", "place", "adds", "fits"),
    [
        (gone(), HERE, False, True),
        (gone(), HERE, True, False),
        (gone(), THERE, True, True),
        (gone(), THERE, False, False),
        (come(), HERE, True, True),
        (come(), HERE, False, False),
        (come(), THERE, False, True),
        (come(), THERE, True, False),
    ],
)
def test_placement_goes_the_right_way(difference, place, adds, fits):
    found = change(place=place, adds=adds)
    assert (cause_of(difference, [found]) is found) is fits


def test_value_explains_another_value_and_a_decision_another_band():
    value, decision = change(CauseKind.VALUE, minutes=5), change(CauseKind.DECISION)
    assert cause_of(other_value(), [value, decision]) is value
    assert cause_of(other_band(), [value, decision]) is decision
    assert cause_of(other_value(), [decision]) is None


def test_change_of_other_days_is_no_cause():
    found = change(CauseKind.VALUE, days=((dt.date(2027, 1, 1), dt.date.max),))
    assert cause_of(other_value(), [found]) is None


def test_superseding_goes_before_what_it_superseded():
    entered, left = change(CauseKind.DECISION), change(CauseKind.DECISION, 1, counts=False)
    assert cause_of(other_band(), [entered, left]) is entered


def test_days_added():
    one, two, three = (dt.date(2026, month, 1) for month in (9, 10, 11))
    assert days_added((one, None), (one, two)) == []
    assert days_added((one, two), (one, None)) == [(dt.date(2026, 10, 2), dt.date.max)]
    assert days_added((two, None), (one, None)) == [(one, dt.date(2026, 9, 30))]
    assert days_added((one, one), (two, three)) == [(two, three)]


def pieces(due, published, difference):
    days = (dt.date(2026, 9, 1), YEAR_ENDS)
    found = pieces_of(
        due,
        published,
        difference=Decimal(difference),
        days=days,
        share_of=lambda start, end: Fraction((end - start).days + 1, 366),
    )
    return [(each.start, each.end, each.due, each.published, each.amount) for each in found]


def test_pieces_are_the_days_that_differ():
    whole = Rate(dt.date(2026, 9, 1), YEAR_ENDS, POUNDS, "B")
    until = Rate(dt.date(2026, 9, 1), dt.date(2026, 10, 31), POUNDS, "B")
    assert pieces([until], [whole], "-610.00") == [
        (NOVEMBER, YEAR_ENDS, None, POUNDS, Decimal("-610.00"))
    ]


def test_pennies_go_to_the_largest_piece_and_more_is_a_piece_of_its_own():
    whole = Rate(dt.date(2026, 9, 1), YEAR_ENDS, POUNDS, "B")
    assert [amount for *_, amount in pieces([whole], [], "1220.01")] == [Decimal("1220.01")]
    unexplained = pieces([whole], [], "1000.00")
    assert [amount for *_, amount in unexplained] == [Decimal("-220.00"), Decimal("1220.00")]
    assert unexplained[0][2:4] == (None, None)


def test_no_difference_in_all_makes_no_piece():
    half, other = (Rate(day, day, POUNDS, "B") for day in (NOVEMBER, YEAR_ENDS))
    assert pieces([half], [other], "0.00") == []
