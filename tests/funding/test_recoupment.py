"""Claims between authorities for each other's pupils (F16)."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.database.owner import as_who_connected
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.exports.recoupment import write_recoupment
from funding.models import Line
from funding.selectors.recoupment import claims_of_others, claims_on_others
from funding.selectors.runs import run_totals
from funding.selectors.verifying import verify
from funding.services.runs import calculate_run
from schools.models import Pupil
from schools.services.pupils import end_placement
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.published import draft, published

SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    """£3,660.00 a year: £1,220.00 for the term, £10.00 a day."""
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def corrections(run):
    return [
        (line.kind, line.responsible_la, line.claim, line.annual_value, line.was_annual)
        for line in run.lines.order_by("responsible_la", "start")
    ]


def test_claims_are_counted_by_authority_outside_the_total(period):
    school = SchoolFactory()
    for code in ("998", "998", "881"):
        funded_pupil(school, responsible_la=code)
    funded_pupil(school)
    run = draft(period)
    assert [(c.code, c.pupils, c.lines, c.amount) for c in claims_on_others(run)] == [
        ("881", 1, 1, Decimal("1220.00")),
        ("998", 2, 2, Decimal("2440.00")),
    ]
    assert run_totals(run).recoupment_total == Decimal("3660.00")
    assert run.control_total == Decimal("1220.00")


def test_band_without_a_value_is_counted_and_claims_nothing(period):
    funded_pupil(code="A", responsible_la="998")
    [claims] = claims_on_others(draft(period))
    assert (claims.unvalued, claims.amount) == (1, Decimal("0.00"))


def test_pupil_of_another_authority_at_a_school_elsewhere_is_nobodys_claim(period):
    funded_pupil(SchoolFactory(la_code="998"), responsible_la="998")
    run = draft(period)
    assert (claims_on_others(run), claims_of_others(run)) == ([], [])


def test_own_pupil_at_a_school_elsewhere_is_what_others_may_claim(period):
    funded_pupil(SchoolFactory(la_code="998"))
    run = draft(period)
    [claims] = claims_of_others(run)
    assert (claims.authority, claims.amount) == ("Eastmere (998)", Decimal("1220.00"))
    assert (claims_on_others(run), run.control_total) == ([], Decimal("1220.00"))


def test_leaver_is_corrected_by_the_next_run_and_no_further(period):
    pupil = funded_pupil(responsible_la="998")
    published(period)
    by = person(Role.SEND_OFFICER)
    end_placement(placement=pupil.placements.get(), end=OCTOBER, by=by)
    second = published(period)
    taken = ("recoupment", "998", Decimal("-610.00"), None, Decimal("3660.00"))
    assert corrections(second) == [taken]
    assert run_totals(second).recoupment_total == Decimal("-610.00")
    assert (second.control_total, verify(second).differences) == (Decimal("0.00"), ())
    assert not draft(period).lines.exists()


def test_pupil_of_yet_another_authority_is_claimed_from_that_one(period):
    pupil = funded_pupil(responsible_la="998")
    published(period)
    Pupil.objects.filter(pk=pupil.pk).update(responsible_la="881")
    pupil.former_facts.all().delete()
    assert corrections(draft(period)) == [
        ("recoupment", "881", Decimal("1220.00"), Decimal("3660.00"), None),
        ("recoupment", "998", Decimal("-1220.00"), None, Decimal("3660.00")),
    ]


def test_another_band_is_claimed_on_top_and_a_band_without_value_waits(period):
    pupil = funded_pupil(responsible_la="998")
    published(period)
    agree(pupil, "A", SEPTEMBER)
    assert corrections(draft(period)) == []
    set_value("A", "7320.00")
    more = ("recoupment", "998", Decimal("1220.00"), Decimal("7320.00"), Decimal("3660.00"))
    assert corrections(draft(period)) == [more]


def test_page_shows_both_ways_and_leads_to_the_letter(period, officer):
    funded_pupil(responsible_la="998")
    funded_pupil(SchoolFactory(la_code="881"))
    run = published(period)
    page = officer.get(reverse("funding:recoupment", args=[run.pk]))
    assertContains(page, "Eastmere (998)")
    assertContains(page, "Essex (881)")
    letter = reverse("funding:recoupment_letter", args=[run.pk, "998"])
    assertContains(page, letter)
    assertContains(
        officer.get(reverse("funding:run_detail", args=[run.pk])), page.request["PATH_INFO"]
    )


def test_letter_holds_the_claim_and_no_name(period, officer):
    pupil = funded_pupil(responsible_la="998", surname="Nobodyknows")
    run = published(period)
    page = officer.get(reverse("funding:recoupment_letter", args=[run.pk, "998"]))
    assertContains(page, "Claim for your pupils: Autumn term 2026")
    assertContains(page, "<strong>£1,220.00</strong>")
    assertContains(page, pupil.reference)
    assertNotContains(page, "Nobodyknows")
    assert (
        officer.get(reverse("funding:recoupment_letter", args=[run.pk, "881"])).status_code == 404
    )


def test_draft_says_that_nothing_is_claimed_from_it(period, officer):
    funded_pupil(responsible_la="998")
    run = draft(period)
    assertContains(
        officer.get(reverse("funding:recoupment", args=[run.pk])), "Do not claim from it"
    )
    text = officer.get(reverse("funding:recoupment_download", args=[run.pk, "csv"]))
    assert b"Draft, not published" in b"".join(text.streaming_content)


def test_run_without_such_pupils_says_so(period, officer):
    funded_pupil()
    page = officer.get(reverse("funding:recoupment", args=[draft(period).pk]))
    assertContains(page, "No pupil of another authority is at our schools in this run.")
    assertNotContains(page, "Download line by line")


def test_csv_excel_screen_and_database_agree(period, officer):
    funded_pupil(responsible_la="998", reference="=1+1")
    funded_pupil(SchoolFactory(la_code="881"))
    run = published(period)
    sent = officer.get(reverse("funding:recoupment_download", args=[run.pk, "csv"]))
    rows = list(csv.DictReader(io.StringIO(b"".join(sent.streaming_content).decode())))
    found = [(row["Direction"], row["Authority"], row["Amount"]) for row in rows]
    assert found == [
        ("We claim", "Eastmere (998)", "1220.00"),
        ("They may claim", "Essex (881)", "1220.00"),
    ]
    assert rows[0]["Pupil reference"] == "'=1+1"
    sent = officer.get(reverse("funding:recoupment_download", args=[run.pk, "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(sent.streaming_content)))
    assert [row[-1].value for row in book["Claims"].iter_rows(min_row=2)] == [1220, 1220]
    assert run_totals(run).recoupment_total == Decimal("1220.00")


def test_file_that_does_not_add_up_is_not_made(period):
    funded_pupil(responsible_la="998")
    run = draft(period)
    with as_who_connected():
        Line.objects.filter(run=run).update(claim=Decimal("1.00"))
    with pytest.raises(RefusalError, match=r"add up to £1\.00, but the run’s are £1,220\.00"):
        write_recoupment(run, "csv", io.BytesIO())


def test_school_is_told_nothing_of_a_claim(period, sign_in):
    pupil = funded_pupil(responsible_la="998")
    school = pupil.placements.get().school
    published(period)
    end_placement(placement=pupil.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))
    second = published(period)
    senco = sign_in(Role.SENCO, school=school)
    assert (
        senco.get(reverse("funding:statement_detail", args=[second.pk, school.pk])).status_code
        == 404
    )


def queries_of(client, run):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("funding:recoupment", args=[run.pk]))
    return len(queries)


def test_queries_do_not_grow_with_the_authorities(period, officer):
    funded_pupil(responsible_la="998")
    one = draft(period)
    queries_of(officer, one)
    first = queries_of(officer, one)
    for code in ("881", "201"):
        funded_pupil(responsible_la=code)
    assert queries_of(officer, draft(period)) == first


@pytest.mark.django_db(transaction=True)
def test_claim_is_corrected_once_whoever_calculates_at_once(period):
    pupil = funded_pupil(responsible_la="998")
    published(period)
    end_placement(placement=pupil.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))
    at_once([lambda: calculate_run(period=period, by=None)] * 3)
    assert Line.objects.filter(kind="recoupment").count() == 1
