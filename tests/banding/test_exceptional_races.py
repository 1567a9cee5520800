"""Two who approve at the same moment, on PostgreSQL (rules.md B11)."""

import datetime as dt
from decimal import Decimal

import pytest

from banding.exceptional.services import agree_request, ask_for_exception, refuse_request
from banding.models import ExceptionalRequest
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.banding.races import at_once
from tests.factories import ReturnFactory, ReturnPupilFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


def asked(row):
    by = senco_of(row.pupil_return)
    return ask_for_exception(return_pupil=row, reason="A nurse", by=by)


def refusal(request, by):
    return lambda: refuse_request(request=request, answer="No", by=by)


def agreement(request, by, amount):
    given = {"amount": Decimal(amount), "starts_on": dt.date(2027, 1, 1), "answer": "Yes"}
    return lambda: agree_request(request=request, by=by, **given)


def test_two_approvers_of_one_request_have_one_effect():
    people = [person(Role.SEND_OFFICER) for _ in range(3)]
    for _ in range(5):
        request = asked(ReturnPupilFactory())
        first, second, third = people
        results = at_once(
            [
                agreement(request, first, "100"),
                agreement(request, second, "200"),
                refusal(request, third),
            ]
        )
        done = [each for each in results if isinstance(each, ExceptionalRequest)]
        assert len(done) == 1, results
        assert sum(isinstance(each, RefusalError) for each in results) == 2
        request.refresh_from_db()
        assert (request.state, request.amount) == (done[0].state, done[0].amount)


def test_two_requests_of_one_pupil_are_not_both_agreed_for_a_day():
    people = [person(Role.SEND_OFFICER) for _ in range(2)]
    for _ in range(5):
        row = ReturnPupilFactory()
        other = ReturnPupilFactory(pupil=row.pupil, pupil_return=ReturnFactory())
        requests = [asked(row), asked(other)]
        results = at_once(
            [agreement(each, by, "100") for each, by in zip(requests, people, strict=True)]
        )
        assert sum(isinstance(each, ExceptionalRequest) for each in results) == 1, results


def test_two_who_ask_for_one_pupil_on_two_returns_have_one_request():
    row = ReturnPupilFactory()
    other = ReturnPupilFactory(
        pupil=row.pupil, pupil_return=ReturnFactory(school=row.pupil_return.school)
    )
    senco = senco_of(row.pupil_return)
    asking = [
        lambda each=each: ask_for_exception(return_pupil=each, reason="A nurse", by=senco)
        for each in (row, other)
    ]
    results = at_once(asking * 5)
    assert ExceptionalRequest.objects.count() == 1
    assert sum(isinstance(each, RefusalError) for each in results) == 5
