"""Several returns of a collection at once: more time, accepting, a message (B7)."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import ReturnMoveKind, ReturnState
from banding.collections.chasing import people_of, returns_matching
from banding.collections.several import accept_several, extend_several, write_to_several
from banding.models import Return
from banding.returns.services import submit_return, withdraw_return
from banding_portal.notices.models import Notice
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.test_office_pages import _plain_http, date_of  # noqa: F401
from tests.factories import CollectionFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=40)


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


@pytest.fixture
def collection(db):
    return CollectionFactory()


def address(collection):
    return reverse("banding:collection_returns", args=[collection.pk])


def seen_now(*returns):
    return {each.pk: str(each.submitted_at) for each in returns}


def test_schools_that_owe_have_more_time_and_the_others_are_named(collection):
    owed, _ = return_with_pupils(collection=collection)
    done, _ = submitted_return(collection=collection)
    by = person(Role.ADMINISTRATOR)
    several = extend_several(returns=[owed, done], until=LATER, reason="Snow", by=by)
    assert [each.deadline for each in Return.objects.filter(pk=owed.pk)] == [LATER]
    assert several.left_out == [
        f"{done.school} is left out: The school has submitted this return. It needs no more time."
    ]
    move = owed.moves.get()
    assert (move.kind, move.reason, move.until) == (ReturnMoveKind.EXTENDED, "Snow", LATER)


def test_what_was_submitted_again_since_is_not_accepted_with_the_others(collection):
    first, _ = submitted_return(collection=collection)
    again, _ = submitted_return(collection=collection)
    seen, senco = seen_now(first, again), senco_of(again)
    withdraw_return(pupil_return=again, by=senco, reason="A wrong band")
    submit_return(pupil_return=again, by=senco, declared_name="Sam Carter")
    by = person(Role.SEND_OFFICER)
    several = accept_several(returns=[first, again], seen=seen, by=by)
    assert [each.pk for each in several.done] == [first.pk]
    assert dict(Return.objects.values_list("pk", "state")) == {
        first.pk: ReturnState.ACCEPTED,
        again.pk: ReturnState.SUBMITTED,
    }


def test_message_is_kept_with_each_return_and_goes_out_once(collection):
    pupil_return, _ = return_with_pupils(collection=collection)
    senco = senco_of(pupil_return)
    by, message = person(Role.ADMINISTRATOR), uuid4()
    for _ in range(2):
        write_to_several(returns=[pupil_return], text="Please begin", message=message, by=by)
    move = pupil_return.moves.get()
    assert (move.kind, move.reason, move.moved_by) == (ReturnMoveKind.WRITTEN, "Please begin", by)
    notice = Notice.objects.get()
    assert (notice.recipient, "Please begin" in notice.title) == (senco, False)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"none", "begun", "in"}),
        ({"state": "owed"}, {"none", "begun"}),
        ({"state": "begun"}, {"begun"}),
        ({"state": "submitted"}, {"in"}),
        ({"state": "late"}, set()),
        ({"sector": "special"}, {"in"}),
        ({"q": "begun school"}, {"begun"}),
    ],
)
def test_returns_are_found(collection, wanted, found):
    none, _ = return_with_pupils(collection=collection)
    begun, (row,) = return_with_pupils(
        collection=collection, school=SchoolFactory(name="Begun School")
    )
    decide(row)
    done, _ = submitted_return(collection=collection, school=SchoolFactory(sector="special"))
    names = {none.pk: "none", begun.pk: "begun", done.pk: "in"}
    rows = returns_matching(collection, wanted)
    assert {names[each.pk] for each in rows} == found
    assert {names[each.pk] for each in rows if each.last_activity is None} == found & {"none"}


def test_contacts_are_those_who_can_sign_in(collection):
    pupil_return, _ = return_with_pupils(collection=collection)
    senco = senco_of(pupil_return)
    person(Role.HEADTEACHER, school=pupil_return.school, is_active=False)
    person(Role.SCHOOL_FINANCE, school=pupil_return.school)
    assert people_of([pupil_return.school_id]) == {pupil_return.school_id: [senco]}


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    officer, collection, count, django_assert_num_queries
):
    for _ in range(count):
        senco_of(return_with_pupils(2, collection=collection)[0])
    with django_assert_num_queries(10):
        officer.get(address(collection))


def test_what_is_confirmed_is_what_was_shown(officer, collection):
    shown, _ = submitted_return(collection=collection)
    sent = {"everything": "on", "what": "accept"}
    page = officer.post(address(collection), sent)
    assert "1 return accepted." in flat(page.content.decode())
    late, _ = submitted_return(collection=collection)
    officer.post(address(collection), dict(page.context["given"]) | {"confirm": "yes"})
    assert dict(Return.objects.values_list("pk", "state")) == {
        shown.pk: ReturnState.ACCEPTED,
        late.pk: ReturnState.SUBMITTED,
    }


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"what": "accept"}, {"returns"}),
        ({"everything": "on"}, {"what"}),
        ({"everything": "on", "what": "extend"}, {"until", "reason"}),
        ({"everything": "on", "what": "write"}, {"reason"}),
    ],
)
def test_what_is_missing_is_told(officer, collection, sent, wrong):
    return_with_pupils(collection=collection)
    assert set(officer.post(address(collection), sent).context["form"].errors) == wrong


def test_administrator_accepts_nothing(sign_in, collection):
    submitted_return(collection=collection)
    sent = {"everything": "on", "what": "accept"}
    response = sign_in(Role.ADMINISTRATOR).post(address(collection), sent)
    assert set(response.context["form"].errors) == {"what"}


def test_more_time_for_all_that_the_filters_leave(officer, collection):
    owed, _ = return_with_pupils(collection=collection)
    other, _ = return_with_pupils(collection=collection, school=SchoolFactory(sector="special"))
    sent = {"everything": "on", "what": "extend", "reason": "Snow", "confirm": "yes"}
    sent |= date_of("until", LATER) | {"seen": f"{owed.pk}=|{other.pk}="}
    officer.post(f"{address(collection)}?sector=special", sent)
    deadlines = dict(Return.objects.values_list("pk", "extended_to"))
    assert deadlines == {owed.pk: None, other.pk: LATER}


def test_file_has_the_same_rows(officer, collection):
    return_with_pupils(collection=collection)
    school = SchoolFactory(sector="special", name="=Special")
    return_with_pupils(collection=collection, school=school)
    url = reverse("banding:collection_returns_file", args=[collection.pk])
    lines = officer.get(f"{url}?sector=special").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{school.urn},'=Special,Special")
