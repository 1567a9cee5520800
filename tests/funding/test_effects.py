"""A change of a value or policy shows its effect first; slips are asked about (F2, B4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.calculation.outliers import oddity_of
from funding.models import BandValue, FundingPolicy
from funding.selectors.runs import totals_by_school
from funding.services.effects import effects_of
from funding.services.runs import calculate_run
from funding.services.value_files import import_band_values
from funding.services.values import set_band_value
from tests.banding.races import at_once
from tests.factories import FrameworkFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import band, funded_pupil, set_value

NOVEMBER = dt.date(2026, 11, 1)
EFFECT = "Autumn term 2026: 2 lines of 1 pupil, +\u2060£610.00 in all, from £1,220.00 to £1,830.00."


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def post(client, **changes):
    wanted = {
        "band": band().pk,
        "sector": "mainstream",
        "annual_value": "7320",
        "effective_from_0": "1",
        "effective_from_1": "11",
        "effective_from_2": "2026",
    }
    return client.post(reverse("funding:value_create"), wanted | changes, follow=True)


def asked_about(page) -> str:
    return page.context["form"].data["asked_about"]


def test_effect_is_told_by_period_and_nothing_is_changed(period):
    """£10 a day; twice as much for the 61 days from 1 November."""
    funded_pupil()
    key = {"band": band(), "sector": "mainstream", "effective_from": NOVEMBER}
    [effect] = effects_of(
        lambda: BandValue.objects.create(**key, annual_value="7320"), since=NOVEMBER
    )
    assert str(effect) == EFFECT
    assert BandValue.objects.count() == 1


def test_pupils_it_does_not_reach_are_not_counted(period):
    funded_pupil(SchoolFactory(sector="special"))
    funded_pupil(responsible_la="998")
    key = {"band": band(), "sector": "mainstream", "effective_from": NOVEMBER}
    assert effects_of(lambda: BandValue.objects.create(**key), since=NOVEMBER) == []


def test_value_is_saved_once_somebody_ticks_what_it_does(period, officer):
    funded_pupil()
    page = post(officer)
    assertContains(page, EFFECT.removesuffix("."))
    assertContains(page, 'type="checkbox" name="is_right"')
    assert BandValue.objects.count() == 1
    post(officer, is_right="on", asked_about=asked_about(page))
    assert BandValue.objects.get(effective_from=NOVEMBER).annual_value == 7320


def test_tick_holds_for_the_value_it_was_asked_about_alone(period, officer):
    funded_pupil()
    page = post(officer)
    again = post(officer, annual_value="73200", is_right="on", asked_about=asked_about(page))
    assertContains(again, "£73,200.00 is more than twice the £3,660.00 before it")
    assert BandValue.objects.count() == 1


def test_value_that_changes_nothing_is_saved_at_once(period, officer):
    page = post(officer, annual_value="3700")
    assertNotContains(page, "is_right")
    assert BandValue.objects.count() == 2


def test_policy_tells_what_it_does_to_who_is_paid(period, officer):
    funded_pupil()
    FrameworkFactory(code="other", name="Other")
    wanted = {
        "sector": "mainstream",
        "framework": FrameworkFactory(code="other").pk,
        "effective_from_0": "1",
        "effective_from_1": "9",
        "effective_from_2": "2026",
    }
    page = officer.post(reverse("funding:policy_list"), wanted, follow=True)
    assertContains(page, "1 line of 1 pupil, −£1,220.00 in all")
    assert not FundingPolicy.objects.exists()
    sent = wanted | {"is_right": "on", "asked_about": asked_about(page)}
    officer.post(reverse("funding:policy_list"), sent)
    assert FundingPolicy.objects.count() == 1


def test_file_tells_effect_and_slips_in_its_preview(period):
    funded_pupil()
    text = (
        "framework,band,sector,annual_value,effective_from\n"
        "test-framework,B,mainstream,7320.01,2026-11-01\n"
    )
    result = import_band_values(lambda *_: None, filename="v.csv", content=text.encode())
    [warning] = result.warnings
    assert warning.message == "£7,320.01 is more than twice the £3,660.00 before it."
    assert any("Autumn term 2026: 2 lines of 1 pupil" in note for note in result.preview["notes"])


@pytest.mark.parametrize(
    ("annual", "before", "others", "odd"),
    [
        ("8158", "8158", [], ""),
        ("16316", "8158", [], ""),
        ("80000", "8158", [], "more than twice the £8,158.00 before it"),
        ("4000", "8158", [], "less than half of the £8,158.00 before it"),
        ("4079", "8158", [], ""),
        (
            "99999999.99",
            None,
            ["8158", "9000"],
            "more than twice the highest other band, £9,000.00",
        ),
        ("18000", None, ["8158", "9000"], ""),
        ("99999999.99", None, [], ""),
        (None, "8158", [], ""),
        ("0", "8158", [], ""),
    ],
)
def test_values_that_look_like_a_slip(annual, before, others, odd):
    amounts = [Decimal(each) if each else None for each in (annual, before)]
    assert oddity_of(*amounts, [Decimal(each) for each in others]) == odd


def test_totals_by_school_count_whom_the_authority_pays_for(period):
    school = SchoolFactory()
    funded_pupil(school)
    funded_pupil(school, responsible_la="998")
    [row] = totals_by_school(calculate_run(period=period, by=None))
    assert (row["pupils"], row["lines"]) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_set_different_values_at_once_nineteen_are_told(settings):
    key = {"band": band(), "sector": "mainstream", "effective_from": NOVEMBER}
    people = [person(Role.FINANCE_OFFICER) for _ in range(20)]
    results = at_once(
        [
            lambda place=place, by=by: set_band_value(
                **key, annual_value=Decimal(1000 + place), instead_of="nothing", by=by
            )
            for place, by in enumerate(people)
        ]
    )
    told = [str(each) for each in results if isinstance(each, RefusalError)]
    [saved] = [each for each in results if isinstance(each, BandValue)]
    assert len(told) == 19
    assert BandValue.objects.get().annual_value == saved.annual_value
    assert all(f"£{saved.annual_value:,.2f} in the meantime" in sentence for sentence in told)


def test_value_set_by_somebody_else_meanwhile_is_told_on_the_form(period, officer):
    funded_pupil()
    page = post(officer)
    set_value("B", "5000.00", effective_from=NOVEMBER)
    page = post(officer, is_right="on", asked_about=asked_about(page))
    assertContains(page, "from £1,443.33 to £1,830.00")
    assert BandValue.objects.get(effective_from=NOVEMBER).annual_value == 5000
