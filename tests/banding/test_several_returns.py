"""Several returns of a collection at once: more time, accepting, a message (B7)."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import ReturnMoveKind, ReturnState
from banding.collections.chasing import people_of, returns_matching
from banding.collections.several import accept_several, extend_several, write_to_several
from banding.joiners.services import place_joiner
from banding.models import Return
from banding.returns.services import submit_return, withdraw_return
from banding_portal.notices.models import Notice
from banding_portal.roles import Role
from schools.models import Pupil
from schools.services.history import always_true
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.test_joiners import joiner_on
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


def test_activity_is_that_of_the_school(collection):
    pupil_return, (row,) = return_with_pupils(collection=collection)
    by = person(Role.ADMINISTRATOR)
    extend_several(returns=[pupil_return], until=LATER, reason="Snow", by=by)
    assert returns_matching(collection, {}).get().last_activity is None
    decide(row)
    assert returns_matching(collection, {}).get().last_activity is not None


@pytest.mark.parametrize("name", ["collection_returns", "collection_detail"])
def test_school_that_has_not_started_has_done_none(officer, collection, name):
    """Of a pupil of another authority nothing is asked; that is not the school's doing."""
    _, (row, _) = return_with_pupils(2, collection=collection)
    with always_true():
        Pupil.objects.filter(pk=row.pupil_id).update(responsible_la="998")
    assert returns_matching(collection, {}).get().done_count == 1
    text = flat(officer.get(reverse(f"banding:{name}", args=[collection.pk])).content.decode())
    assert "0 of 2" in text
    assert "Nothing yet" in text


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


def test_each_school_is_named_with_its_warning_before_its_return_is_accepted(officer, collection):
    quiet, _ = submitted_return(collection=collection, school=SchoolFactory(name="Ash School"))
    warned, (row,) = return_with_pupils(
        collection=collection, school=SchoolFactory(name="Oak School")
    )
    decide(row)
    placed, _ = (joiner_on(warned, forename=name) for name in ("Amira", "Ben"))
    submit_return(pupil_return=warned, by=senco_of(warned), declared_name="Sam Carter")
    place_joiner(joiner=placed, pupil=None, by=officer.user)
    page = officer.post(address(collection), {"everything": "on", "what": "accept"})
    warning = (
        "1 joiner waits to be placed. 1 placed joiner is not on the list of this return. "
        "If you accept it, they have no band from it."
    )
    assert page.context["concerned"] == [(warned, warning), (quiet, "")]
    text = flat(page.content.decode())
    assert "Oak School</a>: 1 joiner waits to be placed." in text
    assert "Ash School</a></li>" in text
    assert re.findall(r'class="([^"]*)"[^>]*> ?Accept the returns', text) == ["govuk-button"]


def test_schools_that_are_left_out_are_not_named_as_accepted(officer, collection):
    owed, _ = return_with_pupils(collection=collection)
    done, _ = submitted_return(collection=collection)
    page = officer.post(address(collection), {"everything": "on", "what": "accept"})
    assert [one.pk for one, _ in page.context["concerned"]] == [done.pk]
    assert f"{owed.school} is left out" in flat(page.content.decode())


def test_ticks_survive_an_error(officer, collection):
    ticked, _ = return_with_pupils(collection=collection)
    return_with_pupils(collection=collection)
    page = officer.post(address(collection), {"returns": [str(ticked.pk)], "what": "extend"})
    assert ticks_of(page) == [str(ticked.pk)]


def test_ticks_on_no_page_that_is_shown_survive_an_error_too(officer, collection):
    ticked, _ = return_with_pupils(collection=collection)
    return_with_pupils(collection=collection, school=SchoolFactory(sector="special"))
    url = f"{address(collection)}?sector=special"
    page = officer.post(url, {"returns": [str(ticked.pk)], "what": "extend"})
    assert ticks_of(page) == [str(ticked.pk)]
    assert "Ticked, and not on this page of the list" in page.content.decode()


def test_ticks_are_there_when_somebody_chooses_again(officer, collection):
    ticked, _ = submitted_return(collection=collection)
    submitted_return(collection=collection)
    sent = {"returns": [str(ticked.pk)], "what": "accept"}
    page = officer.post(address(collection), sent)
    assert "Choose again" in page.content.decode()
    page = officer.post(address(collection), dict(page.context["given"]) | {"again": "yes"})
    assert ticks_of(page) == [str(ticked.pk)]
    assert Return.objects.filter(state=ReturnState.ACCEPTED).count() == 0


def ticks_of(page):
    """The values of the boxes by the name “returns” that are ticked."""
    boxes = re.findall(r'<input[^>]*name="returns"[^>]*>', page.content.decode())
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes if "checked" in box]
