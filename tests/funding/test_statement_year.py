"""A statement shows the year so far and to come, and what changed since last term (F23)."""

import csv
import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import Role
from funding.calculation.year_to_come import expected
from funding.models import PaymentCalendar, SchoolDay
from funding.selectors.statement_year import statement_year
from funding.selectors.statements import statement_for
from schools.models import Query
from schools.services.pupils import end_placement
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 31)
JANUARY = dt.date(2027, 1, 1)


@pytest.fixture
def summer(spring):
    return PeriodFactory(
        calendar=spring.calendar,
        code="2027-summer",
        name="Summer term 2027",
        start=dt.date(2027, 4, 1),
        end=dt.date(2027, 8, 31),
        count_date=dt.date(2027, 4, 15),
        numerator=5,
    )


def parts(run, school):
    year = statement_year(statement_for(person(Role.AUDITOR), run.pk, school.pk))
    return [(part.period.name, part.paid, part.expected) for part in year.parts], year


def test_each_amount_is_rounded_once():
    annuals = [Decimal("0.01"), Decimal("0.01"), Decimal("100.00")]
    assert expected(annuals, Fraction(1, 2)) == Decimal("50.02")
    assert expected([], Fraction(1, 3)) == Decimal("0.00")


def test_what_comes_is_what_the_next_runs_pay_if_nothing_changes(autumn, spring, summer, school):
    funded_pupil(school)
    funded_pupil(school, "C")
    found, year = parts(published(autumn), school)
    assert found == [
        ("Autumn term 2026", Decimal("3660.00"), None),
        ("Spring term 2027", None, draft(spring).control_total),
        ("Summer term 2027", None, draft(summer).control_total),
    ]
    assert (year.so_far, year.so_far + year.to_come) == (Decimal("3660.00"), Decimal("10980.00"))


def test_term_before_the_first_published_is_neither_paid_nor_to_come(autumn, spring, school):
    funded_pupil(school)
    found, year = parts(published(spring), school)
    assert [row[1:] for row in found] == [(None, None), (Decimal("915.00"), None)]
    assert (year.so_far, year.to_come, year.has_more) == (Decimal("915.00"), 0, False)


def test_who_has_left_by_the_end_of_the_term_is_in_nothing_to_come(autumn, spring, school):
    stays, leaves, ends = (funded_pupil(school) for _ in range(3))
    leaves.placements.update(end=OCTOBER)
    ends.placements.update(end=autumn.end)
    found, _ = parts(published(autumn), school)
    assert found[1][2] == Decimal("915.00") == draft(spring).control_total
    assert stays.placements.get().end is None


def test_adjustments_are_paid_in_the_term_that_pays_them(autumn, spring, school):
    pupil = funded_pupil(school)
    published(autumn)
    pupil.placements.update(end=OCTOBER)
    funded_pupil(school)
    found, year = parts(published(spring), school)
    assert [row[1] for row in found] == [Decimal("1220.00"), Decimal("1525.00")]
    assert (year.has_more, year.is_known) == (False, True)


def test_by_school_days_it_takes_the_days_of_the_term(autumn, spring, school):
    PaymentCalendar.objects.update(proration="school_days")
    first = dt.date(2026, 4, 1)
    SchoolDay.objects.bulk_create(
        SchoolDay(date=first + dt.timedelta(days=each), is_school_day=each % 7 < 5)
        for each in range(365)
    )
    SchoolDay.objects.create(school=school, date=JANUARY, is_school_day=False)
    funded_pupil(school)
    found, _ = parts(published(autumn), school)
    assert found[1][2] == draft(spring).control_total


def test_without_school_days_what_comes_is_not_known(autumn, summer, school, sign_in):
    PaymentCalendar.objects.update(proration="school_days")
    SchoolDay.objects.create(date=autumn.start, is_school_day=True)
    funded_pupil(school)
    run = published(autumn)
    found, year = parts(run, school)
    assert (found[-1][2], year.is_known) == (None, False)
    page = sign_in(Role.SENCO, school=school).get(
        reverse("funding:statement_detail", args=[run.pk, school.pk])
    )
    assertContains(page, "Not known")


