"""Ledger files of a published run: codes, payees, a journal that balances, payables (F18)."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.ledger.services import (
    make_ledger_files,
    set_ledger_code,
    set_payees,
    set_up_ledger,
)
from funding.models import LedgerCode, LedgerFile, LedgerSetup
from schools.services.pupils import end_placement
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published

DAY = dt.date(2026, 12, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def schools(period):
    """A maintained school with two pupils, two academies of a trust with one each."""
    own = SchoolFactory(name="Alder Primary")
    one = SchoolFactory(name="Birch Academy", type_group_code=10, payee_reference="T100")
    two = SchoolFactory(name="Cedar Academy", type_group_code=10, payee_reference="T100")
    for school in (own, own, one, two):
        funded_pupil(school, surname="Nobodyknows")
    return own, one, two


@pytest.fixture
def codes(by):
    setup(by)
    set_ledger_code(section="", sector="", cost_centre="SEN1", subjective="4100", by=by)
    set_ledger_code(section="1.2.2", sector="", cost_centre="SEN2", subjective="4200", by=by)


def setup(by, **fields):
    wanted = {"layout": "two-columns", "contra_cost_centre": "BAL", "contra_subjective": "9999"}
    wanted |= {"vat_code": "0", "carries": False} | fields
    return set_up_ledger(**wanted, by=by)


def rows_of(file, delimiter=","):
    return list(csv.DictReader(io.StringIO(bytes(file.content).decode()), delimiter=delimiter))


def test_journal_balances_and_payables_are_by_payee(schools, period, codes, by):
    run = published(period)
    journal, payables = make_ledger_files(run=run, posting_date=DAY, by=by)
    assert [tuple(row.values()) for row in rows_of(journal)] == [
        (
            *("31/12/2026", "SEN1", "4100", "2440.00", ""),
            *("Autumn term 2026, Alder Primary", "2026-autumn-1"),
        ),
        (
            *("31/12/2026", "BAL", "9999", "", "2440.00"),
            *("Autumn term 2026, Other side of this journal", "2026-autumn-1"),
        ),
    ]
    found = [(row["Supplier number"], row["Type"], row["Amount"]) for row in rows_of(payables)]
    assert found == [("T100", "INV", "1220.00"), ("T100", "INV", "1220.00")]
    assert {row["Cost centre"] for row in rows_of(payables)} == {"SEN2"}
    assert journal.total + payables.total == run.control_total
    content = bytes(journal.content) + bytes(payables.content)
    assert b"Nobodyknows" not in content


@pytest.mark.parametrize(("layout", "delimiter"), [("signed", ","), ("flagged", "\t")])
def test_other_layouts_hold_the_same_money(schools, period, codes, by, layout, delimiter):
    setup(by, layout=layout)
    journal, payables = make_ledger_files(run=published(period), posting_date=DAY, by=by)
    amounts = [Decimal(row["Amount"]) for row in rows_of(journal, delimiter)]
    assert amounts == [Decimal("2440.00"), Decimal("-2440.00" if layout == "signed" else "2440.00")]
    paid = [Decimal(row["Amount"]) for row in rows_of(payables, delimiter)]
    assert sum(paid) == payables.total


def test_leaver_of_an_academy_is_a_credit_note_or_waits(schools, period, codes, by):
    published(period)
    pupil = schools[1].placements.get().pupil
    end_placement(
        placement=pupil.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    second = published(period)
    _, payables = make_ledger_files(run=second, posting_date=DAY, by=by)
    [row] = rows_of(payables)
    assert (row["Type"], row["Amount"], payables.carried) == ("CRN", "610.00", 0)
    setup(by, carries=True)
    _, payables = make_ledger_files(run=second, posting_date=DAY, by=by)
    assert (rows_of(payables), payables.carried) == ([], Decimal("-610.00"))
    funded_pupil(schools[2])
    third = published(period)
    _, payables = make_ledger_files(run=third, posting_date=DAY, by=by)
    assert [row["Amount"] for row in rows_of(payables)] == ["610.00", "1220.00"]
    assert (payables.total, payables.brought) == (Decimal("610.00"), Decimal("-610.00"))


def test_debt_that_waits_is_not_lost_when_nothing_waits_any_more(schools, period, codes, by):
    setup(by, carries=True)
    published(period)
    pupil = schools[1].placements.get().pupil
    end_placement(
        placement=pupil.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    second = published(period)
    make_ledger_files(run=second, posting_date=DAY, by=by)
    setup(by, carries=False)
    funded_pupil(schools[0])
    third = published(period)
    _, payables = make_ledger_files(run=third, posting_date=DAY, by=by)
    found = [(row["Supplier number"], row["Type"], row["Amount"]) for row in rows_of(payables)]
    assert found == [("T100", "CRN", "610.00")]
    make_ledger_files(run=third, posting_date=DAY, by=by)
    with pytest.raises(RefusalError, match="are made already and took along what was carried"):
        make_ledger_files(run=second, posting_date=DAY, by=by)
    setup(by, carries=True)
    make_ledger_files(run=second, posting_date=DAY, by=by)


def test_files_are_kept_as_they_were_made(schools, period, codes, by):
    run = published(period)
    first = [bytes(each.content) for each in make_ledger_files(run=run, posting_date=DAY, by=by)]
    set_ledger_code(section="1.2.2", sector="", cost_centre="OTHER", subjective="1", by=by)
    kept = LedgerFile.objects.filter(run=run).order_by("kind")
    assert [bytes(each.content) for each in kept] == first
    make_ledger_files(run=run, posting_date=DAY, by=by)
    assert b"OTHER" in bytes(kept.get(kind="payables").content)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "this one can still change"),
        ("no setup", "Say on “Ledger codes” first"),
        ("no code", "There is no ledger code for Maintained schools: Alder Primary."),
    ],
)
def test_files_are_refused_without_what_they_need(schools, period, by, state, said):
    run = draft(period) if state == "draft" else published(period)
    if state != "no setup":
        setup(by)
    set_ledger_code(section="1.2.2", sector="", cost_centre="SEN2", subjective="1", by=by)
    with pytest.raises(RefusalError, match=said):
        make_ledger_files(run=run, posting_date=DAY, by=by)
    assert not LedgerFile.objects.exists()


def test_pages_set_codes_and_make_the_files(schools, period, officer):
    run = published(period)
    page = reverse("funding:run_ledger", args=[run.pk])
    day = {"posting_date_0": "31", "posting_date_1": "12", "posting_date_2": "2026"}
    assertContains(officer.post(page, day), "Say on “Ledger codes” first")
    shape = {"layout": "signed", "carries": "wait"}
    shape |= {"contra_cost_centre": "BAL", "contra_subjective": "9"}
    officer.post(reverse("funding:ledger_setup"), shape)
    assert LedgerSetup.objects.get().carries
    assertContains(officer.get(reverse("funding:ledger_setup")), "BAL")
    codes = reverse("funding:ledger_codes")
    assertContains(officer.post(codes, {}), "Enter the cost centre")
    chosen = {"section": "all", "sector": "all"}
    officer.post(codes, chosen | {"cost_centre": "SEN1", "subjective": "4100"})
    assertContains(officer.get(codes), "SEN1")
    made = officer.post(page, day, follow=True)
    assertContains(made, "a journal of £2,440.00 on each side, and payables of £2,440.00")
    for file in LedgerFile.objects.all():
        sent = officer.get(reverse("funding:ledger_file", args=[file.pk]))
        assert sent.content == bytes(file.content)
    officer.post(reverse("funding:ledger_code_remove", args=[LedgerCode.objects.get().pk]))
    assertContains(officer.get(codes), "No codes yet")


def test_auditor_reads_and_changes_nothing(schools, period, sign_in):
    run, auditor = published(period), sign_in(Role.AUDITOR)
    page = auditor.get(reverse("funding:run_ledger", args=[run.pk]))
    assertContains(page, "No ledger files have been made")
    assertNotContains(page, "Make the files")
    assertNotContains(auditor.get(reverse("funding:ledger_codes")), "Add or change a code")


def test_payees_are_set_many_at_once(period, officer):
    one, two = SchoolFactory(name="Alder"), SchoolFactory(name="Birch", payee_reference="OLD")
    given = {"references": f"{one.urn}, T100\n\n{two.urn}\tT100"}
    page = officer.post(reverse("funding:payees_set"), given, follow=True)
    assertContains(page, "The payee references of 2 schools changed.")
    one.refresh_from_db()
    assert one.payee_reference == "T100"
    found = officer.get(reverse("funding:payee_list"), {"search": "T100"})
    assertContains(found, "Birch")
    given = {"references": f"1\n{one.urn},A\n{one.urn},B"}
    wrong = officer.post(reverse("funding:payees_set"), given)
    assertContains(wrong, "There is no school with the URN “1”")
    assertContains(wrong, f"Line 3: {one.urn} is there twice")


def test_payee_counts_from_the_next_calculation(schools, period, by):
    run = published(period)
    set_payees(references={schools[1].urn: "NEW"}, by=by)
    assert set(run.lines.values_list("payee", flat=True)) == {"", "T100"}


@pytest.mark.parametrize("name", ["ledger_codes", "payee_list"])
def test_queries_do_not_grow(name, officer, by):
    def queries():
        with CaptureQueriesContext(connection) as found:
            officer.get(reverse(f"funding:{name}"))
        return len(found)

    set_ledger_code(section="", sector="", cost_centre="A", subjective="1", by=by)
    SchoolFactory()
    queries()
    first = queries()
    for sector in ("special", "mainstream"):
        set_ledger_code(section="", sector=sector, cost_centre="A", subjective="1", by=by)
        SchoolFactory()
    assert queries() == first


@pytest.mark.django_db(transaction=True)
def test_files_made_at_once_are_one_of_each(schools, period, codes):
    run = published(period)
    people = [person(Role.FINANCE_OFFICER) for _ in range(3)]
    at_once([lambda by=by: make_ledger_files(run=run, posting_date=DAY, by=by) for by in people])
    assert sorted(LedgerFile.objects.values_list("kind", flat=True)) == ["journal", "payables"]
    assert len(set(LedgerFile.objects.values_list("made_by", flat=True))) == 1
