"""Codes, the journal that balances, payables and what is carried (F18); pure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.ledger.layouts import JOURNAL_FACTS, LAYOUTS, PAYABLE_FACTS
from funding.ledger.rules import (
    Account,
    Booked,
    CodeRule,
    account_for,
    journal_of,
    problems_of,
    settle,
    total_of,
)

ALL, SECTION, SECTOR, BOTH = (Account(name, "1") for name in ("all", "section", "sector", "both"))
CONTRA = Account("contra", "9")
RULES = [
    CodeRule("", "", ALL),
    CodeRule("1.2.1", "", SECTION),
    CodeRule("", "special", SECTOR),
    CodeRule("1.2.1", "special", BOTH),
]


def booked(amount, payee="T1", run="1", urn="100001"):
    return Booked("1.2.2", payee, "A trust", urn, "A school", ALL, Decimal(amount), run)


@pytest.mark.parametrize(
    ("section", "sector", "found"),
    [
        ("1.2.1", "special", BOTH),
        ("1.2.2", "special", SECTOR),
        ("1.2.1", "mainstream", SECTION),
        ("1.2.3", "independent", ALL),
    ],
)
def test_code_that_says_most_is_taken(section, sector, found):
    assert account_for(RULES, section, sector) == found
    assert account_for(RULES[::-1], section, sector) == found


def test_without_a_code_there_is_none():
    assert account_for(RULES[1:2], "1.2.2", "mainstream") is None


def test_journal_has_a_line_a_school_and_the_other_side():
    lines = journal_of([booked("100.00"), booked("-30.00", urn="100002"), booked("0.00")], CONTRA)
    assert [(line.account, line.debit, line.credit) for line in lines] == [
        (ALL, Decimal("100.00"), Decimal("0.00")),
        (ALL, Decimal("0.00"), Decimal("30.00")),
        (CONTRA, Decimal("0.00"), Decimal("70.00")),
    ]


def test_journal_of_nothing_is_empty():
    assert journal_of([], CONTRA) == []
    lines = journal_of([booked("5.00"), booked("-5.00", urn="100002")], CONTRA)
    assert len(lines) == 2


AMOUNTS = st.lists(st.decimals(-9999, 9999, places=2), max_size=8)


def chain(runs, carries):
    """Each run settled after the other."""
    settled = []
    for run in runs:
        brought = settled[-1].carried if settled else ()
        settled.append(settle(brought, run, carries=carries))
    return settled


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=4), st.booleans())
def test_files_always_prove_themselves(maintained, runs, carries):
    """Every payee of every run, whatever is carried: journal and payables make the total."""
    journal = journal_of([booked(amount) for amount in maintained], CONTRA)
    paying = [
        [booked(amount, f"T{place % 3}", str(run)) for place, amount in enumerate(amounts)]
        for run, amounts in enumerate(runs)
    ]
    settled = chain(paying, carries)
    control = sum(maintained, Decimal(0)) + sum(runs[-1], Decimal(0))
    assert list(problems_of(journal, settled[-1], control)) == []
    paid = sum((each.total for each in settled), Decimal(0))
    assert paid + total_of(settled[-1].carried) == sum(map(sum, runs), Decimal(0))


def test_debt_waits_until_more_is_paid():
    first, second = [booked("-50.00")], [booked("30.00", run="2")]
    third = [booked("45.00", run="3"), booked("10.00", "T2", "3")]
    one, two, last = chain([first, second, third], carries=True)
    assert one.paid == ()
    assert two.carried == (first[0], second[0])
    assert [each.amount for each in last.paid] == [
        Decimal(amount) for amount in ("-50.00", "30.00", "45.00", "10.00")
    ]
    assert (total_of(last.brought), last.carried) == (Decimal("-20.00"), ())


def test_debt_is_a_credit_note_where_nothing_is_carried():
    settled = settle((), [booked("-50.00")], carries=False)
    assert ([each.amount for each in settled.paid], settled.carried) == ([Decimal("-50.00")], ())


def test_what_was_carried_is_credited_once_nothing_is_carried_any_more():
    settled = settle([booked("-50.00")], [booked("20.00", run="2")], carries=False)
    assert (settled.total, settled.carried) == (Decimal("-30.00"), ())


def test_bent_files_are_found():
    journal = journal_of([booked("100.00")], CONTRA)
    settled = settle((), [booked("20.00")], carries=False)
    assert list(problems_of(journal, settled, Decimal("120.00"))) == []
    [said] = problems_of(journal, settled, Decimal("121.00"))
    assert "its control total is £121.00" in said
    [unbalanced, _] = problems_of(journal[:1], settled, Decimal("1.00"))
    assert unbalanced == "The journal does not balance: £100.00 and £0.00."


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_layouts_ask_for_what_there_is_and_name_nobody(layout):
    assert {fact for _, fact in layout.journal} <= JOURNAL_FACTS
    assert {fact for _, fact in layout.payables} <= PAYABLE_FACTS
    assert {"cost_centre", "subjective", "date"} <= {fact for _, fact in layout.journal}
    assert not {"pupil", "reference_of_pupil", "upn"} & (JOURNAL_FACTS | PAYABLE_FACTS)
