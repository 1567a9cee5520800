"""Asking and answering at the same moment, on real PostgreSQL (B14)."""

import pytest

from banding.change_requests.services import agree_to_change, withdraw_change_request
from banding.models import BandDecision, ChangeRequest
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.banding.races import at_once
from tests.banding.test_change_requests import accepted_row, ask
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_requests_at_once_are_one():
    row = accepted_row()
    results = at_once([lambda: ask(row)] * 20)
    assert ChangeRequest.objects.count() == 1
    assert sum(isinstance(each, RefusalError) for each in results) == 19


def test_agreeing_twice_and_withdrawing_at_once_agree():
    officer = person(Role.SEND_OFFICER)
    for _ in range(3):
        row = accepted_row()
        asked, senco = ask(row), senco_of(row.pupil_return)
        at_once(
            [
                lambda asked=asked: agree_to_change(asked=asked, by=officer),
                lambda asked=asked: agree_to_change(asked=asked, by=officer),
                lambda asked=asked, by=senco: withdraw_change_request(asked=asked, by=by),
            ]
        )
        asked.refresh_from_db()
        made = BandDecision.objects.filter(pupil=row.pupil, collection=None).count()
        assert (asked.state, made) in {("agreed", 1), ("withdrawn", 0)}
