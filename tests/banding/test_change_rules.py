"""What hardly can be about who left or stays on, and the question about it (B7, S7)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.changes.rules import doubt_of_leaving, doubt_of_staying
from banding.changes.services import account_for
from banding.joiners.services import add_joiner
from banding.leavers.rules import YEAR
from banding_portal.kept_forms.models import KeptForm
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import School
from tests.banding.helpers import return_with_pupils, senco_of
from tests.factories import BandDecisionFactory
from tests.pages import flat

PRIMARY = (4, 11)
DAY = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("year_group", "ages", "is_asked"),
    [(5, PRIMARY, True), (6, PRIMARY, False), (7, PRIMARY, False), (5, (None, None), False)],
)
def test_staying_on_outside_the_last_year_group_is_asked_about(year_group, ages, is_asked):
    assert bool(doubt_of_staying("Amira", year_group, ages)) == is_asked


@pytest.mark.parametrize(
    ("left", "banded", "is_asked"),
    [(DAY - dt.timedelta(days=1), DAY, True), (DAY, DAY, False), (DAY, None, False)],
)
def test_leaving_before_the_schools_own_band_is_asked_about(left, banded, is_asked):
    assert bool(doubt_of_leaving("Amira", left, banded)) == is_asked


@pytest.fixture
def row(db):
    return return_with_pupils()[1][0]


def test_who_left_more_than_a_year_before_is_not_ours(row):
    reference = row.pupil_return.collection.reference_date
    row.pupil.placements.update(start=reference - 3 * YEAR)
    left = {"return_pupil": row, "change": "left", "by": senco_of(row.pupil_return)}
    with pytest.raises(RefusalError, match="choose “Not our pupil”"):
        account_for(change_date=reference - YEAR - dt.timedelta(days=1), **left)
    assert account_for(change_date=reference - YEAR, **left).change == "left"


def test_joiner_with_the_upn_of_a_pupil_on_the_return_is_refused(row):
    joined = row.pupil_return.collection.reference_date
    type(row.pupil).objects.update(upn="H801200001001")
    with pytest.raises(RefusalError, match="is on your return already") as refused:
        add_joiner(
            pupil_return=row.pupil_return,
            by=senco_of(row.pupil_return),
            surname="Other",
            forename="Name",
            date_of_birth=dt.date(2017, 1, 1),
            joined_on=joined,
            plan_type="EHCP",
            upn="h801200001001 ",
        )
    assert refused.value.field == "upn"


def test_page_asks_once_and_keeps_where_the_pupil_went(row, sign_in, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    senco = sign_in(Role.SENCO, school=row.pupil_return.school)
    left = row.pupil_return.collection.reference_date
    BandDecisionFactory(
        pupil=row.pupil, school=row.pupil_return.school, effective_from=left + dt.timedelta(days=5)
    )
    url = reverse("banding:pupil_change", args=[row.pk])
    date = {"change_date_0": left.day, "change_date_1": left.month, "change_date_2": left.year}
    silent = senco.post(url, {"change": "left", **date}).content.decode()
    assert "Enter where the pupil has gone, or “Not known”" in silent
    sent = {"change": "left", "destination": "Beech School", **date}
    text = flat(senco.post(url, sent).content.decode())
    assert "Your school gave Amira a band from" in text
    assert "It is right anyway" in text
    row.refresh_from_db()
    assert row.change == ""
    senco.post(url, sent | {"sure": "on"})
    row.refresh_from_db()
    assert (row.change, row.change_date, row.destination) == ("left", left, "Beech School")
    assert "Beech School" in senco.get(url).content.decode()


@pytest.fixture
def senco(row, sign_in, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    return sign_in(Role.SENCO, school=row.pupil_return.school)


STAYS = {"change": "staying_on", "reason": "No place yet"}


@pytest.mark.parametrize(("high_age", "is_said"), [(30, True), (5, False)])
def test_staying_on_says_at_once_that_the_pupil_stays_anyway(row, senco, high_age, is_said):
    School.objects.update(low_age=4, high_age=high_age)
    text = flat(senco.get(reverse("banding:pupil_change", args=[row.pk])).text)
    why_not = "which is not your last year group, so Amira stays anyway and you need not say it."
    assert (why_not in text) == is_said


@pytest.mark.parametrize("how", ["cancelled", "saved otherwise", "undone"])
def test_refused_change_is_not_kept_once_it_is_settled(row, senco, how):
    School.objects.update(low_age=4, high_age=30)
    url = reverse("banding:pupil_change", args=[row.pk])
    assert "It is right anyway" in senco.post(url, STAYS | {"typed-in": "a"}).text
    assert KeptForm.objects.filter(path=url).exists()
    if how == "cancelled":
        answer = senco.post(url, STAYS | {"do": "cancel"})
        assert answer.url == reverse("banding:return_detail", args=[row.pupil_return_id])
    elif how == "undone":
        senco.post(reverse("banding:pupil_change_undo", args=[row.pk]))
    else:
        senco.post(url, {"change": "not_ours", "reason": "At another school", "typed-in": "b"})
    assert not KeptForm.objects.filter(path=url).exists()
    row.refresh_from_db()
    assert row.change == ("not_ours" if how == "saved otherwise" else "")
