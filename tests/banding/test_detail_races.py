"""Details asked for, answered and taken back at the same moment, on real PostgreSQL."""

import pytest

from banding.details.services import (
    accept_details,
    ask_for_details,
    refuse_details,
    withdraw_details,
)
from banding.models import DetailCorrection
from banding_portal.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.races import at_once
from tests.banding.rounds import pupil_at
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


def waiting():
    school = SchoolFactory()
    pupil = pupil_at(school, surname="Khan")
    return pupil, school, person(Role.SENCO, school=school)


def test_twenty_at_once_ask_once():
    pupil, school, senco = waiting()
    person(Role.SEND_OFFICER)
    says = {"surname": "Kahn"}
    results = at_once(
        [lambda: ask_for_details(school=school, pupil=pupil, says=says, by=senco)] * 20
    )
    assert [each for each in results if isinstance(each, Exception)] == []
    assert DetailCorrection.objects.count() == 1
    assert Notice.objects.filter(path__contains="details").count() == 1


def test_of_three_answers_at_once_one_counts():
    officer = person(Role.SEND_OFFICER)
    for _ in range(3):
        pupil, school, senco = waiting()
        asked = ask_for_details(school=school, pupil=pupil, says={"surname": "Kahn"}, by=senco)
        results = at_once(
            [
                lambda asked=asked: accept_details(asked=asked, by=officer),
                lambda asked=asked: refuse_details(asked=asked, by=officer, note="It is right."),
                lambda asked=asked, by=senco: withdraw_details(asked=asked, by=by),
            ]
        )
        assert sum(isinstance(each, RefusalError) for each in results) == 2
        pupil.refresh_from_db()
        left = DetailCorrection.objects.filter(pk=asked.pk).first()
        answer = left and left.state
        assert (answer, pupil.surname) in {
            ("accepted", "Kahn"),
            ("refused", "Khan"),
            (None, "Khan"),
        }
