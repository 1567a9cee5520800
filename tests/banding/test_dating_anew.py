"""A placement put right after submission dates the band anew that counts from it (B4, S10)."""

import datetime as dt

import pytest
import time_machine

from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision
from banding.returns.services import accept_return, submit_return
from banding_portal.roles import Role
from schools.services.corrections import correct_placement, undo_correction
from schools.services.following import hearing
from tests.agreed_bands import agreed_bands_on
from tests.banding.helpers import band_of, decide, senco_of
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import person

pytestmark = pytest.mark.django_db
JOINED, RIGHT = dt.date(2026, 10, 12), dt.date(2026, 10, 5)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def sent(school, officer):
    """An accepted return of a pupil who joined after the reference date, and of one before."""
    joiner = pupil_at(school, band="", start=JOINED, surname="Adair")
    steady = pupil_at(school, band="", surname="Bell")
    collection = open_round()
    pupil_return = return_of(collection, school)
    by = senco_of(pupil_return)
    for pupil in (joiner, steady):
        decide(row_of(collection, pupil), by)
    submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
    accept_return(pupil_return=pupil_return, by=officer)
    return joiner, steady


def in_force(pupil):
    return BandDecision.objects.in_force().get(pupil=pupil, moderates=None)


def put_right(pupil, officer, start=RIGHT):
    placement = pupil.placements.get()
    where = {"school": placement.school, "end": placement.end}
    with hearing() as said:
        done = correct_placement(
            placement=placement, start=start, reason="The register says so", by=officer, **where
        )
    return done, said


def test_band_counts_from_the_day_that_is_right(sent, officer):
    joiner, steady = sent
    old, other = in_force(joiner), in_force(steady)
    assert old.effective_from == JOINED
    _, said = put_right(joiner, officer)
    new = in_force(joiner)
    assert (new.effective_from, new.band, new.return_pupil) == (RIGHT, old.band, old.return_pupil)
    assert new.submitted_at == old.submitted_at
    levels = [list(each.levels.values_list("area", "level")) for each in (old, new)]
    assert levels[0] == levels[1] != []
    old.refresh_from_db()
    assert old.state == "superseded"
    assert "Band B of Autumn round counts from 5 October 2026 now." in said
    agreed = agreed_bands_on(RIGHT, [joiner], plan_type="EHCP", framework=new.framework)
    assert len(list(agreed)) == 1
    assert in_force(steady) == other


def test_taken_back_it_counts_from_the_day_as_before(sent, officer):
    joiner, _ = sent
    correction, _ = put_right(joiner, officer)
    undo_correction(correction=correction, by=officer)
    assert in_force(joiner).effective_from == JOINED


def test_day_before_the_reference_date_is_the_reference_date(sent, officer):
    joiner, _ = sent
    put_right(joiner, officer, start=dt.date(2026, 9, 7))
    assert in_force(joiner).effective_from == dt.date(2026, 10, 1)


def test_who_joined_after_all_counts_from_that_day(sent, officer):
    _, steady = sent
    put_right(steady, officer)
    assert in_force(steady).effective_from == RIGHT


def test_what_moderation_has_settled_keeps_its_day(sent, officer):
    joiner, _ = sent
    decision = in_force(joiner)
    row = decision.return_pupil
    record_moderated_band(
        decision=decision, band=band_of(row, "C"), effective_from=JOINED, reason="Help", by=officer
    )
    _, said = put_right(joiner, officer)
    assert in_force(joiner) == decision
    settled = "Moderation has settled Band B of Autumn round: it counts from its day as before."
    assert settled in said
