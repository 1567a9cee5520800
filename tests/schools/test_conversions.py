"""What belongs to a closed school moves to what it became, and back (rules.md S1, S12)."""

import datetime as dt

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import ImportKind, SchoolStatus
from schools.models import ImportRecord, Membership, Placement, School, SchoolLink
from schools.selectors.conversions import conversion_of, conversions_left, conversions_matching
from schools.services.conversions import convert_school
from schools.services.import_records import Written, keep_record
from schools.services.people import end_role
from schools.services.pupils import place_pupil
from schools.services.undo_plans import LEFT, plan_undo
from schools.services.undoing import undo_import
from tests.factories import PupilFactory, SchoolFactory, person
from tests.schools.conversions import CLOSED_ON, converted

pytestmark = pytest.mark.django_db
NEXT = CLOSED_ON + dt.timedelta(1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def everywhere(old):
    """Every role to every successor."""
    found = conversion_of(old)
    return {role.pk: found.successors for role in found.roles}


def convert(old, by, **given):
    return convert_school(school=old, by=by, **{"roles": everywhere(old)} | given)


def placed(pupil):
    return [(p.school.name, p.start, p.end) for p in pupil.placements.order_by("start")]


def test_pupils_go_on_at_the_only_successor(officer):
    old, _ = converted("Brook Academy")
    pupil = PupilFactory(school=old)
    moved = convert(old, officer)
    assert placed(pupil) == [
        (old.name, dt.date(2025, 9, 1), CLOSED_ON),
        ("Brook Academy", NEXT, None),
    ]
    assert "1 pupil placed at Brook Academy from 1 November 2026." in moved.said


def test_merger_brings_the_pupils_of_both(officer):
    one, new = converted("Brook Academy")
    other = SchoolFactory(status=SchoolStatus.CLOSED, closed_on=CLOSED_ON)
    SchoolLink.objects.create(school=new, linked_urn=other.urn, kind="Predecessor - merged")
    pupils = [PupilFactory(school=school) for school in (one, other)]
    for school in (one, other):
        convert(school, officer)
    assert [placed(pupil)[-1][0] for pupil in pupils] == ["Brook Academy"] * 2


def test_split_moves_whom_somebody_decided_on_and_leaves_the_rest(officer):
    old, infant, _ = converted("Brook Infant School", "Brook Junior School")
    chosen, other = PupilFactory(school=old), PupilFactory(school=old)
    convert(old, officer, pupils={chosen.pk: infant})
    assert placed(chosen)[-1][0] == "Brook Infant School"
    assert placed(other) == [(old.name, dt.date(2025, 9, 1), None)]
    assert conversion_of(old).pupils == 1


def test_split_without_a_choice_moves_no_pupil(officer):
    old, *_ = converted("Brook Infant School", "Brook Junior School")
    pupil = PupilFactory(school=old)
    convert(old, officer)
    assert len(placed(pupil)) == 1


def test_people_get_the_same_role_and_the_old_one_ends_where_wished(officer):
    old, new = converted("Brook Academy")
    senco, head = person(Role.SENCO, school=old), person(Role.HEADTEACHER, school=old)
    moved = convert(old, officer, ends_roles=True)
    for user, role in ((senco, Role.SENCO), (head, Role.HEADTEACHER)):
        [now] = user.memberships.current()
        assert (now.role, now.school) == (role, new)
    assert "2 roles given at Brook Academy." in moved.said


def test_old_role_stays_unless_wished(officer):
    old, new = converted("Brook Academy")
    senco = person(Role.SENCO, school=old)
    convert(old, officer)
    assert {row.school for row in senco.memberships.current()} == {old, new}


def test_who_is_chosen_for_no_successor_gets_nothing_there(officer):
    old, new = converted("Brook Academy")
    senco = person(Role.SENCO, school=old)
    convert(old, officer, roles={})
    assert not senco.memberships.filter(school=new).exists()


def test_successor_in_no_quadrant_gets_the_old_one(officer):
    old, new = converted("Brook Academy")
    convert(old, officer)
    new.refresh_from_db()
    assert new.quadrant == old.quadrant


def test_quadrant_of_a_successor_stays(officer, quadrant):
    old, new = converted("Brook Academy")
    School.objects.filter(pk=new.pk).update(quadrant=quadrant)
    PupilFactory(school=old)
    convert(old, officer)
    new.refresh_from_db()
    assert new.quadrant == quadrant


def test_nothing_is_left_afterwards(officer):
    old, _ = converted("Brook Academy")
    PupilFactory(school=old)
    person(Role.SENCO, school=old)
    assert [each.school for each in conversions_left()] == [old]
    convert(old, officer)
    assert conversions_left() == []
    assert [each.school for each in conversions_matching({"everything": True})] == [old]
    with pytest.raises(RefusalError, match="Nothing was chosen"):
        convert(old, officer)


@pytest.mark.parametrize("word", ["brook pri", "academy", "90"])
def test_search_finds_either_school(word):
    converted("Brook Academy")
    assert len(conversions_matching({"q": word})) == 1
    assert conversions_matching({"q": "nowhere"}) == []


def test_school_elsewhere_is_refused(officer):
    old, _ = converted("Brook Academy")
    senco, other = person(Role.SENCO, school=old), SchoolFactory()
    role = senco.memberships.get()
    with pytest.raises(RefusalError, match="did not take the place of Brook"):
        convert(old, officer, roles={role.pk: [other]})
    pupil = PupilFactory(school=old)
    with pytest.raises(RefusalError, match="did not take the place of Brook"):
        convert(old, officer, pupils={pupil.pk: other})


@pytest.mark.parametrize(
    ("facts", "names", "sentence"),
    [
        ({"closed_on": None}, ["Brook Academy"], "no closing date"),
        ({}, [], "no open school that took the place"),
        ({"status": SchoolStatus.OPEN}, ["Brook Academy"], "Your role does not let you"),
    ],
)
def test_what_cannot_be_converted_says_why(officer, facts, names, sentence):
    old, *_ = converted(*names, **facts)
    with pytest.raises(RefusalError, match=sentence):
        convert_school(school=old, roles={}, by=officer)


def test_others_may_not(officer):
    old, _ = converted("Brook Academy")
    with pytest.raises(RefusalError, match="Your role"):
        convert(old, person(Role.FINANCE_OFFICER))


def everything():
    return {
        model: sorted(map(str, model.objects.values_list()))
        for model in (Placement, Membership, School)
    }


def test_undone_everything_is_as_it_was(officer):
    old, _ = converted("Brook Academy")
    PupilFactory(school=old)
    person(Role.SENCO, school=old)
    before = everything()
    moved = convert(old, officer, ends_roles=True)
    assert everything() != before
    done = undo_import(record=moved.record, by=officer)
    assert done.held == []
    assert everything() == before


def test_pupil_who_has_moved_on_stays_and_the_others_go_back(officer):
    old, new = converted("Brook Academy")
    moved_on, other = PupilFactory(school=old), PupilFactory(school=old)
    record = convert(old, officer).record
    place_pupil(
        pupil=moved_on, school=SchoolFactory(), start=dt.date(2026, 11, 20), end_others=True,
        by=officer,
    )  # fmt: skip
    assert {row.pupil for row, _ in plan_undo(record).held} == {moved_on.pk}
    undo_import(record=record, leave_the_rest=True, by=officer)
    assert len(placed(other)) == 1
    assert placed(moved_on)[1][0] == new.name


def test_role_that_has_ended_since_stays_ended(officer):
    old, new = converted("Brook Academy")
    senco = person(Role.SENCO, school=old)
    record = convert(old, officer).record
    role = senco.memberships.get(school=new)
    end_role(membership=role, by=person(Role.ADMINISTRATOR))
    held = {row.subject for row, _ in plan_undo(record).held}
    assert role.pk in held


def test_record_says_what_moved_row_by_row(officer):
    old, new = converted("Brook Academy")
    person(Role.SENCO, school=old, name="Ada North")
    PupilFactory(school=old, surname="Khan", reference="K-1")
    convert(old, officer)
    [record] = ImportRecord.objects.all()
    said = {(row.who, row.what) for row in record.rows.all()}
    assert ("Ada North", "SENCO, Brook Academy") in said
    assert (f"Brook Academy ({new.urn})", "Quadrant") in said
    assert any(who == "Khan, Amira (K-1)" for who, _ in said)


def test_list_takes_as_many_queries_for_many(django_assert_num_queries):
    for number in range(3):
        old, _ = converted(f"Academy {number}")
        PupilFactory(school=old)
        person(Role.SENCO, school=old)
    with django_assert_num_queries(3):
        assert len(conversions_left()) == 3


def test_register_is_not_undone_under_a_conversion(officer):
    """What the register said of the school is what the move rests on."""
    old, _ = converted("Brook Academy")
    closed = Written(old, "Brook", "Status", before={"status": "open"}, after={"status": "closed"})
    record = keep_record(
        kind=ImportKind.REGISTER, filename="r.csv", written=[closed], by=officer, job=None
    )
    PupilFactory(school=old)
    moved = convert(old, officer).record
    assert [reason for _, reason in plan_undo(record).held] == [LEFT]
    undo_import(record=moved, by=officer)
    assert plan_undo(record).held == []
