"""Remittances: who is paid, each to print, and all in one file (F17)."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.exports.remittances import write_remittances
from funding.models import Line, RemittanceExport, Run
from funding.selectors.remittances import payees_of, remittances_of
from funding.services.exports import start_remittances
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def schools(period):
    """Two of a trust, one of its own, and a pupil of another authority there."""
    one = SchoolFactory(name="Alder Academy", payee_reference="T/100")
    two = SchoolFactory(name="Birch Academy", payee_reference="T/100")
    own = SchoolFactory(name="Cedar Primary", urn="123456")
    for school in (one, two, own, own):
        funded_pupil(school, surname="Nobodyknows")
    funded_pupil(own, responsible_la="998")
    return one, two, own


@pytest.fixture
def run(schools, period):
    return published(period)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def packed(run):
    file = io.BytesIO()
    return write_remittances(run, file), zipfile.ZipFile(file)


def test_trust_is_one_payee_and_a_school_without_a_reference_its_own(run):
    found = [(row["paid_to"], row["name"], row["schools"], row["amount"]) for row in payees_of(run)]
    assert found == [
        ("T/100", "Alder Academy", 2, Decimal("2440.00")),
        ("123456", "Cedar Primary", 1, Decimal("2440.00")),
    ]
    assert [(each.payee, each.name, each.lines, each.total) for each in remittances_of(run)] == [
        ("123456", "Cedar Primary", 2, Decimal("2440.00")),
        ("T/100", "2 schools", 2, Decimal("2440.00")),
    ]


def test_zip_holds_a_page_a_payee_and_their_list(run):
    result, file = packed(run)
    assert (result.payees, result.lines, result.total) == (2, 4, run.control_total)
    assert file.namelist() == [
        "remittances/0001-2026-autumn-run-1-123456.html",
        "remittances/0002-2026-autumn-run-1-T-100.html",
        "payees.csv",
    ]
    page = file.read("remittances/0002-2026-autumn-run-1-T-100.html").decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "Birch Academy" in page
    assert "£2,440.00" in page
    assert "Nobodyknows" not in page
    rows = list(csv.DictReader(io.StringIO(file.read("payees.csv").decode())))
    assert sum(Decimal(row["Amount"]) for row in rows) == run.control_total


def test_same_run_gives_the_same_bytes(run):
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_remittances(run, file)
    assert files[0].getvalue() == files[1].getvalue()


def test_draft_says_so_in_every_file(schools, period):
    _, file = packed(draft(period))
    assert all("Draft, not published" in file.read(name).decode() for name in file.namelist())


def test_remittances_that_do_not_add_up_are_not_made(schools, period):
    run = draft(period)
    Run.objects.filter(pk=run.pk).update(control_total=1)
    with pytest.raises(
        RefusalError, match=r"add up to £4,880\.00, but the control total is £1\.00"
    ):
        packed(run)


def test_list_leads_to_each_and_finds_by_school(run, officer):
    page = reverse("funding:remittance_list", args=[run.pk])
    shown = officer.get(page)
    assertContains(shown, "Alder Academy and 1 more")
    assertContains(shown, reverse("funding:remittance", args=[run.pk, "123456"]))
    found = officer.get(page, {"search": "birch"})
    assertContains(found, "T/100")
    assertNotContains(found, "Cedar Primary")
    assertContains(officer.get(page, {"search": "zzz"}), "No payees match")


def test_page_of_a_school_shows_its_payee(run, schools, officer):
    page = officer.get(reverse("funding:remittance", args=[run.pk, schools[1].urn]))
    assertContains(page, "Alder Academy")
    assertContains(page, "£2,440.00")
    assertNotContains(page, "Nobodyknows")
    assert officer.get(reverse("funding:remittance", args=[run.pk, "999999"])).status_code == 404


def test_file_is_made_once_followed_and_downloaded(run, officer):
    make = reverse("funding:remittances_make", args=[run.pk])
    officer.post(make)
    officer.post(make)
    job = RemittanceExport.objects.get()
    detail = reverse("funding:remittances_detail", args=[job.pk])
    assert officer.get(detail).status_code == 200
    work_on(job)
    page = reverse("funding:remittance_list", args=[run.pk])
    assertRedirects(officer.get(detail), page)
    assertContains(officer.get(page), "remittances-2026-autumn-run-1.zip")
    sent = officer.get(reverse("funding:remittances_file", args=[job.pk]))
    assert "payees.csv" in zipfile.ZipFile(io.BytesIO(sent.content)).namelist()


def test_command_prints_payees_and_total(run, tmp_path):
    path, out = tmp_path / "all.zip", io.StringIO()
    call_command(
        "export_remittances", "--run", str(run.pk), "--output", str(path), "--json", stdout=out
    )
    found = json.loads(out.getvalue())
    assert (found["payees"], found["lines"], found["total"]) == (2, 4, "4880.00")
    assert len(zipfile.ZipFile(path).namelist()) == 3


def queries_of(client, run):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("funding:remittance_list", args=[run.pk]))
    return len(queries)


def test_queries_of_the_list_do_not_grow(period, officer):
    funded_pupil(SchoolFactory())
    run = draft(period)
    queries_of(officer, run)
    first = queries_of(officer, run)
    for _ in range(2):
        funded_pupil(SchoolFactory())
    assert queries_of(officer, draft(period)) == first


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_file(run):
    people = [person(Role.FINANCE_OFFICER) for _ in range(2)]
    jobs = at_once([lambda by=by: start_remittances(run=run, by=by) for by in people])
    assert len({job.pk for job in jobs}) == 1
    assert Line.objects.filter(run=run).count() == 5
