from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.calculation import Adjustment, PaidAmount, work_out_adjustments


def paid(amount, pupil_id="P1", urn=100001, period="autumn"):
    return PaidAmount(period, urn, pupil_id, None if amount is None else Decimal(amount))


def test_adjustment_is_recalculated_less_everything_published():
    published = [paid("300.00"), paid("100.00"), paid("-50.00")]
    (adjustment,) = work_out_adjustments([paid("250.00"), paid("150.01")], published)
    assert adjustment == Adjustment("autumn", 100001, "P1", Decimal("400.01"), Decimal("350.00"))
    assert adjustment.amount == Decimal("50.01")


def test_no_difference_makes_no_line():
    assert work_out_adjustments([paid("75"), paid("25")], [paid("100.00")]) == []


def test_pupil_no_longer_funded_is_taken_back():
    (adjustment,) = work_out_adjustments([], [paid("100.00")])
    assert adjustment.amount == Decimal("-100.00")


def test_move_is_adjusted_at_each_school_by_period_school_and_pupil():
    new = [paid("60", urn=100002), paid("40"), paid("5", period="spring")]
    found = work_out_adjustments(new, [paid("100")])
    assert [(a.period, a.urn, a.amount) for a in found] == [
        ("autumn", 100001, -60),
        ("autumn", 100002, 60),
        ("spring", 100001, 5),
    ]


def test_unvalued_line_is_refused():
    with pytest.raises(ValueError, match="unvalued"):
        work_out_adjustments([paid(None)], [paid("100")])


amounts = st.lists(
    st.builds(
        PaidAmount,
        st.sampled_from(["autumn", "spring"]),
        st.integers(100001, 100002),
        st.sampled_from(["P1", "P2"]),
        st.decimals(-1000, 1000, places=2),
    )
)


@given(amounts, amounts)
def test_publishing_the_adjustments_leaves_nothing_to_adjust(new, old):
    adjustments = work_out_adjustments(new, old)
    now_published = [PaidAmount(a.period, a.urn, a.pupil_id, a.amount) for a in adjustments]
    assert work_out_adjustments(new, old + now_published) == []
