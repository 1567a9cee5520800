"""What an exceptional request would add to the line of the band that pays (rules.md B11)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from banding.exceptional.services import ask_for_exception
from banding_portal.roles import Role
from funding.models import FundingPolicy
from funding.selectors.annual_values import paid_band
from tests.banding.helpers import senco_of, submitted_return
from tests.factories import BandValueFactory, FrameworkFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2012, 9, 1)


@pytest.fixture
def row():
    return submitted_return()[1][0]


def value_of(row, amount):
    band = row.pupil_return.collection.framework.bands.get(code="B")
    sector = row.pupil_return.school.sector
    BandValueFactory(band=band, sector=sector, annual_value=amount, effective_from=LONG_AGO)


def page(client, row, **asked):
    request = ask_for_exception(
        return_pupil=row, reason="A nurse", by=senco_of(row.pupil_return), **asked
    )
    return flat(client.get(reverse("banding:exceptional_detail", args=[request.pk])).text)


def test_officer_reads_what_the_amount_comes_to(row, sign_in):
    value_of(row, 4044)
    text = page(sign_in(Role.SEND_OFFICER), row, amount=Decimal(6200))
    assert "Band B, £4,044.00 a year" in text
    assert (
        "£6,200.00 a year, as a line of its own in every run beside that of Band B: £10,244.00 a "
        "year in all." in text
    )


def test_value_and_amount_that_nobody_knows_are_not_made_up(row, sign_in):
    text = page(sign_in(Role.SEND_OFFICER), row)
    assert "Band B, value not known" in text
    assert "The school has not said" in text
    assert "in all" not in text


def test_only_the_framework_that_pays_counts(row):
    school, day = row.pupil_return.school, row.pupil_return.collection.reference_date
    FundingPolicy.objects.create(
        sector=school.sector, framework=FrameworkFactory(code="other"), effective_from=LONG_AGO
    )
    assert paid_band(row.pupil_id, school.sector, day) == (None, None)
