"""Two people on one list at the same moment: grid against grid, grid against page (B8)."""

import pytest

from banding.decisions.services import DecisionConflictError
from banding.grid.rules import Was
from banding.grid.services import GivenRow, GridError, save_grid
from banding.models import BandDecision
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.banding.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NEW = Was(None, "")


def cells(code):
    return {"level_cl": "2", "level_ci": "1", "band": code, "reason": "New report"}


def grid(rows, code, by):
    given = {row.pk: GivenRow(cells(code), NEW) for row in rows}
    return lambda: save_grid(pupil_return=rows[0].pupil_return, by=by, given=given)


def test_two_grids_at_once_do_not_overwrite_each_other():
    for _ in range(5):
        pupil_return, rows = return_with_pupils(2)
        by = senco_of(pupil_return)
        results = at_once([grid(rows, "A", by), grid(rows, "C", by)])
        saved = [i for i, result in enumerate(results) if result == 2]
        [refused] = [result for result in results if isinstance(result, GridError)]
        assert set(refused.found.conflicts) == {row.pk for row in rows}
        bands = set(BandDecision.objects.filter(return_pupil__in=rows).values_list("band__code"))
        assert bands == {("AC"[saved[0]],)}


def test_grid_against_the_single_page_keeps_one_and_tells_the_other():
    for _ in range(5):
        pupil_return, rows = return_with_pupils(2)
        by = senco_of(pupil_return)
        many, one = at_once([grid(rows, "A", by), lambda r=rows[0], b=by: decide(r, b, code="C")])
        if isinstance(many, GridError):
            assert set(many.found.conflicts) == {rows[0].pk}
            assert one.band.code == "C"
            assert BandDecision.objects.filter(return_pupil=rows[1]).count() == 0
        else:
            assert isinstance(one, DecisionConflictError)
            assert one.current.band.code == "A"
        assert BandDecision.objects.filter(return_pupil=rows[0]).count() == 1


def test_the_same_grid_sent_fifty_times_at_once_has_one_effect():
    pupil_return, rows = return_with_pupils(2)
    results = at_once([grid(rows, "A", senco_of(pupil_return))] * 50)
    assert sorted(results) == [0] * 49 + [2]
    assert [d.version for d in BandDecision.objects.all()] == [1, 1]
