"""What follows from a return that was sent in (B12, S10)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.changes.afterwards import left_to_the_officer, moved_since
from banding.models import Return, ReturnPupil
from banding.returns.progress import progress_of_return
from banding.returns.services import accept_return
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.helpers import return_with_pupils, submitted_return
from tests.factories import BandDecisionFactory, CollectionFactory, ReturnFactory, person
from tests.reporting import reported

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def move(row: ReturnPupil, last_day: dt.date = YESTERDAY) -> None:
    """The pupil's placement at the school of the return ends."""
    school = row.pupil_return.school
    placed = Placement.objects.filter(pupil=row.pupil, school=school)
    if not placed.update(end=last_day):
        Placement.objects.create(
            pupil=row.pupil, school=school, start=dt.date(2020, 9, 1), end=last_day
        )


def moved(pupil_return: Return) -> list[tuple[str, str]]:
    found = moved_since(pupil_return, progress_of_return(pupil_return))
    return [(each.line.pupil.reference, each.sentence) for each in found]


def to_do(pupil_return: Return) -> list[str]:
    found = left_to_the_officer(pupil_return, progress_of_return(pupil_return))
    return [each.sentence for each in found]


def accepted(change: str, **fields) -> ReturnPupil:
    row = reported(change, ReturnFactory(collection=CollectionFactory(**fields)))
    if not row.pupil.placements.filter(school=row.pupil_return.school).exists():
        Placement.objects.create(
            pupil=row.pupil, school=row.pupil_return.school, start=dt.date(2020, 9, 1)
        )
    accept_return(pupil_return=row.pupil_return, by=person(Role.SEND_OFFICER))
    row.pupil_return.refresh_from_db()
    return row


def test_submitted_return_names_who_has_moved_since(sign_in):
    pupil_return, (gone, stays) = submitted_return(2)
    move(gone)
    move(stays, TODAY)
    assert [reference for reference, _ in moved(pupil_return)] == [gone.pupil.reference]
    senco = sign_in(Role.SENCO, school=pupil_return.school)
    text = senco.get(reverse("banding:return_detail", args=[pupil_return.pk])).text
    told = text.split("Moved since this return was submitted")[-1].split("</table>")[0]
    assert gone.pupil.surname in told
    assert stays.pupil.display_name not in told


def test_return_that_is_with_its_school_names_nobody():
    pupil_return, (gone,) = return_with_pupils()
    move(gone)
    assert moved(pupil_return) == []


def test_pupil_of_whom_the_return_says_that_they_left_is_not_named():
    pupil_return = ReturnFactory()
    row = reported("left", pupil_return, change_date=YESTERDAY)
    move(row)
    assert moved(pupil_return) == []


def test_return_of_a_closed_collection_names_nobody():
    pupil_return, (gone,) = submitted_return()
    move(gone)
    pupil_return.collection.closed_at = timezone.now()
    assert moved(pupil_return) == []


def test_officer_puts_the_placement_of_somebody_else_s_pupil_right(sign_in):
    row = accepted("not_ours")
    [said] = to_do(row.pupil_return)
    assert said.startswith("Not their pupil, but placed with them. Correct the placement")
    url = reverse("banding:return_detail", args=[row.pupil_return.pk])
    assert said in sign_in(Role.SEND_OFFICER).get(url).text
    assert said not in sign_in(Role.SENCO, school=row.pupil_return.school).get(url).text
    row.pupil.placements.update(start=dt.date(2020, 9, 1))
    move(row, row.pupil_return.collection.reference_date - dt.timedelta(days=1))
    assert to_do(row.pupil_return) == []


def test_earlier_band_of_a_pupil_who_needs_none_is_for_the_officer():
    row = accepted("no_band")
    assert to_do(row.pupil_return) == []
    BandDecisionFactory(
        return_pupil=None,
        pupil=row.pupil,
        collection=None,
        school=row.pupil_return.school,
        framework=row.pupil_return.collection.framework,
        effective_from=dt.date(2020, 9, 1),
    )
    [said] = to_do(row.pupil_return)
    assert said.endswith("from 1 September 2020 still counts. End the plan, or correct the band.")


def test_placement_that_ended_before_the_pupil_was_to_stay_on_is_for_the_officer():
    row = accepted("staying_on", reference_date=dt.date(TODAY.year - 1, 10, 1))
    assert to_do(row.pupil_return) == []
    row.pupil.placements.update(start=dt.date(2020, 9, 1))
    move(row, dt.date(TODAY.year - 1, 8, 31))
    [said] = to_do(row.pupil_return)
    assert (
        said
        == f"Stays on, but the placement ended on 31 August {TODAY.year - 1}. Correct its last day."
    )


def test_nothing_is_left_before_a_return_is_accepted():
    pupil_return = ReturnFactory()
    reported("not_ours", pupil_return)
    assert to_do(pupil_return) == []
