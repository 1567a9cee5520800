"""The columns of ledger files as an authority says them itself (F18)."""

import csv
import datetime as dt
import io
from decimal import Decimal
from functools import partial

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.choices import DayFormat, Delimiter
from funding.ledger.layouts import LAYOUTS
from funding.ledger.own_layout import (
    JOURNAL_WORDS,
    PAYABLE_WORDS,
    read_journal,
    read_payables,
    written,
)
from funding.ledger.services import (
    make_ledger_files,
    set_ledger_code,
    set_own_layout,
    set_up_ledger,
)
from funding.models import LedgerFile, OwnLayout
from tests.banding.races import at_once
from tests.factories import SchoolFactory, person
from tests.funding.funded import funded_pupil
from tests.funding.published import published

JOURNAL = """GL date: posting date
Company: “01”
Cost centre: Cost Centre
Code: subjective code
Value: amount below zero for a credit
Text: description"""
PAYABLES = """Vendor: payee reference
Invoice: document number
Due: pay date
Net: amount without a sign
Type: INV or CRN"""
AMOUNTS = (
    "“amount below zero for a credit”, or “debit” and “credit”, or “amount without a sign” and "
    "“D or C”"
)
TYPED = {"delimiter": ";", "day": DayFormat.DAY_FIRST, "journal": JOURNAL, "payables": PAYABLES}


def test_columns_are_read_and_written_again():
    columns, problems = read_journal(JOURNAL)
    assert problems == []
    assert columns[:3] == (("GL date", "date"), ("Company", "=01"), ("Cost centre", "cost_centre"))
    assert read_journal(written(columns, JOURNAL_WORDS)) == (columns, [])


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_shape_there_is_can_be_written_so(layout):
    journal, payables = (
        written(layout.journal, JOURNAL_WORDS),
        written(layout.payables, PAYABLE_WORDS),
    )
    assert read_journal(journal) == (layout.journal, [])
    assert read_payables(payables) == (layout.payables, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Colour", "Line 7: write a heading, a colon and what stands under it."),
        (": debit", "Line 7: write a heading, a colon and what stands under it."),
        ("Text: debit", "Line 7: the heading “Text” is there twice."),
        ("Name: pupil", "Line 7: “pupil” is nothing that can stand there."),
        ("N: “01", "Line 7: “01” is nothing that can stand there."),
        ("x" * 61 + ": debit", "Line 7: the heading is longer than 60 characters."),
    ],
)
def test_line_that_makes_no_sense_is_named(line, said):
    _, problems = read_journal(f"{JOURNAL}\n{line}")
    assert [problem.replace("““", "“") for problem in problems] == [said.replace("““", "“")]


def test_what_could_not_be_booked_is_asked_for():
    _, problems = read_journal("Value: debit")
    assert problems == [
        "A column is missing for “posting date”.",
        "A column is missing for “cost centre”.",
        "A column is missing for “subjective code”.",
        f"A column is missing for {AMOUNTS}.",
    ]
    _, problems = read_payables("Vendor: payee reference\nNet: amount without a sign")
    assert [problem[:40] for problem in problems] == [
        "A column is missing for “document number",
        "A column is missing for “amount below ze",
    ]


def test_more_columns_than_any_ledger_takes_are_refused():
    many = "\n".join(f"Column {n}: description" for n in range(41))
    assert "There are more than 40 columns." in read_journal(many)[1]


@pytest.fixture
def by(db):
    return person(Role.FINANCE_OFFICER)


def set_own(by, **more):
    wish = TYPED | {"journal": read_journal(JOURNAL)[0], "payables": read_payables(PAYABLES)[0]}
    return set_own_layout(**(wish | more), by=by)


def set_up(by):
    return set_up_ledger(
        layout="own", contra_cost_centre="C", contra_subjective="S", vat_code="", carries=False,
        by=by,
    )  # fmt: skip


def test_own_layout_is_not_chosen_before_it_is_said(by):
    with pytest.raises(RefusalError, match="Your own layout"):
        set_up(by)


def test_files_have_those_columns_and_come_to_the_control_total(by, autumn):
    funded_pupil(SchoolFactory())
    funded_pupil(SchoolFactory(payee_reference="=T100", type_group_code=10))
    run = published(autumn)
    set_own(by)
    set_up(by)
    set_ledger_code(section="", sector="", cost_centre="SEN1", subjective="4100", by=by)
    make_ledger_files(run=run, posting_date=dt.date(2026, 12, 31), by=by)
    journal, payables = (rows_of(kind) for kind in ("journal", "payables"))
    assert list(journal[0]) == ["GL date", "Company", "Cost centre", "Code", "Value", "Text"]
    assert {row["GL date"] for row in journal} == {"31122026"}
    assert {row["Company"] for row in journal} == {"01"}
    assert sum(Decimal(row["Value"]) for row in journal) == 0
    booked = sum(Decimal(row["Value"]) for row in journal if row["Code"] == "4100")
    assert booked == Decimal("1220.00")
    [row] = payables
    assert (booked + Decimal(row["Net"]), row["Type"]) == (run.control_total, "INV")
    assert row["Vendor"] == "'=T100"  # text stays text (T9)


def rows_of(kind):
    content = bytes(LedgerFile.objects.get(kind=kind).content).decode()
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_it_at_once_one_stands(by):
    delimiters = [Delimiter.COMMA, Delimiter.BAR]
    done = at_once([partial(set_own, by, delimiter=each) for each in delimiters])
    assert all(isinstance(each, OwnLayout) for each in done)
    assert OwnLayout.objects.get().delimiter in delimiters


@pytest.mark.django_db
def test_page_begins_with_a_shape_and_keeps_what_is_typed(by, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    address = reverse("funding:own_layout")
    assertContains(client.get(address), "Posting date: posting date")
    wrong = client.post(address, TYPED | {"journal": f"{JOURNAL}\nName: pupil"})
    assertContains(wrong, "“pupil” is nothing that can stand there")
    assertContains(wrong, "Name: pupil")
    assert not OwnLayout.objects.exists()
    assertRedirects(client.post(address, TYPED), reverse("funding:ledger_codes"))
    assertContains(client.get(address), "Company: “01”")
