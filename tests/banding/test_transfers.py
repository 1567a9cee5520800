"""The next school of who reaches the last year group: named, asked, answered (S6, S7, B6)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.choices import JoinerState, NamedBy, TransferState
from banding.due import due_items
from banding.joiners.services import place_joiner
from banding.models import Joiner, Transfer
from banding.transfers.rules import moving_year
from banding.transfers.selectors import moving_on_from
from banding.transfers.services import answer_transfer, name_school, withdraw_transfer
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.races import at_once
from tests.banding.rounds import pupil_at
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db
YEAR_6, YEAR_5 = dt.date(2016, 3, 4), dt.date(2017, 3, 4)
"""Year groups of 2026-27."""
SEPTEMBER = dt.date(2027, 9, 1)


@pytest.fixture(autouse=True)
def _in_february():
    with time_machine.travel(dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def high():
    return SchoolFactory(name="Zebedee High School", low_age=11, high_age=16)


@pytest.fixture
def pupil(school):
    return pupil_at(school, date_of_birth=YEAR_6, surname="Quill", forename="Ada")


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


@pytest.fixture
def named(pupil, high, senco):
    return name_school(placement=pupil.placements.get(), to_school=high, by=senco)


@pytest.mark.parametrize(
    ("group_in_2026", "start", "end", "year"),
    [
        (6, dt.date(2020, 9, 1), None, 2027),
        (6, dt.date(2020, 9, 1), dt.date(2027, 8, 31), 2027),
        (6, dt.date(2020, 9, 1), dt.date(2027, 7, 20), None),
        (6, dt.date(2027, 9, 1), None, None),
        (7, dt.date(2020, 9, 1), dt.date(2026, 8, 31), 2026),
        (7, dt.date(2020, 9, 1), None, 2026),
        (5, dt.date(2020, 9, 1), None, None),
    ],
)
def test_september_in_which_a_placement_ends(group_in_2026, start, end, year):
    """Of a primary school, ages 4 to 11: Year 6 is the last."""

    def group(day):
        return group_in_2026 + (day.year if day.month >= 9 else day.year - 1) - 2026

    today = dt.date(2027, 2, 10)
    assert moving_year(group, (4, 11), start, end, today) == year
    assert moving_year(group, (None, None), start, end, today) is None


def test_list_of_who_moves_on_is_the_last_year_group(school, pupil):
    pupil_at(school, date_of_birth=YEAR_5)
    pupil_at(SchoolFactory(), date_of_birth=YEAR_6)
    (only,) = moving_on_from([school.pk])
    assert (only.pupil, only.year, only.transfer) == (pupil, 2027, None)


def test_named_school_is_asked_and_sees_it_on_its_home_page(named, high):
    other, due = person(Role.SENCO, school=high), ["Who may be coming"]
    assert (named.named_by, named.state, named.year) == (NamedBy.SCHOOL, "asked", 2027)
    assert [item.title for item in due_items(other)] == due
    again = name_school(placement=named.pupil.placements.get(), to_school=high, by=other_of(named))
    assert again == named


def other_of(transfer):
    return person(Role.SENCO, school=transfer.from_school)


def test_named_school_is_told_without_a_name(pupil, high, senco):
    asked = person(Role.SENCO, school=high)
    name_school(placement=pupil.placements.get(), to_school=high, by=senco)
    notice = Notice.objects.get(recipient=asked)
    assert notice.kind == NoticeKind.TRANSFER_ASKED
    assert "Quill" not in notice.title + notice.path


def test_officer_names_it_as_the_plan_does(pupil, high):
    by = person(Role.SEND_OFFICER)
    transfer = name_school(placement=pupil.placements.get(), to_school=high, by=by)
    assert transfer.named_by == NamedBy.PLAN


def test_another_school_replaces_one_that_has_not_answered(named, senco):
    placement, other = named.pupil.placements.get(), SchoolFactory(low_age=11, high_age=16)
    name_school(placement=placement, to_school=other, by=senco)
    assert Transfer.objects.get().to_school == other


def test_confirmed_school_is_not_replaced(named, high, senco):
    answer_transfer(transfer=named, coming=True, by=person(Role.SENCO, school=high))
    with pytest.raises(RefusalError, match="has confirmed already"):
        placement = named.pupil.placements.get()
        name_school(placement=placement, to_school=SchoolFactory(), by=senco)
    with pytest.raises(RefusalError, match="has answered: coming"):
        withdraw_transfer(transfer=named, by=senco)


@pytest.mark.parametrize("how", ["younger", "same", "closed", "stranger"])
def test_school_that_cannot_be_named_is_refused(how, school, pupil, high, senco):
    if how == "younger":
        pupil = pupil_at(school, date_of_birth=YEAR_5)
    if how == "closed":
        high.status = "closed"
    to, by = (school if how == "same" else high), senco
    if how == "stranger":
        by = person(Role.SENCO, school=high)
    with pytest.raises(RefusalError):
        name_school(placement=pupil.placements.get(), to_school=to, by=by)
    assert not Transfer.objects.exists()


def test_who_comes_is_a_joiner_of_september_and_both_are_told(named, high, senco):
    by, officer = person(Role.SENCO, school=high), person(Role.SEND_OFFICER)
    answer_transfer(transfer=named, coming=True, by=by)
    joiner = Joiner.objects.get()
    assert (joiner.school, joiner.joined_on, joiner.state) == (high, SEPTEMBER, JoinerState.WAITING)
    assert Notice.objects.get(recipient=senco).kind == NoticeKind.TRANSFER_ANSWERED
    place_joiner(joiner=joiner, pupil=named.pupil, by=officer)
    ends = list(named.pupil.placements.order_by("start").values_list("school", "end"))
    assert ends == [(named.from_school_id, dt.date(2027, 8, 31)), (high.pk, None)]
    assert NoticeKind.JOINER_PLACED in Notice.objects.filter(recipient=by).values_list(
        "kind", flat=True
    )


def test_who_does_not_come_is_kept_with_the_reason_and_another_may_be_named(named, high, senco):
    by = person(Role.SENCO, school=high)
    with pytest.raises(RefusalError, match="Say why"):
        answer_transfer(transfer=named, coming=False, by=by)
    answer_transfer(transfer=named, coming=False, note="No place offered", by=by)
    assert not Joiner.objects.exists()
    other = SchoolFactory(low_age=11, high_age=16)
    name_school(placement=named.pupil.placements.get(), to_school=other, by=senco)
    kept = Transfer.objects.get(to_school=high)
    assert (kept.state, kept.note, kept.answered_by) == (
        TransferState.NOT_COMING,
        "No place offered",
        by,
    )


@pytest.mark.parametrize("role", [Role.SENCO, Role.HEADTEACHER])
def test_only_the_named_schools_senco_answers(named, high, role):
    school = high if role == Role.HEADTEACHER else SchoolFactory()
    with pytest.raises(RefusalError):
        answer_transfer(transfer=named, coming=True, by=person(role, school=school))


def test_receiving_school_sees_name_birth_and_present_school_alone(sign_in, named, high):
    client, pupil = sign_in(Role.SENCO, school=high), named.pupil
    pages = [
        client.get(reverse("banding:arrival_list")).text,
        client.get(reverse("banding:arrival_answer", args=[named.pk])).text,
    ]
    for text in pages:
        assert "Ada Quill" in text
        assert named.from_school.name in text
        for hidden in (pupil.reference, "SLCN", "Speech", "EHCP", "Band B", str(pupil.pk)):
            assert hidden not in text
    assert client.get(reverse("schools:pupil_detail", args=[pupil.pk])).status_code == 404
    assert "Quill" not in client.get(reverse("schools:pupil_list")).text


def test_journey_of_both_schools_by_their_pages(sign_in, school, pupil, high):
    senco = sign_in(Role.SENCO, school=school)
    placement = pupil.placements.get()
    url = reverse("banding:transfer_name", args=[placement.pk])
    assert url in senco.get(reverse("banding:transfer_list")).text
    assert "Enter the school" in senco.post(url, {}).text
    senco.post(url, {"to_school": high.pk})
    transfer = Transfer.objects.get()
    assert "Zebedee High School" in senco.get(reverse("banding:transfer_list")).text
    head = sign_in(Role.SENCO, school=high)
    answer = reverse("banding:arrival_answer", args=[transfer.pk])
    assert "Choose whether the pupil is coming" in head.post(answer, {}).text
    assert "Say why the pupil is not coming" in head.post(answer, {"coming": "not_coming"}).text
    head.post(answer, {"coming": "not_coming", "note": "Went to Wales"})
    assert head.get(answer).status_code == 302
    senco = sign_in(Role.SENCO, school=school)
    assert "Went to Wales" in senco.get(reverse("banding:transfer_list")).text


def test_officer_finds_it_on_the_pupils_page(sign_in, named):
    text = (
        sign_in(Role.SEND_OFFICER).get(reverse("schools:pupil_detail", args=[named.pupil.pk])).text
    )
    assert "Zebedee High School, September 2027, named by the present school" in " ".join(
        text.split()
    )
    assert reverse("banding:transfer_name", args=[named.pupil.placements.get().pk]) in text


@pytest.mark.parametrize("name", ["transfer_list", "arrival_list"])
def test_queries_of_the_lists_do_not_grow(
    name, sign_in, school, high, senco, django_assert_max_num_queries
):
    client = sign_in(Role.SENCO, school=school if name == "transfer_list" else high)
    counts = []
    for _ in range(2):
        moving = pupil_at(school, date_of_birth=YEAR_6)
        name_school(placement=moving.placements.get(), to_school=high, by=senco)
        with django_assert_max_num_queries(20) as queries:
            client.get(reverse(f"banding:{name}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["transfer_list", "arrival_list"])
@pytest.mark.parametrize(("text", "found"), [("ada quill", 1), ("zebedee", 2), ("nobody", 0)])
def test_lists_are_searched_by_name_and_school(
    name, text, found, sign_in, school, high, senco, named
):
    other = pupil_at(school, date_of_birth=YEAR_6, surname="Bell")
    name_school(placement=other.placements.get(), to_school=high, by=senco)
    client = sign_in(Role.SENCO, school=school if name == "transfer_list" else high)
    shown = client.get(reverse(f"banding:{name}"), {"q": text})
    assert len(shown.context["page_obj"]) == found
    assert "Name or school" in shown.text
    assert "Name or school" not in client.get(reverse(f"banding:{name}")).text


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_make_one_joiner(named, high):
    by = person(Role.SENCO, school=high)
    results = at_once([lambda: answer_transfer(transfer=named, coming=True, by=by)] * 50)
    assert sum(isinstance(each, Transfer) for each in results) == 1
    assert {type(each) for each in results} == {Transfer, RefusalError}
    assert Joiner.objects.count() == 1
