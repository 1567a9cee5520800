"""Pupils at closed schools are a work list until each is placed (rules.md S1)."""

import datetime as dt

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import SchoolStatus
from schools.models import ImportRecord, Placement
from schools.selectors.conversions import stranded
from schools.services.conversions import place_elsewhere
from schools.services.undoing import undo_import
from tests.factories import PupilFactory, SchoolFactory, person
from tests.schools.conversions import CLOSED_ON, converted

pytestmark = pytest.mark.django_db
URL = "/pupils/closed-schools/"
NEXT = CLOSED_ON + dt.timedelta(1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


@pytest.fixture
def closed():
    return converted()[0]


@pytest.fixture
def pupil(closed):
    return PupilFactory(school=closed, surname="Khan", reference="K-1")


def move(pupils, school, by, **given):
    rows = Placement.objects.filter(pupil__in=pupils).values_list("pk", flat=True)
    return place_elsewhere(placements=list(rows), school=school, by=by, **given)


def periods(pupil):
    return [(row.school_id, row.start, row.end) for row in pupil.placements.order_by("start")]


@pytest.mark.parametrize(
    ("since", "starts"),
    [
        (None, NEXT),
        (dt.date(2026, 11, 10), dt.date(2026, 11, 10)),
    ],
    ids=["none", "later"],
)
def test_pupils_begin_after_their_school_closed(pupil, closed, officer, since, starts):
    new = SchoolFactory()
    moved = move([pupil], new, officer, since=since)
    assert periods(pupil) == [
        (closed.pk, dt.date(2025, 9, 1), CLOSED_ON),
        (new.pk, starts, None),
    ]
    assert moved.said[0].startswith("1 pupil placed at")
    assert not stranded().exists()


def test_undone_they_are_on_the_list_again(pupil, officer):
    before = periods(pupil)
    undo_import(record=move([pupil], SchoolFactory(), officer).record, by=officer)
    assert periods(pupil) == before


def test_who_is_placed_already_is_left_alone(pupil, officer):
    move([pupil], SchoolFactory(), officer)
    with pytest.raises(RefusalError, match="None of these pupils"):
        move([pupil], SchoolFactory(), officer)


def test_school_that_has_closed_itself_is_refused(pupil, closed, officer):
    with pytest.raises(RefusalError, match="has closed as well"):
        move([pupil], closed, officer)


def test_school_without_a_close_date_is_refused(officer):
    school = SchoolFactory(status=SchoolStatus.CLOSED, closed_on=None)
    pupil = PupilFactory(school=school)
    with pytest.raises(RefusalError, match="no closing date"):
        move([pupil], SchoolFactory(), officer)


def test_others_may_not(pupil):
    with pytest.raises(RefusalError):
        move([pupil], SchoolFactory(), person(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("wanted", "found"), [({"q": "khan"}, 1), ({"q": "k-1"}, 1), ({"q": "nobody"}, 0), ({}, 2)]
)
def test_list_is_searched(pupil, closed, wanted, found):
    PupilFactory(school=closed)
    PupilFactory(school=SchoolFactory())
    assert stranded(wanted).count() == found


def test_page_shows_then_places_those_ticked(pupil, closed, sign_in):
    client, new = sign_in(Role.SEND_OFFICER), SchoolFactory()
    other = PupilFactory(school=closed)
    assert "2 pupils still to be placed" in client.get("/").text
    ticked = [str(pupil.placements.get().pk), str(other.placements.get().pk)]
    given = {"placements": ticked, "to": str(new.pk)}
    shown = client.post(URL, given)
    assert "2 pupils placed at" in shown.text
    assert shown.text.count('name="placements"') == 2
    assert not ImportRecord.objects.exists()
    client.post(URL, given | {"confirm": "yes"})
    assert {row.school for row in pupil.placements.all()} == {closed, new}
    assert "No pupils at closed schools" in client.get(URL).text


def test_all_that_the_filters_leave(pupil, closed, sign_in):
    other = PupilFactory(school=closed, surname="Zhou")
    given = {"everything": "on", "to": str(SchoolFactory().pk), "confirm": "yes"}
    sign_in(Role.SEND_OFFICER).post(f"{URL}?q=khan", given)
    assert (pupil.placements.count(), other.placements.count()) == (2, 1)


def test_nothing_ticked_is_told(pupil, sign_in):
    page = sign_in(Role.SEND_OFFICER).post(URL, {"to": str(SchoolFactory().pk)})
    assert "Tick the pupils to place" in page.text


@pytest.mark.parametrize("count", [1, 4])
def test_list_takes_the_same_queries_for_any_number(
    count, closed, sign_in, django_assert_num_queries
):
    client = sign_in(Role.SEND_OFFICER)
    for _ in range(count):
        PupilFactory(school=closed)
    client.get(URL)
    with django_assert_num_queries(8):
        client.get(URL)


@pytest.mark.parametrize(
    ("since", "sentence"),
    [(dt.date(2026, 9, 1), "closed on 31 October 2026"), (dt.date(2030, 1, 1), "today or")],
)
def test_first_day_that_cannot_be_is_refused(pupil, officer, since, sentence):
    with pytest.raises(RefusalError, match=sentence):
        move([pupil], SchoolFactory(), officer, since=since)


def test_school_of_another_age_is_told(pupil, officer):
    moved = move([pupil], SchoolFactory(low_age=16, high_age=19), officer)
    assert moved.said[1].startswith("Amira Khan: the pupil is too young for the school")
