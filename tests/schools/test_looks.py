"""Who looked at a pupil: kept, shown, and flagged where it is unusual (quality.md Q9)."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.looks.rules import is_unusual, usual
from schools.looks.services import answer_unusual_day, flag_unusual_day
from schools.models import Look, UnusualDay
from schools.tasks import flag_unusual_looking
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory, UserFactory, person

pytestmark = pytest.mark.django_db
LIST = "/pupils/"
ALL = "/looks/"


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook School")


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, surname="Quillon")


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def page_of(pupil, name="pupil_detail"):
    return reverse(f"schools:{name}", args=[pupil.pk])


def kept():
    return [(look.how, look.page, set(look.pupils)) for look in Look.objects.order_by("at")]


def looked(user, pupils, day=None):
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        return Look.objects.create(user=user, how="listed", page="x", what="X", pupils=pupils)


def test_opening_a_pupil_is_on_record(officer, pupil):
    officer.get(page_of(pupil))
    assert kept() == [("opened", "schools:pupil_detail", {pupil.pk})]
    look = Look.objects.get()
    assert (look.user, look.what) == (officer.user, "One pupil")


def test_a_list_a_search_and_a_download_are_told_apart(officer, pupil, school):
    other = PupilFactory(school=school, surname="Rowan")
    officer.get(LIST)
    officer.get(LIST, {"q": "quillon"})
    assert kept() == [
        ("listed", "schools:pupil_list", {pupil.pk, other.pk}),
        ("searched", "schools:pupil_list", {pupil.pk}),
    ]


def test_what_is_not_shown_is_not_kept(sign_in, pupil):
    client = sign_in(Role.SENCO, school=SchoolFactory())
    assert client.get(page_of(pupil)).status_code == 404
    assert kept() == []


def test_what_only_asks_whether_a_page_is_there_reads_no_name(officer, pupil):
    assert officer.head(page_of(pupil)).status_code == 200
    assert kept() == []


def test_only_the_rows_of_the_page_are_kept(officer, school):
    for number in range(30):
        PupilFactory(school=school, surname=f"Rowan{number:02}")
    officer.get(LIST)
    assert len(Look.objects.get().pupils) == 25


def test_printing_is_told_by_the_page(officer, pupil):
    page = officer.get(page_of(pupil))
    look = Look.objects.get()
    assert f'data-look="{look.pk}"' in page.text
    officer.post("/looks/printed/", {"look": str(look.pk)})
    assert [how for how, *_ in kept()] == ["opened", "printed"]


def test_nobody_prints_what_another_saw(officer, pupil, sign_in):
    officer.get(page_of(pupil))
    look = Look.objects.get()
    other = sign_in(Role.AUDITOR)
    other.post("/looks/printed/", {"look": str(look.pk)})
    assert len(kept()) == 1
    assert other.post("/looks/printed/", {"look": "x"}).status_code == 400


# Who reads it


def test_a_school_reads_names_of_its_own_people_alone(sign_in, pupil, school):
    senco = person(Role.SENCO, school=school, name="Own Person")
    partner = person(Role.SENCO, school=SchoolFactory(), name="Other Person")
    office = person(Role.SEND_OFFICER, name="Office Person")
    for user in (senco, partner, office):
        looked(user, [pupil.pk], timezone.localdate())
    page = sign_in(Role.HEADTEACHER, school=school).get(page_of(pupil, "pupil_looks")).text
    assert "Own Person" in page
    assert "Somebody at another school" in page
    assert "Somebody at Westmere" in page
    assert "Other Person" not in page
    assert "Office Person" not in page


def test_an_auditor_reads_every_name(sign_in, pupil):
    looked(person(Role.SEND_OFFICER, name="Office Person"), [pupil.pk], timezone.localdate())
    page = sign_in(Role.AUDITOR).get(page_of(pupil, "pupil_looks")).text
    assert "Office Person" in page


def test_a_former_school_reads_nothing_newer_than_the_last_day(sign_in, pupil, school):
    today = timezone.localdate()
    placement = pupil.placements.get()
    placement.end = today - dt.timedelta(days=10)
    placement.save()
    PlacementFactory(pupil=pupil, school=SchoolFactory(), start=today - dt.timedelta(days=9))
    looked(person(Role.SENCO, school=school, name="Before"), [pupil.pk], placement.end)
    looked(person(Role.SENCO, school=school, name="After"), [pupil.pk], today)
    page = sign_in(Role.SENCO, school=school).get(page_of(pupil, "pupil_looks")).text
    assert ("Before" in page, "After" in page) == (True, False)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"pupil": "quillon"}, True),
        ({"pupil": "nobody"}, False),
        ({"q": "office"}, True),
        ({"q": "somebody"}, False),
        ({"how": "listed"}, True),
        ({"how": "printed"}, False),
        ({"start_0": "1", "start_1": "11", "start_2": "2026"}, True),
        ({"end_0": "1", "end_1": "11", "end_2": "2026"}, False),
    ],
)
def test_it_is_searched(sign_in, pupil, wanted, found):
    looked(person(Role.SEND_OFFICER, name="Office Person"), [pupil.pk], dt.date(2026, 11, 10))
    page = sign_in(Role.AUDITOR).get(ALL, wanted).text
    assert ("Office Person" in page) is found


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_are_constant(sign_in, school, rows, django_assert_num_queries):
    pupils = [PupilFactory(school=school) for _ in range(rows)]
    day, everybody = dt.date(2026, 11, 9), [each.pk for each in pupils]
    for pupil in pupils:
        looked(person(Role.SENCO, school=school), [pupil.pk], day)
        looked(person(Role.SENCO, school=school), everybody, day)
        UnusualDay.objects.create(user=UserFactory(), day=day, pupils=9, usual=1)
    client = sign_in(Role.AUDITOR)
    many = Look.objects.filter(how="listed").first()
    with django_assert_num_queries(7):
        client.get(ALL)
    with django_assert_num_queries(7):
        client.get(reverse("schools:look_detail", args=[many.pk]))
    with django_assert_num_queries(8):
        client.get(page_of(pupils[0], "pupil_looks"))
    with django_assert_num_queries(5):
        client.get("/looks/unusual/")


# Unusual amounts


@pytest.mark.parametrize(
    ("pupils", "before", "flagged"),
    [
        (199, [], False),
        (200, [], True),
        (500, [100, 100, 100], False),
        (501, [100, 100, 100], True),
        (501, [3, 101, 900], False),
        (250, [25, 50, 51], False),
        (251, [25, 50, 90], True),
    ],
)
def test_more_than_five_times_the_usual_and_no_trifle(pupils, before, flagged):
    assert is_unusual(pupils, before, least=200) is flagged


def test_the_usual_is_the_median_of_the_days_with_any():
    assert (usual([]), usual([1, 30, 900]), usual([10, 20])) == (0, 30, 15)


def test_different_pupils_are_counted_once(settings):
    settings.LOOKS_UNUSUAL_FROM = 10
    day, pupils = dt.date(2026, 11, 10), [uuid4() for _ in range(12)]
    often, many = UserFactory(), UserFactory()
    for _ in range(3):
        looked(often, pupils[:9], day)
    for start in (0, 3, 6):
        looked(many, pupils[start : start + 6], day)
    assert flag_unusual_day(day) == 1
    found = UnusualDay.objects.get()
    assert (found.user, found.pupils, found.usual) == (many, 12, 0)
    assert flag_unusual_day(day) == 1
    assert UnusualDay.objects.count() == 1


def test_what_is_usual_for_somebody_is_not_flagged(settings):
    settings.LOOKS_UNUSUAL_FROM = 10
    user = UserFactory()
    for number in range(1, 8):
        looked(user, [uuid4() for _ in range(4)], dt.date(2026, 11, number))
    looked(user, [uuid4() for _ in range(20)], dt.date(2026, 11, 9))
    looked(user, [uuid4() for _ in range(21)], dt.date(2026, 11, 10))
    assert flag_unusual_day(dt.date(2026, 11, 9)) == 0
    assert flag_unusual_day(dt.date(2026, 11, 10)) == 1


def test_the_night_looks_at_yesterday(settings):
    settings.LOOKS_UNUSUAL_FROM = 10
    looked(UserFactory(), [uuid4() for _ in range(20)], timezone.localdate() - dt.timedelta(days=1))
    flag_unusual_looking()
    flag_unusual_looking()
    assert UnusualDay.objects.count() == 1


@pytest.fixture
def unusual():
    return UnusualDay.objects.create(
        user=UserFactory(name="Ada Reed"), day=dt.date(2026, 11, 10), pupils=900, usual=20
    )


def test_an_auditor_says_what_was_behind_it(sign_in, unusual):
    client = sign_in(Role.AUDITOR)
    assert "Unusually many pupils looked at" in client.get("/").text
    page = client.get(reverse("schools:unusual_day", args=[unusual.pk])).text
    assert "20 on a usual day" in page
    client.post(reverse("schools:unusual_day", args=[unusual.pk]), {"answer": "The yearly export."})
    assert "The yearly export." in client.get("/looks/unusual/").text
    assert "Unusually many pupils looked at" not in client.get("/").text
    assert UnusualDay.objects.get().answered_by == client.user


def test_nobody_answers_for_themselves_or_twice(unusual):
    auditor = person(Role.AUDITOR)
    own = UnusualDay.objects.create(user=auditor, day=unusual.day, pupils=900, usual=1)
    with pytest.raises(RefusalError, match="Another auditor"):
        answer_unusual_day(found=own, answer="It was me.", by=auditor)
    with pytest.raises(RefusalError, match="few words"):
        answer_unusual_day(found=unusual, answer="ok", by=auditor)
    answer_unusual_day(found=unusual, answer="The yearly export.", by=auditor)
    with pytest.raises(RefusalError, match="meanwhile"):
        answer_unusual_day(found=unusual, answer="Something else.", by=auditor)
