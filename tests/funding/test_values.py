"""Band values (F2): the file with every fault, and one value at a time."""

import datetime as dt
from decimal import Decimal

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import BandValue, FundingPolicy
from funding.services.errors import ValuesError
from funding.services.values import load_band_values, set_band_value, set_funding_policy
from tests.factories import FrameworkFactory, person
from tests.funding.funded import band

pytestmark = pytest.mark.django_db
HEADING = "framework,band,sector,annual_value,effective_from\n"
DAY = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _framework(db):
    FrameworkFactory()


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


def counts(text: str) -> tuple[int, ...]:
    loaded = load_band_values(text.encode())
    return loaded.values, loaded.created, loaded.updated, loaded.unchanged


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


def test_code_means_the_newest_version_of_a_framework():
    newer = FrameworkFactory(version="2", effective_from=dt.date(2025, 9, 1))
    load_band_values((HEADING + "test-framework,A,special,1,2026-09-01").encode())
    assert BandValue.objects.get().band.framework == newer


@pytest.mark.parametrize(
    ("row", "heading", "value", "message"),
    [
        ("other,A,special,1,2026-09-01", "framework", "other", "There is no such framework."),
        (",A,special,1,2026-09-01", "framework", "", "The framework is missing."),
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
            "There is no such sector.",
        ),
        (
            "test-framework,A,special,-1,2026-09-01",
            "annual_value",
            "-1",
            "A value can't be negative.",
        ),
        (
            'test-framework,A,special,"1,350",2026-09-01',
            "annual_value",
            "1,350",
            "This is not an amount in pounds.",
        ),
        (
            "test-framework,A,special,1.005,2026-09-01",
            "annual_value",
            "1.005",
            "This is not an amount in pounds.",
        ),
        (
            "test-framework,A,special,1,2026-02-30",
            "effective_from",
            "2026-02-30",
            "This is not a date.",
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
    with pytest.raises(ValuesError) as refused:
        load_band_values((HEADING + good + row).encode())
    found = [(i.row, i.heading, i.value, i.message) for i in refused.value.issues]
    assert found == [(3, heading, value, message)]
    assert not BandValue.objects.exists()


def test_every_fault_is_reported_at_once():
    rows = "x,A,special,1,2026-09-01\ntest-framework,Z,moon,free,never\n"
    with pytest.raises(ValuesError) as refused:
        load_band_values((HEADING + rows).encode())
    assert [(i.row, i.heading) for i in refused.value.issues] == [
        (2, "framework"),
        (3, "annual_value"),
        (3, "effective_from"),
        (3, "band"),
        (3, "sector"),
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("framework,band\n", ["sector", "annual_value", "effective_from"]),
        ("", ["framework", "band", "sector", "annual_value", "effective_from"]),
    ],
)
def test_missing_headings_are_named(text, messages):
    with pytest.raises(ValuesError) as refused:
        load_band_values(text.encode())
    assert [i.message for i in refused.value.issues] == [
        f"The heading {heading} is missing." for heading in messages
    ]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\x00\x06\x00\x08", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00" * 9]
)
def test_file_that_is_no_text_is_refused_in_one_sentence(content):
    with pytest.raises(ValuesError) as refused:
        load_band_values(content)
    assert [i.message for i in refused.value.issues] == [
        "This is not a CSV file. Save the sheet as CSV and upload that."
    ]


def test_repeated_date_is_shown_as_it_was_given():
    rows = "test-framework,B,special,2,2026-09-01\ntest-framework,B,special,2,01/09/2026\n"
    with pytest.raises(ValuesError) as refused:
        load_band_values((HEADING + rows).encode())
    assert [i.value for i in refused.value.issues] == ["01/09/2026"]


def test_file_without_values_is_refused():
    with pytest.raises(ValuesError, match="The file has no values"):
        load_band_values(HEADING.encode())


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
