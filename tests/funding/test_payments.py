"""Pay dates of payables, and what the ledger says is paid (F22)."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from banding_portal.jobs.results import silent
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.ledger.paying_back import import_payments
from funding.ledger.rules import Account, Booked, instalments_of
from funding.ledger.services import make_ledger_files, set_ledger_code, set_up_ledger
from funding.models import PayableDocument
from schools.services.pupils import end_placement
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

DAYS = [dt.date(2026, 12, 31), dt.date(2027, 1, 31), dt.date(2027, 2, 28)]
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    by = person(Role.FINANCE_OFFICER)
    contra = {"contra_cost_centre": "BAL", "contra_subjective": "9"}
    set_up_ledger(layout="two-columns", vat_code="", carries=False, **contra, by=by)
    set_ledger_code(section="", sector="", cost_centre="SEN", subjective="4", by=by)
    return by


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def school(period):
    school = SchoolFactory(name="Birch Academy", type_group_code=10, payee_reference="T100")
    funded_pupil(school)
    return school


@pytest.fixture
def run(school, period):
    return published(period)


def made(run, by, *days):
    return make_ledger_files(run=run, posting_date=DAYS[0], pay_dates=days, by=by)[1]


def rows_of(file):
    return list(csv.DictReader(io.StringIO(bytes(file.content).decode())))


def read(text):
    return import_payments(
        silent, filename="paid.csv", content=f"document,paid_on,amount\n{text}".encode()
    )


def test_without_pay_dates_it_is_the_posting_date(run, by):
    [row] = rows_of(made(run, by))
    found = (row["Document"], row["Pay date"], row["Amount"])
    assert found == ("2026-autumn-1-T100", "31/12/2026", "1220.00")


def test_payee_is_paid_in_equal_parts_that_add_up(run, by):
    file = made(run, by, *DAYS)
    rows = rows_of(file)
    assert [(row["Document"], row["Pay date"], row["Amount"]) for row in rows] == [
        ("2026-autumn-1.1-T100", "31/12/2026", "406.66"),
        ("2026-autumn-1.2-T100", "31/01/2027", "406.66"),
        ("2026-autumn-1.3-T100", "28/02/2027", "406.68"),
    ]
    assert sum(Decimal(row["Amount"]) for row in rows) == file.total == run.control_total
    assert file.lines == 3


def test_credit_note_is_whole_on_the_first_day(run, school, period, by):
    end_placement(
        placement=school.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    [row] = rows_of(made(published(period), by, *DAYS))
    assert (row["Type"], row["Pay date"], row["Amount"]) == ("CRN", "31/12/2026", "610.00")


amounts = st.decimals(-5000, 5000, places=2)


@given(st.lists(st.tuples(st.sampled_from("AB"), amounts), max_size=6), st.integers(1, 12))
def test_parts_always_add_up_to_the_rows(rows, count):
    account = Account("A", "1")
    paid = [Booked("1.2.2", who, who, "1", who, account, amount, "1") for who, amount in rows]
    days = [dt.date(2027, 1, 1) + dt.timedelta(days=each) for each in range(count)]
    parts = instalments_of(paid, days)
    for payee in "AB":
        due = sum(each.amount for each in paid if each.payee == payee)
        own = [part.booked.amount for part in parts if part.booked.payee == payee]
        assert sum(own) == due
    assert all(part.booked.amount == round(part.booked.amount, 2) for part in parts)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([DAYS[1], DAYS[0]], "in order, each once"),
        ([DAYS[0], DAYS[0]], "in order, each once"),
        ([dt.date(2026, 12, 30)], "before the posting date"),
        ([dt.date(2027, 1, each) for each in range(1, 14)], "12 pay dates at most"),
    ],
)
def test_pay_dates_that_make_no_sense_are_refused(run, by, days, said):
    with pytest.raises(RefusalError, match=said):
        made(run, by, *days)


def test_page_takes_a_day_a_line_and_names_what_is_none(run, by, sign_in):
    client, url = sign_in(Role.FINANCE_OFFICER), reverse("funding:run_ledger", args=[run.pk])
    day = {"posting_date_0": "31", "posting_date_1": "12", "posting_date_2": "2026"}
    wrong = client.post(url, day | {"pay_dates": "31 12 2026\nsoon"})
    assertContains(wrong, "“soon” is no date. Write each like 31 12 2026.")
    client.post(url, day | {"pay_dates": "31 12 2026\n\n31/1/2027"})
    assert list(PayableDocument.objects.values_list("pay_date", flat=True)) == DAYS[:2]


def test_ledger_says_what_is_paid(run, by, sign_in):
    made(run, by, *DAYS)
    result = read("2026-autumn-1.1-T100,31/12/2026,406.66\n2026-autumn-1.2-T100,2/2/2027,406.66\n")
    assert (result.issues, result.warnings) == ([], [])
    page = sign_in(Role.AUDITOR).get(reverse("funding:payment_list", args=[run.pk]))
    assertContains(page, "2 of 3 documents are paid, £813.32")
    assertContains(page, "Not yet", count=1)
    again = read("2026-autumn-1.1-T100,31/12/2026,406.66\n")
    assert again.preview["counts"] == {
        "payments": 1,
        "created": 0,
        "updated": 0,
        "unchanged": 1,
    }


def test_credit_note_is_read_with_its_minus(run, school, period, by):
    end_placement(
        placement=school.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    made(published(period), by)
    for amount in ("-610.00", "610.00-", "(610.00)", "−£610.00"):
        assert read(f"2026-autumn-2-T100,31/12/2026,{amount}\n").warnings == []
    assert PayableDocument.objects.get().paid_amount == Decimal("-610.00")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2026-autumn-9-T100,31/12/2026,1", "No payables file that was made has this document."),
        (
            "2026-autumn-1-T100,31/12/2026,1220\n2026-autumn-1-T100,31/12/2026,1220",
            "Row 2 already has this document.",
        ),
        ("2026-autumn-1-T100,31/31/2026,1220", ""),
        ("2026-autumn-1-T100,31/12/2026,much", "This is not"),
        ("2026-autumn-1-T100,,1220", ""),
        (",31/12/2026,1220", ""),
    ],
)
def test_file_with_a_mistake_changes_nothing(run, by, rows, said):
    made(run, by)
    result = read(f"{rows}\n")
    assert any(said in issue.message for issue in result.issues)
    assert PayableDocument.objects.get().paid_on is None


def test_another_amount_is_asked_about_and_kept(run, by):
    made(run, by)
    [warning] = read("2026-autumn-1-T100,31/12/2026,1000\n").warnings
    assert warning.message == "The payables file has £1,220.00 for it."
    assert PayableDocument.objects.get().paid_amount == Decimal("1000.00")


def test_files_of_which_some_is_paid_are_not_made_again(run, by):
    made(run, by)
    made(run, by, *DAYS)
    read("2026-autumn-1.1-T100,31/12/2026,406.66\n")
    with pytest.raises(RefusalError, match="The ledger has paid 1 document of these files"):
        made(run, by)
    assert PayableDocument.objects.count() == 3


def test_command_loads_payments(run, by, tmp_path, capsys):
    made(run, by)
    file = tmp_path / "paid.csv"
    file.write_text("document,paid_on,amount\n2026-autumn-1-T100,2026-12-31,1220.00\n")
    call_command("load_payments", str(file))
    assert capsys.readouterr().out == "1 payment: 1 new, 0 changed.\n"


def test_list_takes_the_same_queries_for_one_and_three(run, by, sign_in):
    client, counts = sign_in(Role.FINANCE_OFFICER), []
    for days in (DAYS[:1], DAYS):
        made(run, by, *days)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("funding:payment_list", args=[run.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