def test_page_says_what_changed_since_last_term_in_words(autumn, spring, school, sign_in):
    raised = funded_pupil(school, surname="Khan", forename="Amira")
    leaves = funded_pupil(school, surname="Lowe", forename="Finn")
    published(autumn)
    agree(raised, "C", JANUARY)
    end_placement(placement=leaves.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))
    run = published(spring)
    page = sign_in(Role.SENCO, school=school).get(
        reverse("funding:statement_detail", args=[run.pk, school.pk])
    )
    assertContains(page, "What changed since Autumn term 2026")
    assertContains(page, "£1,220.00 for Spring term 2027, £1,220.00 less than the £2,440.00")
    for text in ("Khan, Amira", "Band C, before Band B", "Lowe, Finn", "Left"):
        assertContains(page, text)
    assertContains(page, "The year 2026-27, so far and to come")


def test_first_statement_has_nothing_to_compare_with(autumn, school, sign_in):
    funded_pupil(school)
    run = published(autumn)
    page = sign_in(Role.SENCO, school=school).get(
        reverse("funding:statement_detail", args=[run.pk, school.pk])
    )
    assertNotContains(page, "What changed since")


@pytest.fixture
def line(autumn, school):
    funded_pupil(school, surname="Khan", forename="Amira", start=OCTOBER)
    return published(autumn).lines.get()


def test_question_about_a_line_has_the_line_with_it(line, school, sign_in):
    client = sign_in(Role.SCHOOL_FINANCE, school=school)
    statement = client.get(reverse("funding:statement_detail", args=[line.run_id, school.pk]))
    address = reverse("funding:statement_line", args=[line.run_id, school.pk, line.pk])
    ask = f"{reverse('schools:query_create')}?page={address}"
    assertContains(statement, ask)
    assertContains(client.get(address), ask)
    form = client.get(ask)
    assertContains(form, "£620.00 = £3,660.00 × 4/12 × 62 of 122 days.")
    initial = form.context["form"].initial
    assert (initial["category"], initial["pupil"]) == ("funding", line.reference)
    assert initial["subject"] == f"£620.00 for {line.reference}, Autumn term 2026"
    sent = {name: initial[name] for name in ("category", "pupil", "subject")}
    client.post(ask, sent | {"text": "Why not from the first day of the term?"})
    query = Query.objects.get()
    assert query.attached.startswith(
        "Autumn term 2026: Allocation, Band B, from 31 October 2026 to 31 December 2026. £620.00 ="
    )
    assert (query.page, query.pupil_reference) == (address, line.reference)
    assert "Khan" not in query.attached
    for role in (Role.FINANCE_OFFICER, Role.SEND_OFFICER):
        page = sign_in(role).get(reverse("schools:query_detail", args=[query.pk]))
        assertContains(page, "62 of 122 days")
        assertNotContains(page, f'href="{address}')  # a statement names pupils; it is not theirs


def test_line_of_another_school_is_nobody_elses(line, sign_in, school):
    address = reverse("funding:statement_line", args=[line.run_id, school.pk, line.pk])
    assert sign_in(Role.SENCO, school=SchoolFactory()).get(address).status_code == 404
    assert sign_in(Role.FINANCE_OFFICER).get(address).status_code == 403
    assertNotContains(sign_in(Role.AUDITOR).get(address), "Ask about this line")
    elsewhere = reverse("schools:query_create")
    page = sign_in(Role.SENCO, school=SchoolFactory()).get(elsewhere, {"page": address})
    assertNotContains(page, line.reference)


def test_line_that_is_not_in_the_statement_is_not_found(line, school, sign_in, spring):
    set_value("B", "4000.00", effective_from=JANUARY)
    other = published(spring).lines.first()
    address = reverse("funding:statement_line", args=[line.run_id, school.pk, other.pk])
    assert sign_in(Role.SENCO, school=school).get(address).status_code == 404


def test_files_hold_the_year_and_what_changed_in_words(autumn, spring, school, sign_in):
    leaver = funded_pupil(school, surname="Khan", forename="Amira")
    funded_pupil(school)
    published(autumn)
    end_placement(placement=leaver.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))
    run = published(spring)
    client = sign_in(Role.HEADTEACHER, school=school)
    url = reverse("funding:statement_download", args=[run.pk, school.pk, "csv"])
    rows = list(csv.reader(b"".join(client.get(url).streaming_content).decode().splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}  # one table
    url = reverse("funding:statement_download", args=[run.pk, school.pk, "xlsx"])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url).streaming_content)))
    assert book.sheetnames == ["Statement", "The year", "What changed"]
    assert ("Autumn term 2026", 2440) in [row[:2] for row in book["The year"].values]
    assert leaver.reference in [row[1] for row in book["What changed"].values]
