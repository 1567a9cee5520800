"""Pages of calendars, values and the policy."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import Role
from funding.models import BandValue, CalendarUpload, FundingPolicy, PaymentCalendar, ValuesUpload
from tests.factories import (
    BandValueFactory,
    FrameworkFactory,
    PaymentCalendarFactory,
    PeriodFactory,
)
from tests.funding.funded import band, set_value
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
UPLOADS = {"calendar": CalendarUpload, "value": ValuesUpload}

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


def sent(client, name, file):
    """The page of an upload of this kind once it is checked."""
    page = client.post(reverse(f"funding:{name}_upload"), {"file": file})
    work_on(UPLOADS[name].objects.first())
    return client.get(page.url)


def apply(client, page):
    upload = page.context["upload"]
    told = {"action": "apply", "fingerprint": upload.fingerprint}
    client.post(page.request["PATH_INFO"], told)
    work_on(upload)
    return client.get(page.request["PATH_INFO"])


def test_calendar_is_previewed_applied_and_shown(officer):
    page = sent(officer, "calendar", calendar_file())
    assertContains(page, "Nothing has been saved yet")
    assertContains(page, "2026-27, 2027-summer")
    assert not PaymentCalendar.objects.exists()
    assertContains(apply(officer, page), "The payment calendar is saved")
    assertContains(officer.get(reverse("funding:calendar_list")), "5/12 = 41.7%")


def test_problems_of_a_calendar_are_all_said(officer):
    periods = [PERIODS[0], ("2027-summer", "2027-04-01", "2027-08-31", 5)]
    page = sent(officer, "calendar", calendar_file(periods))
    assertContains(page, "There are 2 problems in this file")
    assertContains(page, "There is a gap between 2026-autumn")
    assertContains(page, "The fractions must add up to 1, but 4/12 + 5/12 is 3/4.")
    assert not PaymentCalendar.objects.exists()


def test_calendar_that_is_there_already_has_nothing_to_apply(officer):
    apply(officer, sent(officer, "calendar", calendar_file()))
    assertContains(sent(officer, "calendar", calendar_file()), "There is nothing to apply.")


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
    assertContains(set_values(officer, annual_value=amount), "The annual value must")
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


def test_values_are_previewed_and_applied(officer):
    framework = FrameworkFactory()
    page = sent(officer, "value", values_file(f"{framework.code},A,mainstream,1500,2026-09-01"))
    assertContains(page, "Band A, Mainstream")
    assertContains(page, "£1,500.00 from 1 Sep 2026")
    assert not BandValue.objects.exists()
    assertContains(apply(officer, page), "The values are saved")
    again = sent(officer, "value", values_file(f"{framework.code},a,Mainstream,£1,2026-09-01"))
    assertContains(again, "£1,500.00")
    assertContains(again, "£1.00")


def test_issues_of_a_values_file_name_row_column_and_value(officer):
    framework = FrameworkFactory()
    file = values_file(
        f"{framework.code},A,mainstream,1500,2026-09-01",
        f"{framework.code},Z,mainstream,15O0,2026-09-01",
    )
    page = sent(officer, "value", file)
    for part in ("B3", "D3", "annual_value", "15O0", "One of A, B, C."):
        assertContains(page, part)
    assert not BandValue.objects.exists()


def test_values_that_changed_meanwhile_are_previewed_again(officer):
    framework = FrameworkFactory()
    page = sent(officer, "value", values_file(f"{framework.code},A,special,1500,2026-09-01"))
    set_value(code="A", sector="special", annual="7.00", effective_from="2026-09-01")
    assertContains(apply(officer, page), "Something changed since you looked")
    assert str(BandValue.objects.get().annual_value) == "7.00"


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
