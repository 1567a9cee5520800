"""Why an amount is another one than a term before, in words (F9)."""

from decimal import Decimal

import pytest

from funding.calculation.differences import PupilTerm, difference_sentence, why_different

NOBODY = PupilTerm()


def term(**changed):
    usual = {
        "band": "Band B",
        "annual": Decimal("3660.00"),
        "days": 122,
        "period_days": 122,
        "allocation": Decimal("1220.00"),
    }
    return PupilTerm(**{**usual, **changed})


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (NOBODY, NOBODY, []),
        (term(), term(), []),
        (NOBODY, term(), ["Joined"]),
        (term(), NOBODY, ["Left"]),
        (term(), term(band="Band C"), ["Band C, before Band B"]),
        (
            term(),
            term(annual=Decimal("3700.00")),
            ["Band B is worth £3,700.00 a year, before £3,660.00"],
        ),
        (term(), term(annual=None), ["Band B is worth an unknown amount a year, before £3,660.00"]),
        (
            term(),
            term(days=62, period_days=90, allocation=Decimal("620.00")),
            ["62 of 90 days, before all 122 days"],
        ),
        (
            term(),
            term(days=90, period_days=90, allocation=Decimal("915.00")),
            ["The term’s share of the year"],
        ),
        (
            term(share="4/12"),
            term(annual=Decimal("3700.00"), share="5/12", allocation=Decimal("1541.67")),
            [
                "Band B is worth £3,700.00 a year, before £3,660.00",
                "The term is 5/12 of a year, before 4/12",
            ],
        ),
        (
            term(exceptional=Decimal("100.00")),
            term(adjustment=Decimal("-61.00")),
            [
                "Exceptional amount £0.00, before £100.00",
                "Adjustments −£61.00, before £0.00",
            ],
        ),
        (
            NOBODY,
            PupilTerm(adjustment=Decimal(10)),
            ["Adjustments £10.00, before £0.00"],
        ),
        (term(), term(protection=Decimal(5)), ["Protection £5.00, before £0.00"]),
    ],
)
def test_pupil(was, now, said):
    assert why_different(was, now) == said


def test_total_is_of_all_kinds():
    assert term(exceptional=Decimal(1), protection=Decimal(2), adjustment=Decimal(-3)).total == 1220


def sentence(before, now, *steps):
    return difference_sentence(
        school="Alderbrook",
        term="Spring term 2027",
        before_term="Autumn term 2026",
        before=Decimal(before),
        now=Decimal(now),
        steps=[(label, Decimal(amount)) for label, amount in steps],
    )


def test_school_that_is_paid_less():
    said = sentence("1525.00", "1220.00", ("joiners", "0"), ("leavers", "-310"), ("dates", "5"))
    assert said == (
        "Alderbrook is paid £1,220.00 for Spring term 2027, £305.00 less than the £1,525.00 for "
        "Autumn term 2026: leavers −£310.00 and dates +£5.00."
    )


def test_school_that_is_paid_more_for_one_reason():
    assert sentence("0", "10", ("joiners", "10")).endswith(
        "£10.00 more than the £0.00 for Autumn term 2026: joiners +£10.00."
    )


def test_school_that_is_paid_the_same():
    assert sentence("5", "5", ("joiners", "1"), ("leavers", "-1")).endswith(
        "is paid £5.00 for Spring term 2027, as much as for Autumn term 2026."
    )
