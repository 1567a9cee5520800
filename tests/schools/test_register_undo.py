"""Taking an import of the register back: schools, links, carried placements (rules.md S12)."""

import datetime as dt

import pytest
from django.db import transaction

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import ImportKind, SchoolStatus
from schools.models import ImportRecord, Placement, School, SchoolLink
from schools.services.pupils import end_placement
from schools.services.register import import_register
from schools.services.undo_plans import CHANGED, plan_undo
from schools.services.undoing import undo_import
from tests.factories import PlacementFactory, person
from tests.schools.register_files import as_csv, link_row, links_csv, school_row

pytestmark = pytest.mark.django_db
START = dt.date(2025, 9, 1)
CLOSED = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"}


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR)


def load(*rows, links=None, **more):
    with transaction.atomic():
        result = import_register(
            lambda *_: None,
            schools=as_csv(rows) if rows else None,
            links=links_csv(*links) if links else None,
            filename="register.csv",
            **more,
        )
    assert result.issues == []
    return ImportRecord.objects.order_by("made_at").last()


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (School, SchoolLink, Placement)
    ]


def test_record_tells_new_and_changed_schools(admin):
    load(school_row(100001))
    record = load(school_row(100001, EstablishmentName="Ash School"), school_row(100002), by=admin)
    assert (record.kind, record.made_by) == (ImportKind.REGISTER, admin)
    rows = list(record.rows.values_list("what", "new"))
    assert rows == [("Name", "Ash School"), ("School", "new")]


def test_undone_register_leaves_what_was_before(admin):
    load(school_row(100001))
    before = everything()
    record = load(
        school_row(100001, EstablishmentName="Ash School"),
        school_row(100002),
        links=[link_row(100001, 100002)],
    )
    assert everything() != before
    undo_import(record=record, by=admin)
    assert everything() == before


@pytest.fixture
def carried():
    """An import that closed a school and carried its pupil to the successor."""
    load(school_row(100001), school_row(100002), links=[link_row(100001, 100002)])
    school = School.objects.get(urn="100001")
    PlacementFactory(school=school, start=START)
    return load(school_row(100001, **CLOSED))


def test_carried_placement_goes_back_with_its_school(carried, admin):
    assert Placement.objects.count() == 2
    undo_import(record=carried, by=admin)
    placement = Placement.objects.get()
    assert (placement.school.urn, placement.start, placement.end) == ("100001", START, None)
    assert School.objects.get(urn="100001").status == SchoolStatus.OPEN


def test_placement_that_was_never_at_the_closed_school_is_there_again(admin):
    load(school_row(100001), school_row(100002), links=[link_row(100001, 100002)])
    late = dt.date(2026, 10, 1)
    PlacementFactory(school=School.objects.get(urn="100001"), start=late)
    before = everything()
    record = load(school_row(100001, **CLOSED))
    assert Placement.objects.get().school.urn == "100002"
    undo_import(record=record, by=admin)
    assert everything() == before


def test_school_stays_closed_while_a_carried_placement_was_changed(carried, admin):
    there = Placement.objects.get(school__urn="100002")
    end_placement(placement=there, end=dt.date(2026, 11, 1), by=person(Role.SEND_OFFICER))
    plan = plan_undo(carried)
    assert (plan.undoable, {reason for _, reason in plan.held}) == ([], {CHANGED})
    with pytest.raises(RefusalError, match="None of it can be undone"):
        undo_import(record=carried, leave_the_rest=True, by=admin)


def test_new_school_with_a_pupil_stays_and_the_rest_goes(admin):
    record = load(school_row(100001), school_row(100002))
    PlacementFactory(school=School.objects.get(urn="100001"))
    assert [reason for _, reason in plan_undo(record).held] == [
        "There is now a placement of this school."
    ]
    undo_import(record=record, leave_the_rest=True, by=admin)
    assert School.objects.get().urn == "100001"


def test_school_changed_since_stays(admin):
    load(school_row(100001))
    record = load(school_row(100001, EstablishmentName="Ash School"))
    School.objects.update(name="Oak School")
    assert [reason for _, reason in plan_undo(record).held] == [CHANGED]


def test_quadrant_given_since_is_no_change_of_the_register(admin, db):
    load(school_row(100001))
    record = load(school_row(100001, EstablishmentName="Ash School"))
    school = School.objects.get()
    name_before = record.rows.get().before["name"]
    undo_import(record=record, by=admin)
    school.refresh_from_db()
    assert school.name == name_before


def test_officer_does_not_undo_the_register(carried):
    with pytest.raises(RefusalError, match="Your role"):
        undo_import(record=carried, by=person(Role.SEND_OFFICER))
