"""Leavers and joiners told, withdrawn and dealt with at the same moment, on PostgreSQL."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.joiners.services import tell_joiner
from banding.leavers.services import accept_leaver, tell_leaver, withdraw_leaver
from banding.models import Joiner, Leaver
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.races import at_once
from tests.banding.rounds import open_round, pupil_at
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def test_fifty_alike_at_once_are_one(school):
    pupil, by = pupil_at(school), person(Role.SENCO, school=school)
    open_round(reference=TODAY - dt.timedelta(days=10))
    told = {"school": school, "by": by}
    who = {"surname": "Quill", "forename": "Ada", "date_of_birth": dt.date(2018, 3, 4)}
    who |= {"joined_on": TODAY, "plan_type": "EHCP"}
    left = at_once([lambda: tell_leaver(pupil=pupil, left_on=TODAY, **told)] * 25)
    joined = at_once([lambda: tell_joiner(**told, **who)] * 25)
    assert {type(each) for each in left + joined} == {Leaver, Joiner}
    assert (Leaver.objects.count(), Joiner.objects.count()) == (1, 1)


def test_withdrawn_or_accepted_never_both(school):
    senco, officer = person(Role.SENCO, school=school), person(Role.SEND_OFFICER)
    for _ in range(5):
        pupil = pupil_at(school)
        leaver = tell_leaver(school=school, pupil=pupil, left_on=TODAY, by=senco)
        withdrawn, accepted = at_once(
            [
                lambda leaver=leaver: withdraw_leaver(leaver=leaver, by=senco),
                lambda leaver=leaver: accept_leaver(leaver=leaver, by=officer),
            ]
        )
        ended = pupil.placements.get().end == TODAY
        assert isinstance(accepted, Leaver) == ended
        assert isinstance(withdrawn, RefusalError) == ended
