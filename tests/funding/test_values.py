"""Band values (F2): the file with every fault, and one value at a time."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import Workbook
from pytest_django.asserts import assertContains, assertRedirects

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.calculation.outliers import oddity_of_day
from funding.models import BandValue, FundingPolicy
from funding.services.value_files import import_band_values
from funding.services.values import set_band_value, set_funding_policy
from tests.factories import FrameworkFactory, PeriodFactory, person
from tests.funding.funded import band, funded_pupil

pytestmark = pytest.mark.django_db
HEADING = "framework,band,sector,annual_value,effective_from\n"
DAY = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _framework(db):
    FrameworkFactory()


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


def load(text: str | bytes, filename: str = "values.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return import_band_values(lambda done, total: None, filename=filename, content=content)


def counts(text: str) -> tuple[int, ...]:
    return tuple(load(text).preview["counts"].values())


def test_values_are_loaded_and_the_same_file_changes_nothing():
    text = (
        "\ufeff" + HEADING + "test-framework,A,mainstream,1350,2026-09-01\n"
        "\n"
        "test-framework,B,special,6250.5,01/09/2026\n"
        "test-framework,C,special,,2026-09-01\n"
    )
    assert counts(text) == (3, 3, 0, 0)
    assert counts(text) == (3, 0, 0, 3)
    stored = BandValue.objects.order_by("band__code")
    assert [(v.band.code, v.sector, v.annual_value, v.effective_from) for v in stored] == [
        ("A", "mainstream", Decimal("1350.00"), DAY),
        ("B", "special", Decimal("6250.50"), DAY),
        ("C", "special", None, DAY),
    ]
    assert counts(text.replace("6250.5", "6250.51")) == (3, 0, 1, 2)


def test_headings_may_come_in_any_order():
    text = (
        "Effective from,BAND,sector,annual value,framework\n2026-09-01,A,special,1,test-framework"
    )
    assert counts(text) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("day", "version"),
    [("2026-08-31", "1"), ("2026-09-01", "2"), ("2027-01-01", "2"), ("2010-01-01", "1")],
)
def test_code_means_the_version_in_force_on_the_day_of_the_value(day, version):
    """A value for this year went to the version that only begins next year."""
    FrameworkFactory(version="2", effective_from=DAY)
    load(HEADING + f"test-framework,A,special,1,{day}")
    assert BandValue.objects.get().band.framework.version == version


def test_band_of_another_version_is_refused_with_the_version_in_force():
    later = FrameworkFactory(version="2", effective_from=DAY)
    later.bands.filter(code="A").update(code="Z", name="Band Z")
    [issue] = load(HEADING + "test-framework,Z,special,1,2026-08-31").issues
    said = "The framework test-framework, version 1, in force then has no such band."
    assert (issue.heading, issue.message) == ("band", said)


@pytest.mark.parametrize(
    ("row", "heading", "value", "message"),
    [
        ("other,A,special,1,2026-09-01", "framework", "other", "There is no such framework."),
        (",A,special,1,2026-09-01", "framework", "", "Enter the framework"),
        (
            "test-framework,9,special,1,2026-09-01",
            "band",
            "9",
            "The framework test-framework has no such band.",
        ),
        (
            "test-framework,A,college,1,2026-09-01",
            "sector",
            "college",
            "Enter",
        ),
        (
            "test-framework,A,special,-1,2026-09-01",
            "annual_value",
            "-1",
            "An amount can’t be negative. Enter",
        ),
        (
            'test-framework,A,special,"13,50",2026-09-01',
            "annual_value",
            "13,50",
            "This is not",
        ),
        (
            "test-framework,A,special,1.005,2026-09-01",
            "annual_value",
            "1.005",
            "This is not",
        ),
        (
            "test-framework,A,special,1,2026-02-30",
            "effective_from",
            "2026-02-30",
            "This must be a real date. Enter",
        ),
        (
            "test-framework,B,special,2,2026-09-01",
            "effective_from",
            "2026-09-01",
            "Row 2 already has this band, sector and date.",
        ),
    ],
)
def test_faulty_value_is_refused_with_its_place(row, heading, value, message):
    good = "test-framework,B,special,1,2026-09-01\n"
    refused = load(HEADING + good + row)
    found = [(i.row, i.heading, i.value, i.message) for i in refused.issues]
    assert found == [(3, heading, value, message)]
    assert not BandValue.objects.exists()


def test_every_fault_is_reported_at_once():
    rows = "x,A,special,1,2026-09-01\ntest-framework,Z,moon,free,never\n"
    refused = load(HEADING + rows)
    assert [(i.row, i.heading) for i in refused.issues] == [
        (2, "framework"),
        (3, "band"),
        (3, "sector"),
        (3, "annual_value"),
        (3, "effective_from"),
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("framework,band\n", ["sector", "annual_value", "effective_from"]),
        ("x\n", ["framework", "band", "sector", "annual_value", "effective_from"]),
    ],
)
def test_missing_headings_are_named(text, messages):
    refused = load(text)
    assert [i.message for i in refused.issues] == [
        f"The column “{heading}” is missing." for heading in messages
    ]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\x00\x06\x00\x08", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00" * 9]
)
def test_file_that_is_no_text_is_refused_in_one_sentence(content):
    [issue] = load(content).issues
    assert issue.message.startswith(("The file is named .csv but is not", "The file is not a .csv"))


def test_values_may_come_as_a_workbook():
    book = Workbook()
    for row in (HEADING.strip().split(","), ["test-framework", "band a", "Special", 1350, DAY]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert load(out.getvalue(), "values.xlsx").preview["counts"]["created"] == 1
    assert BandValue.objects.get().annual_value == Decimal("1350.00")


def test_preview_tells_old_and_new_values():
    load(HEADING + "test-framework,A,special,,2026-09-01")
    preview = load(HEADING + "test-framework,A,special,1350,2026-09-01").preview
    [change] = preview["changes"]
    assert change == {
        "who": "Band A, Special",
        "what": "from 1 Sep 2026",
        "old": "not known yet",
        "new": "£1,350.00",
        "note": "",
        "last": "",
        "answers": [],
        "until_now": "",
    }


def test_repeated_date_is_shown_as_it_was_given():
    rows = "test-framework,B,special,2,2026-09-01\ntest-framework,B,special,2,01/09/2026\n"
    refused = load(HEADING + rows)
    assert [i.value for i in refused.issues] == ["01/09/2026"]


def test_file_without_values_is_refused():
    assert [i.message for i in load(HEADING).issues] == ["There are headings but no rows."]


def test_one_value_is_set_and_set_again(officer):
    for annual in (Decimal("10.50"), None):
        set_band_value(
            band=band(), sector="special", effective_from=DAY, annual_value=annual, by=officer
        )
    assert BandValue.objects.get().annual_value is None


@pytest.mark.parametrize(
    ("sector", "annual", "sentence"),
    [
        ("moon", Decimal(1), "Choose a sector"),
        ("special", Decimal("-0.01"), "Enter an annual value from £0.00"),
        ("special", Decimal(100000000), "Enter an annual value from £0.00"),
        ("special", Decimal("1.005"), "in pounds and whole pence"),
    ],
)
def test_impossible_value_is_refused(sector, annual, sentence, officer):
    with pytest.raises(RefusalError, match=sentence):
        set_band_value(
            band=band(), sector=sector, effective_from=DAY, annual_value=annual, by=officer
        )


def test_policy_names_the_framework_from_a_date(officer):
    newer = FrameworkFactory(version="2")
    for framework in (FrameworkFactory(), newer):
        set_funding_policy(sector="special", framework=framework, effective_from=DAY, by=officer)
    assert FundingPolicy.objects.get().framework == newer
    with pytest.raises(RefusalError, match="Choose a sector"):
        set_funding_policy(sector="moon", framework=newer, effective_from=DAY, by=officer)


def test_value_and_entry_set_by_mistake_are_taken_away_after_telling_what_that_does(
    officer, sign_in
):
    period = PeriodFactory()
    funded_pupil()
    right = set_band_value(
        **(key := {"band": band(), "sector": "mainstream", "by": officer}),
        effective_from=dt.date(2020, 4, 1),
        annual_value=Decimal("3660.00"),
    )
    wrong = set_band_value(**key, effective_from=DAY, annual_value=Decimal("7320.00"))
    policy = set_funding_policy(
        sector="mainstream", framework=band().framework, effective_from=DAY, by=officer
    )
    client = sign_in(Role.FINANCE_OFFICER)
    url = reverse("funding:value_remove", args=[wrong.pk])
    assertContains(client.get(url), f"{period.name}: 1 line of 1 pupil, −£1,220.00 in all")
    assertRedirects(client.post(url), reverse("funding:value_list"))
    assert list(BandValue.objects.all()) == [right]
    url = reverse("funding:policy_remove", args=[policy.pk])
    assertContains(client.get(url), "Nothing that is paid changes.")
    assertRedirects(client.post(url), reverse("funding:policy_list"))
    assert not FundingPolicy.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(1900, 1, 1), "1 January 1900 lies more than 5 years back."),
        (dt.date(2199, 1, 1), "1 January 2199 lies more than 5 years ahead."),
        (dt.date(2026, 9, 1), ""),
        (dt.date(2031, 12, 31), ""),
    ],
)
def test_day_far_away_is_asked_about(day, said):
    assert oddity_of_day(day, dt.date(2026, 11, 28)) == said


def test_value_from_1900_is_saved_only_once_somebody_says_that_it_is_right(officer, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    sent = {
        "band": band().pk,
        "sector": "mainstream",
        "annual_value": "3660.00",
        **dict(zip(("effective_from_0", "effective_from_1", "effective_from_2"),
                   ("1", "1", "1900"), strict=True)),
    }  # fmt: skip
    page = client.post(reverse("funding:value_create"), sent)
    assertContains(page, "1 January 1900 lies more than 5 years back")
    assert not BandValue.objects.exists()
