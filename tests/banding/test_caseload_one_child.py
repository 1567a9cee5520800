"""A file that names a merged record goes on naming the child (rules.md S8)."""

import datetime as dt

import pytest

from banding.models import CaseloadWord
from banding_portal.roles import Role
from schools.models import Placement, Plan, Pupil
from schools.services.merges import merge_pupils, undo_merge
from tests.banding.caseload_files import as_csv, caseload_row
from tests.banding.test_caseload_faults import run
from tests.factories import FrameworkFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
SEP, NOV = "2025-09-01", "2025-11-03"
KEPT = caseload_row(1, placement_start=NOV, upn="", surname="Nuñez")
DROPPED = caseload_row(2, placement_start=SEP, upn="", surname="Nunez")


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    SchoolFactory(urn="900002")
    FrameworkFactory()


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def merge(officer):
    """Both rows were loaded as two records, which are one now."""
    load(KEPT, DROPPED)
    kept, dropped = Pupil.objects.order_by("reference")
    return merge_pupils(kept=kept, dropped=dropped, reason="Same child", by=officer)


def load(*rows):
    result = run(as_csv(rows))
    assert result.issues == []
    return result


def records():
    return {
        model: sorted(map(str, model._base_manager.values_list()))
        for model in (Pupil, Placement, Plan)
    }


@pytest.mark.parametrize("rows", [(KEPT, DROPPED), (DROPPED, KEPT), (DROPPED,), (KEPT,)])
def test_same_file_again_changes_nothing(merge, rows):
    before = records()
    load(*rows)
    assert records() == before


def test_row_of_the_merged_record_is_told(merge):
    [warning] = load(KEPT, DROPPED).warnings
    assert "was merged into 999-1" in warning.message


def test_new_placement_of_the_merged_record_is_the_child_s(merge):
    load(KEPT, DROPPED | {"school_urn": "900002", "placement_start": "2026-09-01"})
    [later] = Placement.objects.filter(school__urn="900002")
    assert (later.pupil, later.start) == (merge.kept, dt.date(2026, 9, 1))


def test_change_of_the_child_is_taken_from_its_own_row(merge):
    load(KEPT | {"primary_need": "ASD"}, DROPPED)
    assert Pupil.objects.get().primary_need == "ASD"


def test_reference_taken_from_the_other_record_is_the_child_s_now(officer):
    load(KEPT, DROPPED)
    kept, dropped = Pupil.objects.order_by("reference")
    merge_pupils(kept=kept, dropped=dropped, take=["reference"], reason="Same", by=officer)
    before = records()
    load(KEPT, DROPPED)
    assert Pupil.objects.get().reference == "999-2"
    assert len(records()[Placement]) == len(before[Placement]) == 1


def test_undo_gives_each_record_its_own_words_back(merge, officer):
    undo_merge(merge=merge, by=officer)
    assert CaseloadWord.objects.count() == 2
    before = records()
    load(KEPT, DROPPED)
    assert records() == before
