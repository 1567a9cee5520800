"""A first day put right while the return is submitted: the band counts from the right day (B4)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.models import BandDecision, Return
from banding.returns.services import submit_return
from banding_portal.roles import Role
from schools.models import Correction
from schools.services.corrections import correct_placement
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import SchoolFactory, person


@pytest.mark.django_db(transaction=True)
def test_band_counts_from_the_right_day_whatever_came_first():
    officer, today = person(Role.SEND_OFFICER), timezone.localdate()
    joined, right = (today - dt.timedelta(days=days) for days in (5, 9))
    for number in range(5):
        school = SchoolFactory()
        pupil = pupil_at(school, band="", start=joined)
        collection = open_round(code=f"round-{number}", reference=today - dt.timedelta(days=20))
        pupil_return = return_of(collection, school)
        by = senco_of(pupil_return)
        decide(row_of(collection, pupil), by)
        placement = pupil.placements.get()
        given = {"school": school, "end": None, "reason": "The register", "by": officer}
        results = at_once(
            [
                lambda at=pupil_return, by=by: submit_return(
                    pupil_return=at, by=by, declared_name="Sam Carter"
                ),
                lambda at=placement, given=given: correct_placement(
                    placement=at, start=right, **given
                ),
            ]
        )
        assert [type(each) for each in results] == [Return, Correction]
        found = BandDecision.objects.in_force().get(pupil=pupil)
        assert found.effective_from == right
        collection.closed_at = timezone.now()
        collection.save()
