"""Opening a collection (B6, B7)."""

import datetime as dt

import pytest

from banding.collections.services import open_collection, sync_return_pupils
from banding.models import Collection, Framework, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from tests.banding.helpers import decide, senco_of
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
REFERENCE = dt.date(2026, 10, 1)


def opened(framework, **given) -> Collection:
    fields = {
        "code": "autumn-2026",
        "name": "Autumn 2026",
        "kind": "exercise",
        "framework": framework,
        "sectors": ["mainstream"],
        "reference_date": REFERENCE,
        "opens_on": dt.date(2026, 10, 5),
        "deadline": dt.date(2027, 11, 30),
    }
    return open_collection(**(fields | given))


def on_return(collection):
    rows = ReturnPupil.objects.filter(pupil_return__collection=collection)
    return {(row.pupil_return.school, row.pupil, row.plan_type) for row in rows}


def test_return_is_made_for_each_school_of_the_sectors_with_pupils(framework):
    mainstream, special, empty = SchoolFactory(), SchoolFactory(sector="special"), SchoolFactory()
    pupil = PupilFactory(school=mainstream)
    PupilFactory(school=special)
    collection = opened(framework)
    assert on_return(collection) == {(mainstream, pupil, "EHCP")}
    assert list(collection.returns.values_list("school", flat=True)) == [mainstream.pk]
    assert not empty.returns.exists()


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (dt.date(2026, 10, 1), None, True),
        (dt.date(2025, 9, 1), dt.date(2026, 10, 1), True),
        (dt.date(2025, 9, 1), dt.date(2026, 9, 30), False),
        (dt.date(2026, 10, 20), None, True),
        (dt.date(2099, 1, 1), None, False),
    ],
)
def test_pupils_placed_on_the_reference_date_or_since_are_on_it(framework, start, end, there):
    placement = PlacementFactory(start=start, end=end)
    PlanFactory(pupil=placement.pupil)
    assert bool(on_return(opened(framework))) is there


def test_pupil_who_moved_since_is_on_the_new_return_alone(framework):
    pupil, old, new = PupilFactory(), SchoolFactory(), SchoolFactory()
    PlanFactory(pupil=pupil)
    PlacementFactory(pupil=pupil, school=old, end=dt.date(2026, 10, 15))
    PlacementFactory(pupil=pupil, school=new, start=dt.date(2026, 10, 16))
    assert on_return(opened(framework)) == {(new, pupil, "EHCP")}


def test_only_plans_the_framework_covers_count(framework, school):
    Framework.objects.update(plan_types=["EHCP"])
    framework.refresh_from_db()
    with_plan, with_support = PupilFactory(), PupilFactory()
    for pupil, plan_type in ((with_plan, "EHCP"), (with_support, "SEN_SUPPORT")):
        PlacementFactory(pupil=pupil, school=school)
        PlanFactory(pupil=pupil, plan_type=plan_type)
    assert on_return(opened(framework)) == {(school, with_plan, "EHCP")}


def test_plan_that_ended_before_does_not_count(framework, school):
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school)
    PlanFactory(pupil=pupil, end=dt.date(2026, 9, 30))
    assert on_return(opened(framework)) == set()


def test_ehcp_goes_before_sen_support(framework, school):
    pupil = PupilFactory(school=school)
    PlanFactory(pupil=pupil, plan_type="SEN_SUPPORT")
    assert on_return(opened(framework)) == {(school, pupil, "EHCP")}


def test_all_problems_are_told_at_once(framework):
    opened(framework)
    with pytest.raises(RefusalError) as refused:
        opened(
            framework,
            kind="thing",
            sectors=["mainstream", "zoo"],
            reference_date=dt.date(2019, 1, 1),
            deadline=dt.date(2026, 10, 4),
        )
    assert len(refused.value.problems) == 5
    assert Collection.objects.count() == 1


def test_sync_adds_who_came_and_takes_nobody_off(framework, school):
    gone = PupilFactory(school=school)
    collection = opened(framework)
    gone.placements.update(end=dt.date(2026, 9, 1))
    came = PupilFactory(school=school)
    assert sync_return_pupils(collection) == 1
    assert on_return(collection) == {(school, gone, "EHCP"), (school, came, "EHCP")}
    assert sync_return_pupils(collection) == 0


def test_sync_leaves_submitted_returns_alone(framework, school):
    PupilFactory(school=school)
    collection = opened(framework)
    pupil_return = collection.returns.get()
    decide(pupil_return.pupils.get())
    by = senco_of(pupil_return)
    submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
    PupilFactory(school=school)
    assert sync_return_pupils(collection) == 0
