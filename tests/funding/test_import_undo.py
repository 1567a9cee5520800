"""Runs and an import that is undone: published money stays, drafts are worked out again (S12)."""

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line, Run
from schools.models import Pupil
from schools.services.undo_plans import plan_undo
from schools.services.undoing import undo_import
from tests.banding.caseload_files import caseload_row
from tests.banding.test_caseload_undo import load
from tests.factories import FrameworkFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(settings):
    settings.LA_CODE = "999"
    SchoolFactory(urn="900001")
    FrameworkFactory()
    set_value()


@pytest.fixture
def record():
    return load(caseload_row(1), caseload_row(2))


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.mark.parametrize(("run", "state"), [(checked, "being checked"), (published, "published")])
def test_run_that_others_rely_on_rests_on_what_it_counts(record, officer, run, state):
    made = run()
    assert {reason for _, reason in plan_undo(record).held} == {
        f"{made} counts the pupil and is {state}."
    }
    with pytest.raises(RefusalError, match="None of it can be undone"):
        undo_import(record=record, leave_the_rest=True, by=officer)
    assert Line.objects.filter(run=made).count() == 2


def test_run_published_before_an_import_does_not_rest_on_it(record, officer):
    published()
    later = load(caseload_row(1, placement_end="2026-10-31"))
    undo_import(record=later, by=officer)
    assert Pupil.objects.count() == 2


def test_draft_is_to_be_calculated_again(record, officer):
    run = draft()
    assert Line.objects.filter(run=run).count() == 2
    undo_import(record=record, by=officer)
    run.refresh_from_db()
    assert (run.is_outdated, Line.objects.count(), Pupil.objects.count()) == (True, 0, 0)


def test_draft_of_other_pupils_stays(record, officer):
    later = load(caseload_row(3, band_framework="", band="", band_effective_from=""))
    run = draft(PeriodFactory())
    Line.objects.exclude(pupil__reference__in=["999-1", "999-2"]).delete()
    run.exceptions.all().delete()
    undo_import(record=later, by=officer)
    assert not Run.objects.get(pk=run.pk).is_outdated
