"""Pages of calendars, values and the policy."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.roles import Role
from funding.models import BandValue, FundingPolicy, PaymentCalendar
from tests.factories import (
    BandValueFactory,
    FrameworkFactory,
    PaymentCalendarFactory,
    PeriodFactory,
)
from tests.funding.funded import band, set_value
from tests.pages import flat

pytestmark = pytest.mark.django_db

PERIODS = [
    ("2026-autumn", "2026-09-01", "2026-12-31", 4),
    ("2027-spring", "2027-01-01", "2027-03-31", 3),
    ("2027-summer", "2027-04-01", "2027-08-31", 5),
]


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def calendar_file(periods=PERIODS) -> SimpleUploadedFile:
    data = {"year": "2026-27", "proration": "calendar_days", "periods": []}
    for code, start, end, numerator in periods:
        data["periods"].append(
            {
                "code": code,
                "name": code,
                "start": start,
                "end": end,
                "count_date": start,
                "numerator": numerator,
                "denominator": 12,
            }
        )
    return SimpleUploadedFile("calendar.json", json.dumps(data).encode())


def values_file(*rows: str) -> SimpleUploadedFile:
    heading = "framework,band,sector,annual_value,effective_from"
    return SimpleUploadedFile("values.csv", "\n".join([heading, *rows]).encode())


def set_values(client, **changes):
    wanted = {
        "band": band().pk,
        "sector": "mainstream",
        "annual_value": "2300.50",
        "effective_from_0": "1",
        "effective_from_1": "4",
        "effective_from_2": "2027",
    }
    return client.post(reverse("funding:value_create"), wanted | changes, follow=True)


def test_calendar_is_uploaded_and_shown(officer):
    response = officer.post(
        reverse("funding:calendar_upload"), {"file": calendar_file()}, follow=True
    )
    assertRedirects(response, reverse("funding:calendar_list"))
    assertContains(response, "The payment calendar 2026-27 is there now.")
    assertContains(response, "5/12 = 41.7%")


def test_problems_of_a_calendar_are_all_said(officer):
    periods = [PERIODS[0], ("2027-summer", "2027-04-01", "2027-08-31", 5)]
    response = officer.post(reverse("funding:calendar_upload"), {"file": calendar_file(periods)})
    assertContains(response, "Error: ")
    assertContains(response, "There is a gap between 2026-autumn")
    assertContains(response, "The fractions must add up to 1, but 4/12 + 5/12 is 3/4.")
    assert not PaymentCalendar.objects.exists()


def test_a_file_of_another_kind_is_refused(officer):
    response = officer.post(
        reverse("funding:calendar_upload"), {"file": SimpleUploadedFile("calendar.txt", b"{}")}
    )
    assertContains(response, "Choose a file that ends in .json")


def test_value_is_set_from_a_date(officer):
    assertContains(set_values(officer), "Band B, Mainstream: £2,300.50 from 1 April 2027.")
    assertContains(officer.get(reverse("funding:value_list")), "£2,300.50 from 1 Apr 2027")


def test_unknown_value_has_to_be_said(officer):
    response = set_values(officer, annual_value="")
    assertContains(response, "Enter the annual value, or tick that it is not known yet")
    response = set_values(officer, not_known="on")
    assertContains(response, "not both")
    assert not BandValue.objects.exists()
    response = set_values(officer, annual_value="", not_known="on")
    assertContains(response, "Band B, Mainstream: not known yet from 1 April 2027.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12,000", "£12,000.00"), ("£12,000.50", "£12,000.50"), (" £ 7 ", "£7.00"), ("0", "£0.00")],
)
def test_amount_is_taken_as_people_write_it(typed, said, officer):
    assertContains(officer.get(reverse("funding:value_create")), 'inputmode="decimal"')
    assertContains(set_values(officer, annual_value=typed), f"Band B, Mainstream: {said} from")


@pytest.mark.parametrize("amount", ["-1", "1.005", "much", "12,00", "1,2000", "£", "NaN", "1e5"])
def test_amounts_that_are_none_are_refused(amount, officer):
    assertContains(set_values(officer, annual_value=amount), "Annual value must")
    assert not BandValue.objects.exists()


def test_values_of_today_before_and_after_are_shown(officer):
    set_value(annual="1000.00", effective_from="2019-04-01")
    set_value(annual="2000.00", effective_from="2020-04-01")
    set_value(annual=None, effective_from="2999-04-01")
    response = officer.get(reverse("funding:value_list"))
    row = response.context["groups"][0].rows[0]
    assert [str(row.current.annual_value), len(row.coming), len(row.past)] == ["2000.00", 1, 1]
    assertContains(response, "not known yet from 1 Apr 2999")
    assertContains(response, "£1,000.00 from 1 Apr 2019")


def test_values_are_uploaded(officer):
    framework = FrameworkFactory()
    file = values_file(f"{framework.code},A,mainstream,1500,2026-09-01")
    response = officer.post(reverse("funding:value_upload"), {"file": file}, follow=True)
    assertContains(response, "Values read: 1. New 1, changed 0, as before 0.")


def test_issues_of_a_values_file_name_row_column_and_value(officer):
    framework = FrameworkFactory()
    file = values_file(
        f"{framework.code},A,mainstream,1500,2026-09-01",
        f"{framework.code},Z,mainstream,15O0,2026-09-01",
    )
    response = officer.post(reverse("funding:value_upload"), {"file": file})
    assertContains(response, "Error: ")
    row = '<td class="number">3</td><td>annual_value</td><td>15O0</td>'
    assert flat(response.text).count(row) == 1
    assert not BandValue.objects.exists()


def test_policy_is_added(officer):
    framework = FrameworkFactory()
    wanted = {
        "sector": "special",
        "framework": framework.pk,
        "effective_from_0": "1",
        "effective_from_1": "9",
        "effective_from_2": "2027",
    }
    response = officer.post(reverse("funding:policy_list"), wanted, follow=True)
    assertContains(response, "Special: Test framework pays from 1 September 2027.")
    assert FundingPolicy.objects.get().sector == "special"


def test_auditor_reads_and_changes_nothing(sign_in):
    PeriodFactory(calendar=PaymentCalendarFactory())
    set_value()
    client = sign_in(Role.AUDITOR)
    for name in ("calendar_list", "value_list", "policy_list", "run_list", "home"):
        response = client.get(reverse(f"funding:{name}"))
        assert response.status_code == 200
        assertNotContains(response, "/new/")
        assertNotContains(response, "/upload/")
    for name in ("calendar_upload", "value_upload", "value_create", "policy_list"):
        assert client.post(reverse(f"funding:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["calendar_list", "value_list", "policy_list"])
def test_queries_do_not_grow_with_rows(name, officer, django_assert_max_num_queries):
    counts = []
    for rows in ((2026,), (2027, 2028)):
        for year in rows:
            PeriodFactory(
                calendar=PaymentCalendarFactory(year=f"{year}-x"),
                code=str(year),
                start=f"{year}-09-01",
                end=f"{year}-12-31",
                count_date=f"{year}-10-01",
            )
            BandValueFactory(effective_from=f"{year}-09-01")
            FundingPolicy.objects.create(
                sector="special", framework=FrameworkFactory(), effective_from=f"{year}-09-01"
            )
        with django_assert_max_num_queries(20) as queries:
            officer.get(reverse(f"funding:{name}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
