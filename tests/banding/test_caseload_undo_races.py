"""An import undone at the same moment as something else, on real PostgreSQL (rules.md S12)."""

import pytest

from banding.choices import ReturnState
from banding.models import BandDecision, Return, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Sector
from schools.models import Placement, Pupil
from schools.services.undo_plans import UndoPlan
from schools.services.undoing import undo_import
from tests.banding.caseload_files import as_csv, caseload_row
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.banding.test_caseload_faults import run
from tests.banding.test_caseload_undo import load
from tests.factories import CollectionFactory, FrameworkFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    SchoolFactory(urn="900002")
    FrameworkFactory()


def undoing(record, by):
    return lambda: undo_import(record=record, leave_the_rest=True, by=by)


def test_two_undos_at_once_have_one_effect():
    record, by = load(caseload_row(1), caseload_row(2)), person(Role.SEND_OFFICER)
    results = at_once([undoing(record, by)] * 6)
    assert sum(isinstance(result, UndoPlan) for result in results) == 1
    assert sum(isinstance(result, RefusalError) for result in results) == 5
    assert (Pupil.objects.count(), Placement.objects.count()) == (0, 0)


def test_undo_and_submission_at_once_agree():
    """Either the submission counts and the end stays, or it is undone and then submitted."""
    by = person(Role.SEND_OFFICER)
    for number in range(4):
        CollectionFactory(code=f"c-{number}", sectors=Sector.values)
        load(caseload_row(number))
        record = load(caseload_row(number, placement_end="2027-08-31"))
        row = ReturnPupil.objects.filter(pupil__reference=f"999-{number}").latest("pk")
        decide(row)
        senco = senco_of(row.pupil_return)

        def submission(row=row, senco=senco):
            return submit_return(
                pupil_return=row.pupil_return, by=senco, declared_name="Sam Carter"
            )

        undone, submitted = at_once([undoing(record, by), submission])
        placement = Placement.objects.get(pupil__reference=f"999-{number}")
        stays = isinstance(undone, RefusalError)
        assert stays is (placement.end is not None)
        state = Return.objects.get(pk=row.pupil_return.pk).state
        assert (state == ReturnState.SUBMITTED) is isinstance(submitted, Return)
        Return.objects.filter(state=ReturnState.NOT_STARTED).delete()


def test_undo_and_the_same_file_at_once_leave_it_in_or_out():
    by = person(Role.SEND_OFFICER)
    for number in range(4):
        rows = [caseload_row(number)]
        record = load(*rows)
        undone, _ = at_once([undoing(record, by), lambda rows=rows: run(as_csv(rows))])
        assert isinstance(undone, UndoPlan)
        pupils = Pupil.objects.filter(reference=f"999-{number}")
        assert pupils.count() in (0, 1)
        for pupil in pupils:
            assert pupil.placements.count() == pupil.plans.count() == 1
            assert BandDecision.objects.filter(pupil=pupil).count() == 1
