"""Exceptional requests: asked, agreed with an amount, refused, ended, renewed (rules.md B11)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from banding.choices import RequestState
from banding.exceptional.services import (
    agree_request,
    ask_for_exception,
    ask_of_decision,
    end_amount,
    refuse_request,
    withdraw_request,
)
from banding.models import ExceptionalRequest, Return, ReturnPupil
from banding.pupil_merging import amounts_of_both
from banding.returns.services import return_for_correction
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import senco_of, submitted_return
from tests.factories import (
    BandDecisionFactory,
    FrameworkFactory,
    MembershipFactory,
    PupilFactory,
    ReturnPupilFactory,
    person,
)

pytestmark = pytest.mark.django_db
JANUARY, JUNE = dt.date(2027, 1, 1), dt.date(2027, 6, 30)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def date_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def asked(row=None, by=None, **more):
    row = row or ReturnPupilFactory()
    by = by or senco_of(row.pupil_return)
    return ask_for_exception(return_pupil=row, reason="A nurse all day", by=by, **more)


def agree(request, by, *, amount="1200", starts_on=JANUARY, ends_on=None):
    return agree_request(
        request=request,
        amount=Decimal(amount),
        starts_on=starts_on,
        ends_on=ends_on,
        answer="Agreed",
        by=by,
    )


def test_agreed_with_amount_days_and_approver(officer):
    request = agree(asked(), officer, ends_on=JUNE)
    assert (request.state, request.amount) == (RequestState.AGREED, Decimal(1200))
    assert (request.starts_on, request.ends_on, request.answered_by) == (JANUARY, JUNE, officer)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"amount": "0"}, "amount"), ({"starts_on": JUNE, "ends_on": JANUARY}, "ends_on")],
)
def test_amount_of_nothing_and_days_in_the_wrong_order_are_refused(officer, given, field):
    request = asked()
    with pytest.raises(RefusalError) as refused:
        agree(request, officer, **given)
    assert refused.value.field == field


def test_who_asked_agrees_nothing(officer):
    row = ReturnPupilFactory()
    both = senco_of(row.pupil_return)
    MembershipFactory(user=both, role=Role.SEND_OFFICER)
    request = asked(row, both)
    with pytest.raises(RefusalError, match="somebody else has to answer it"):
        agree(request, both)
    with pytest.raises(RefusalError, match="somebody else has to answer it"):
        refuse_request(request=request, answer="No", by=both)
    assert agree(request, officer).answered_by == officer


def test_database_refuses_an_approver_who_asked(officer):
    request = asked()
    facts = {"answered_by": request.asked_by, "answered_at": timezone.now(), "state": "refused"}
    with pytest.raises(IntegrityError, match="answered_by_another"), transaction.atomic():
        ExceptionalRequest.objects.filter(pk=request.pk).update(**facts)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_free"),
    [
        (JANUARY, None, False),
        (JUNE, None, False),
        (dt.date(2027, 7, 1), None, True),
        (dt.date(2026, 9, 1), JANUARY, False),
        (dt.date(2026, 9, 1), dt.date(2026, 12, 31), True),
    ],
)
def test_a_day_has_one_agreed_amount(officer, starts_on, ends_on, is_free):
    first = asked()
    agree(first, officer, ends_on=JUNE)
    second = asked(first.return_pupil)
    if is_free:
        agree(second, officer, starts_on=starts_on, ends_on=ends_on)
    else:
        with pytest.raises(RefusalError, match="agreed from 1 January 2027 to 30 June 2027"):
            agree(second, officer, starts_on=starts_on, ends_on=ends_on)


def test_asking_again_renews_what_is_agreed(officer):
    first = asked()
    assert first.renews is None
    agree(first, officer, ends_on=JUNE)
    assert asked(first.return_pupil).renews == first


def test_amount_ends_with_a_day_and_a_reason(officer):
    request = agree(asked(), officer)
    with pytest.raises(RefusalError, match="Say why the amount ends"):
        end_amount(request=request, last_day=JUNE, reason=" ", by=officer)
    with pytest.raises(RefusalError, match="It began on 1 January 2027"):
        early = dt.date(2026, 12, 31)
        end_amount(request=request, last_day=early, reason="Moved", by=officer)
    ended = end_amount(request=request, last_day=JUNE, reason="The nurse left", by=officer)
    assert (ended.ends_on, ended.end_reason) == (JUNE, "The nurse left")
    with pytest.raises(RefusalError, match="It ends on 30 June 2027 already"):
        later = dt.date(2027, 7, 1)
        end_amount(request=request, last_day=later, reason="Longer", by=officer)


def test_only_an_agreed_amount_ends(officer):
    request = asked()
    refuse_request(request=request, answer="The band secures it", by=officer)
    with pytest.raises(RefusalError, match="No amount is agreed"):
        end_amount(request=request, last_day=JUNE, reason="Why", by=officer)


def test_school_is_told_of_the_answer(officer):
    first, second = asked(), asked()
    refuse_request(request=first, answer="The band secures it", by=officer)
    agree(second, officer)
    told = Notice.objects.filter(kind="exceptional").values_list("recipient", flat=True)
    assert set(told) == {first.asked_by_id, second.asked_by_id}


def test_merging_says_that_two_amounts_pay_the_same_days(officer):
    first, second = asked(), asked()
    agree(first, officer, ends_on=JUNE)
    agree(second, officer, starts_on=dt.date(2027, 7, 1))
    kept = first.return_pupil.pupil
    ReturnPupil.objects.filter(pk=second.return_pupil_id).update(pupil=kept)
    assert amounts_of_both(kept) == []
    ExceptionalRequest.objects.filter(pk=second.pk).update(starts_on=JUNE)
    assert len(amounts_of_both(kept)) == 1


# Pages


def url(name, request):
    return reverse(f"banding:exceptional_{name}", args=[request.pk])


def test_page_agrees_an_amount_and_the_school_reads_it(sign_in, client):
    request = asked(amount=Decimal(900), since=JANUARY)
    officer = sign_in(Role.SEND_OFFICER)
    page = officer.get(url("detail", request)).text
    assert "£900.00" in page
    refused = officer.post(url("detail", request), {"outcome": "agreed", "answer": "Yes"}).text
    assert "Enter the amount" in refused
    assert "Enter the first day" in refused
    wrong = officer.post(url("detail", request), {"outcome": "agreed", "amount": "lots"}).text
    assert "The amount must be in pounds" in wrong
    given = {"outcome": "agreed", "answer": "Yes", "amount": "£1,200"}
    officer.post(url("detail", request), given | date_of("starts_on", JANUARY))
    request.refresh_from_db()
    assert request.state == RequestState.AGREED
    client.force_login(senco_of(request.return_pupil.pupil_return))
    text = client.get(reverse("banding:decision_edit", args=[request.return_pupil_id])).text
    assert "£1,200.00 a year on top of the band, from 1 January 2027" in " ".join(text.split())


def test_page_ends_an_amount(sign_in, officer):
    request = agree(asked(), officer)
    client = sign_in(Role.SEND_OFFICER)
    client.post(url("end", request), {"reason": "Moved"} | date_of("last_day", JUNE))
    request.refresh_from_db()
    assert request.ends_on == JUNE
    assert "Why it ends" in client.get(url("detail", request)).text


def test_band_is_never_called_a_limit(client):
    row = ReturnPupilFactory()
    client.force_login(senco_of(row.pupil_return))
    page = client.get(reverse("banding:exceptional_create", args=[row.pk])).text
    assert "A band is never a limit on what a plan requires" in " ".join(page.split())


def test_school_asks_from_a_decision_that_is_closed_and_from_the_pupil(client, officer):
    row = ReturnPupilFactory()
    Return.objects.update(state="submitted", submitted_by=officer, submitted_at=timezone.now())
    client.force_login(senco_of(row.pupil_return))
    create = reverse("banding:exceptional_create", args=[row.pk])
    pages = (
        reverse("banding:decision_edit", args=[row.pk]),
        reverse("schools:pupil_detail", args=[row.pupil_id]),
    )
    assert all(create in client.get(page).text for page in pages)
    agree(asked(row), officer, ends_on=JUNE)
    text = " ".join(client.get(pages[1]).text.split())
    assert "£1,200.00 a year on top of the band, from 1 January 2027 to 30 June 2027" in text


def test_list_says_how_long_each_has_waited(sign_in):
    new, old = asked(), asked()
    ago = timezone.now() - dt.timedelta(days=30)
    ExceptionalRequest.objects.filter(pk=old.pk).update(asked_at=ago)
    client = sign_in(Role.SEND_OFFICER)
    page = client.get(reverse("banding:exceptional_list"))
    assert {each.pk: each.days for each in page.context["page_obj"]} == {new.pk: 0, old.pk: 30}
    days_before = timezone.localdate() - dt.timedelta(days=2)
    evening = dt.datetime.combine(days_before, dt.time(23, 59), timezone.get_current_timezone())
    ExceptionalRequest.objects.filter(pk=new.pk).update(asked_at=evening)
    page = client.get(reverse("banding:exceptional_list"))
    assert {each.pk: each.days for each in page.context["page_obj"]} == {new.pk: 2, old.pk: 30}
    narrowed = client.get(reverse("banding:exceptional_list"), {"age": "28"})
    assert [each.pk for each in narrowed.context["page_obj"]] == [old.pk]


# Of a decision about a pupil who was never on a return of the school


@pytest.fixture
def of_panel(school):
    return BandDecisionFactory(
        return_pupil=None,
        pupil=PupilFactory(school=school),
        collection=None,
        school=None,
        framework=FrameworkFactory(),
        source="panel",
        effective_from=dt.date(2026, 9, 1),
    )


def asked_of(decision, school, by=None, **more):
    by = by or person(Role.SENCO, school=school)
    more = {"reason": "A nurse all day"} | more
    return ask_of_decision(decision=decision, school=school, by=by, **more)


def test_school_asks_of_a_panel_decision_from_the_pupil_and_is_answered(
    of_panel, school, client, officer
):
    senco = person(Role.SENCO, school=school)
    client.force_login(senco)
    page = reverse("schools:pupil_detail", args=[of_panel.pupil_id])
    create = reverse("banding:exceptional_of_decision", args=[of_panel.pk])
    assert create in client.get(page).text
    assert "Say which provision" in client.post(create, {}).text
    given = {"reason": "A nurse all day", "amount": "900"}
    assert client.post(create, given).url == page
    request = ExceptionalRequest.objects.get()
    assert (request.pupil, request.asking_school) == (of_panel.pupil, school)
    assert reverse("banding:exceptional_withdraw", args=[request.pk]) in client.get(create).text
    agree(request, officer)
    assert Notice.objects.get(kind="exceptional", recipient=senco).path == page
    text = " ".join(client.get(page).text.split())
    assert "£1,200.00 a year on top of the band, from 1 January 2027" in text
    assert "The authority’s answer: Agreed" in text
    client.force_login(officer)
    assert "Band in force" in client.get(url("detail", request)).text
    listed = client.get(reverse("banding:exceptional_list"), {"school": school.pk, "sort": "pupil"})
    assert [each.pk for each in listed.context["page_obj"]] == [request.pk]


def test_request_of_a_decision_is_changed_withdrawn_renewed_and_never_doubled(
    of_panel, school, officer
):
    senco = person(Role.SENCO, school=school)
    first = asked_of(of_panel, school, senco)
    assert asked_of(of_panel, school, senco, reason="Two nurses").pk == first.pk
    withdraw_request(request=first, by=ExceptionalRequest.objects.get().asked_by)
    second = agree(asked_of(of_panel, school), officer)
    third = asked_of(of_panel, school)
    assert third.renews == second
    with pytest.raises(RefusalError, match="An amount is agreed from 1 January 2027"):
        agree(third, officer)
    other = BandDecisionFactory(
        return_pupil=None, pupil=of_panel.pupil, collection=None, framework=of_panel.framework,
        school=None, source="panel", effective_from=JUNE,
    )  # fmt: skip
    with pytest.raises(RefusalError, match="is waiting for the authority’s answer"):
        asked_of(other, school)


def test_only_where_the_pupil_is_and_of_what_is_in_force(of_panel, school, client):
    create = reverse("banding:exceptional_of_decision", args=[of_panel.pk])
    client.force_login(person(Role.SENCO, school=school))
    assert client.get(create).status_code == 200
    of_panel.pupil.placements.update(end=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(create).status_code == 404
    of_panel.pupil.placements.update(end=None)
    type(of_panel).objects.update(state="superseded")
    assert client.get(create).status_code == 404


def test_database_knows_what_each_request_is_of(of_panel, school, officer):
    for given in ({}, {"decision": of_panel}, {"school": school}):
        with pytest.raises(IntegrityError, match="of_a_row_or_a_decision"), transaction.atomic():
            ExceptionalRequest.objects.create(reason="A nurse", asked_by=officer, **given)


def test_looking_at_the_request_is_no_new_decision(client, officer):
    pupil_return, (row,) = submitted_return()
    return_for_correction(pupil_return=pupil_return, by=officer, reason="Look again")
    client.force_login(senco_of(pupil_return))
    page = reverse("banding:decision_edit", args=[row.pk])
    same = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "exceptional"}
    create = reverse("banding:exceptional_create", args=[row.pk])
    assert client.post(page, same).url == create
    pupil_return.refresh_from_db()
    assert (pupil_return.state, row.decisions.count()) == ("returned", 1)
    other = {**same, "band": "C", "difference_reason": "A new report"}
    assert client.post(page, other).url == create
    assert "is saved as a draft" in client.get(create).text
    assert row.decisions.count() == 2
