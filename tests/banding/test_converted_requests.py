"""Requests of a school that closed go on at what it became (rules.md B11, B14, S1)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.change_requests.services import agree_to_change, ask_for_change
from banding.exceptional.services import agree_request, ask_for_exception, ask_of_decision
from banding.models import BandDecision, ChangeRequest, ExceptionalRequest
from banding.returns.services import accept_return, submit_return
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import SchoolStatus
from schools.models import Placement, School, SchoolLink
from schools.services.conversions import convert_school
from tests.banding.helpers import LEVELS, band_of, decide, senco_of
from tests.banding.test_change_requests import accepted_row
from tests.factories import (
    QuadrantFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def row():
    """A pupil on the accepted return of a school that is about to convert."""
    row = accepted_row()
    School.objects.filter(pk=row.pupil_return.school_id).update(quadrant=QuadrantFactory())
    return row


def convert(school, by):
    """The school closed ten days ago, and its pupils go on at an academy."""
    new = SchoolFactory(name="Brook Academy", quadrant=None)
    SchoolLink.objects.create(school=school, linked_urn=new.urn, kind="Successor")
    closed = {"status": SchoolStatus.CLOSED, "closed_on": TODAY - dt.timedelta(days=10)}
    School.objects.filter(pk=school.pk).update(**closed)
    school.refresh_from_db()
    convert_school(school=school, roles={}, ends_roles=True, by=by)
    return new


def ask_for_band(row, by):
    return ask_for_change(
        return_pupil=row, levels=LEVELS, band=band_of(row, "C"), difference_reason="A new report",
        reason="Needs an adult all day", effective_from=TODAY, by=by,
    )  # fmt: skip


def ask_both(row):
    """Both requests of the accepted return, by its SENCO."""
    senco = senco_of(row.pupil_return)
    asked = ask_for_exception(return_pupil=row, reason="A nurse all day", by=senco)
    return asked, ask_for_band(row, senco)


def page_of(client, pupil):
    return client.get(reverse("schools:pupil_detail", args=[pupil.pk]))


def test_new_school_sees_both_and_takes_them_back(client, row, officer):
    ask_both(row)
    new = convert(row.pupil_return.school, officer)
    client.force_login(person(Role.SENCO, school=new))
    text = page_of(client, row.pupil).text
    for name, model in (("exceptional", ExceptionalRequest), ("change_request", ChangeRequest)):
        url = reverse(f"banding:{name}_withdraw", args=[model.objects.get().pk])
        assert url in text
        assert client.post(url).url == reverse("schools:pupil_detail", args=[row.pupil_id])
        assert model.objects.get().state == "withdrawn"


def test_new_school_is_told_of_the_answers_and_the_band_changes(client, row, officer):
    asked, changed = ask_both(row)
    new = convert(row.pupil_return.school, officer)
    senco = person(Role.SENCO, school=new)
    agree_request(request=asked, amount=Decimal(900), starts_on=TODAY, answer="Agreed", by=officer)
    agree_to_change(asked=changed, by=officer)
    told = Notice.objects.filter(recipient=senco)
    page = reverse("schools:pupil_detail", args=[row.pupil_id])
    assert sorted(told.values_list("kind", "path")) == [("change", page), ("exceptional", page)]
    client.force_login(senco)
    assert "£900.00 a year on top of the band" in " ".join(page_of(client, row.pupil).text.split())


def test_new_school_asks_no_second_time_while_the_old_ones_request_waits(row, officer):
    ask_for_exception(return_pupil=row, reason="A nurse", by=senco_of(row.pupil_return))
    new = convert(row.pupil_return.school, officer)
    with pytest.raises(RefusalError, match="is waiting for the authority’s answer"):
        ask_of_decision(
            decision=BandDecision.objects.get(return_pupil=row), school=new, reason="A nurse",
            by=person(Role.SENCO, school=new),
        )  # fmt: skip


def test_school_a_pupil_merely_moved_to_sees_neither(client, row, officer):
    ask_both(row)
    other = SchoolFactory()
    row.pupil.placements.update(end=TODAY - dt.timedelta(days=1))
    Placement.objects.create(pupil=row.pupil, school=other, start=TODAY)
    client.force_login(person(Role.SENCO, school=other))
    text = page_of(client, row.pupil).text
    assert "Requests for another band" not in text
    assert "Asked on" not in text


def test_new_school_sees_nothing_of_who_has_left_it(client, row, officer):
    asked, _ = ask_both(row)
    new = convert(row.pupil_return.school, officer)
    Placement.objects.filter(school=new).update(end=TODAY - dt.timedelta(days=1))
    client.force_login(person(Role.SENCO, school=new))
    url = reverse("banding:exceptional_withdraw", args=[asked.pk])
    assert client.post(url).status_code == 404


def on_another_return(row):
    """The same pupil on a second accepted return of the school, under the same framework."""
    collection = row.pupil_return.collection
    later = ReturnFactory(
        school=row.pupil_return.school, collection__framework=collection.framework
    )
    other = ReturnPupilFactory(pupil_return=later, pupil=row.pupil)
    senco = senco_of(later)
    decide(other, senco)
    submit_return(pupil_return=later, by=senco, declared_name="Sam Carter")
    later.refresh_from_db()
    accept_return(pupil_return=later, by=person(Role.SEND_OFFICER))
    other.refresh_from_db()
    return other


def test_one_request_of_each_kind_for_a_pupil_on_two_returns(row):
    other, senco = on_another_return(row), senco_of(row.pupil_return)
    ask_both(row)
    with pytest.raises(RefusalError, match="A request for this pupil, asked by"):
        ask_for_exception(return_pupil=other, reason="A nurse", by=senco)
    with pytest.raises(RefusalError, match="A request for this pupil is waiting"):
        ask_for_band(other, senco)
    assert (ExceptionalRequest.objects.count(), ChangeRequest.objects.count()) == (1, 1)


def test_new_school_asks_anew_for_another_band_of_the_old_ones_return(client, row, officer):
    new = convert(row.pupil_return.school, officer)
    senco = person(Role.SENCO, school=new)
    client.force_login(senco)
    url = reverse("banding:change_request_create", args=[row.pk])
    assert url in page_of(client, row.pupil).text
    assert client.get(url).status_code == 200
    asked = ask_for_band(row, senco)
    agree_to_change(asked=asked, by=officer)
    asked.refresh_from_db()
    assert asked.decision.band == band_of(row, "C")
    assert Notice.objects.filter(recipient=senco, kind="change").exists()


def test_new_school_sees_the_suggested_band_and_ends_on_the_pupils_page(client, row, officer):
    client.force_login(person(Role.SENCO, school=convert(row.pupil_return.school, officer)))
    url = reverse("banding:change_request_create", args=[row.pk])
    levels = {f"level_{area}": level for area, level in LEVELS.items()}
    suggested = client.post(url, levels, headers={"HX-Request": "true"})
    assert "Suggested:" in suggested.text
    answers = levels | {
        "band": "C", "difference_reason": "A new report", "rationale": "An adult all day",
        "effective_from_0": TODAY.day, "effective_from_1": TODAY.month,
        "effective_from_2": TODAY.year,
    }  # fmt: skip
    answer = client.post(url, answers)
    assert answer.url == reverse("schools:pupil_detail", args=[row.pupil_id])
    assert ChangeRequest.objects.get().band == band_of(row, "C")


def test_school_a_pupil_merely_moved_to_asks_nothing_of_the_old_return(client, row):
    other = SchoolFactory()
    row.pupil.placements.update(end=TODAY - dt.timedelta(days=1))
    Placement.objects.create(pupil=row.pupil, school=other, start=TODAY)
    senco = person(Role.SENCO, school=other)
    client.force_login(senco)
    url = reverse("banding:change_request_create", args=[row.pk])
    assert client.get(url).status_code == 404
    assert url not in page_of(client, row.pupil).text
    with pytest.raises(RefusalError):
        ask_for_band(row, senco)
