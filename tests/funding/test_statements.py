"""A school's statement: its own published lines, by name, on the page and in files."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import SCHOOL_ROLES, Role
from funding.models import Line, Run
from funding.selectors.statements import statement_for, statements_of
from funding.services.publishing import publish_run
from schools.models import Pupil
from schools.services.corrections import remove_placement
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


def page_of(run, school, *form) -> str:
    name = "statement_download" if form else "statement_detail"
    return reverse(f"funding:{name}", args=[run.pk, school.pk, *form])


def spring():
    period = PeriodFactory(
        code="2027-spring",
        name="Spring term 2027",
        start="2027-01-01",
        end="2027-03-31",
        count_date="2027-01-15",
        numerator=3,
    )
    period.refresh_from_db()
    return period


def summer():
    period = PeriodFactory(
        code="2027-summer",
        name="Summer term 2027",
        start="2027-04-01",
        end="2027-08-31",
        count_date="2027-04-15",
        numerator=5,
    )
    period.refresh_from_db()
    return period


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
def test_school_reads_what_is_paid_for_whom_and_why(role, period, school, sign_in):
    pupil = funded_pupil(school, surname="Khan", forename="Amira")
    funded_pupil(surname="Zebedee")
    run = published(period)
    client = sign_in(role, school=school)
    assertContains(client.get(reverse("funding:statement_list")), "£1,220.00")
    response = client.get(page_of(run, school))
    for text in (
        "Khan, Amira",
        pupil.reference,
        "£1,220.00 = £3,660.00 × 4/12 × 122 of 122 days. On roll from 1 September 2025;",
        school.name,
    ):
        assertContains(response, text)
    assertNotContains(response, "Zebedee")


def test_pupil_of_another_authority_is_listed_outside_the_total(period, school, sign_in):
    funded_pupil(school)
    funded_pupil(school, surname="Guest", responsible_la="888")
    response = sign_in(Role.SENCO, school=school).get(page_of(published(period), school))
    assertContains(response, "For information: pupils another authority pays for")
    assertContains(response, "£0.00, for information: Lancashire (888) is responsible")
    statement = response.context["statement"]
    assert (statement.total, statement.pupils) == (Decimal("1220.00"), 1)


def test_adjustments_stand_apart_and_count(period, school, sign_in):
    funded_pupil(school)
    next_term = spring()
    late = funded_pupil(school, surname="Late", start=next_term.start)
    published(period)
    late.placements.update(start=period.start)
    run = published(next_term)
    statement = sign_in(Role.SENCO, school=school).get(page_of(run, school)).context["statement"]
    assert (statement.paid_total, statement.adjustment_total, statement.total) == (
        Decimal("1830.00"),
        Decimal("1220.00"),
        Decimal("3050.00"),
    )


def test_statement_of_another_school_is_not_found(period, school, sign_in):
    other = SchoolFactory()
    funded_pupil(school)
    funded_pupil(other)
    run = published(period)
    client = sign_in(Role.HEADTEACHER, school=school)
    for form in ((), ("csv",), ("xlsx",)):
        assert client.get(page_of(run, other, *form)).status_code == 404


@pytest.mark.parametrize("make", [draft, checked])
def test_a_run_that_is_not_published_is_not_found(make, period, school, sign_in):
    funded_pupil(school)
    run = make(period)
    client = sign_in(Role.SENCO, school=school)
    assert client.get(page_of(run, school)).status_code == 404
    assertContains(client.get(reverse("funding:statement_list")), "No statement yet")


@pytest.mark.parametrize("role", sorted(SCHOOL_ROLES))
def test_school_sees_its_lines_once_they_are_published(role, period, school):
    """Whatever page may ask for lines some day."""
    funded_pupil(school)
    funded_pupil()
    user = person(role, school=school)
    checked(period)
    assert Line.objects.count() == 2
    assert not Line.objects.visible_to(user).exists()
    run = publish_run(run=Run.objects.get(), by=person(Role.FINANCE_AUTHORISER))
    assert list(Line.objects.visible_to(user)) == list(run.lines.filter(school=school))


def test_auditor_finds_no_statement_of_a_draft(period, school):
    funded_pupil(school)
    run, auditor = draft(period), person(Role.AUDITOR)
    assert Line.objects.visible_to(auditor).exists()
    assert statements_of(auditor) == []
    assert statement_for(auditor, run.pk, school.pk) is None


def test_finance_does_not_read_names_here_either(period, school, sign_in):
    funded_pupil(school)
    run = published(period)
    assert sign_in(Role.FINANCE_OFFICER).get(page_of(run, school)).status_code == 403


def test_somebody_of_finance_and_a_school_sees_that_school_only(period, school, client):
    other = SchoolFactory()
    funded_pupil(school)
    funded_pupil(other)
    run = published(period)
    user = person(Role.SCHOOL_FINANCE, school=school)
    user.memberships.create(role=Role.FINANCE_OFFICER)
    client.force_login(user)
    assert client.get(page_of(run, school)).status_code == 200
    assert client.get(page_of(run, other)).status_code == 404
    assert len(client.get(reverse("funding:statement_list")).context["page_obj"]) == 1


def test_person_of_two_schools_chooses_one(period, school, sign_in):
    other = SchoolFactory(name="Beech School")
    funded_pupil(school)
    funded_pupil(other)
    published(period)
    client = sign_in(Role.SENCO, school=school)
    client.user.memberships.create(role=Role.SENCO, school=other)
    url = reverse("funding:statement_list")
    assert len(client.get(url).context["page_obj"]) == 2
    response = client.get(f"{url}?school={other.pk}")
    assert [row.school for row in response.context["page_obj"]] == [other]
    assert response.context["acting_school"] == other


def test_files_hold_what_the_page_shows_and_text_stays_text(period, school, sign_in):
    funded_pupil(school, surname="=Khan", forename="Amira")
    funded_pupil(school, surname="Lowe", start="2026-10-01")
    run = published(period)
    client = sign_in(Role.SCHOOL_FINANCE, school=school)
    total = client.get(page_of(run, school)).context["statement"].total
    content = b"".join(client.get(page_of(run, school, "csv")).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["Surname"] for row in rows] == ["'=Khan", "Lowe"]
    assert sum(Decimal(row["Amount"]) for row in rows) == total == Decimal("2140.00")
    response = client.get(page_of(run, school, "xlsx"))
    assert str(Pupil.objects.first()) not in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    sheet, year = book.worksheets
    assert [cell.value for cell in year[year.max_row]] == ["The year", 2140, 0]
    assert not sheet.merged_cells.ranges
    heads = [cell.value for cell in sheet[1]]
    assert sum(Decimal(str(row[heads.index("Amount")].value)) for row in list(sheet)[1:]) == total
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=Khan", "s")


def test_school_where_the_pupil_never_was_reads_no_name_but_the_money(period, school, sign_in):
    funded_pupil(school, surname="Lowe")
    pupil = funded_pupil(school, surname="Khan", forename="Bilal", upn="A123456789012")
    run = published(period)
    remove_placement(
        placement=pupil.placements.get(), reason="Another child", by=person(Role.SEND_OFFICER)
    )
    client = sign_in(Role.SCHOOL_FINANCE, school=school)
    page = client.get(page_of(run, school))
    for secret in ("Khan", "Bilal", pupil.upn):
        assertNotContains(page, secret)
    assertContains(page, "Not your pupil")
    assertContains(page, "Lowe")
    assertContains(page, "£2,440.00")
    content = b"".join(client.get(page_of(run, school, "csv")).streaming_content).decode()
    lines = content.partition("\r\n\r\n")[0]
    rows = {row["Pupil reference"]: row for row in csv.DictReader(io.StringIO(lines))}
    hidden = rows[pupil.reference]
    assert (hidden["Surname"], hidden["Forename"], hidden["UPN"]) == ("Not your pupil", "", "")
    assert hidden["Amount"] == "1220.00"


def test_auditor_reads_the_name_on_a_line_of_a_removed_placement(period, school, sign_in):
    pupil = funded_pupil(school, surname="Khan")
    run = published(period)
    remove_placement(
        placement=pupil.placements.get(), reason="Another child", by=person(Role.SEND_OFFICER)
    )
    assertContains(sign_in(Role.AUDITOR).get(page_of(run, school)), "Khan")


def test_unknown_format_is_not_found(period, school, sign_in):
    funded_pupil(school)
    url = page_of(published(period), school, "pdf")
    assert sign_in(Role.SENCO, school=school).get(url).status_code == 404


def test_queries_do_not_grow_with_pupils_or_terms(
    period, school, sign_in, django_assert_max_num_queries
):
    counts = []
    client = sign_in(Role.SENCO, school=school)
    funded_pupil(school)
    published(period)
    for found in (spring(), summer()):
        funded_pupil(school)
        funded_pupil(school)
        run = published(found)
        for url in (reverse("funding:statement_list"), page_of(run, school)):
            with django_assert_max_num_queries(30) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_auditor_reads_the_statements_of_every_school(period, sign_in):
    pupils = [funded_pupil(SchoolFactory()) for _ in range(2)]
    run = published(period)
    client = sign_in(Role.AUDITOR)
    page = client.get(reverse("funding:statement_list"))
    for pupil in pupils:
        school = pupil.placements.get().school
        assertContains(page, school.name)
        assertContains(client.get(page_of(run, school)), pupil.reference)
    assert client.post(page_of(run, school)).status_code in (403, 405)
