"""Pages of possible duplicates: found, compared, answered, merged, taken back (rules.md S8)."""

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from schools.choices import SameChild
from schools.models import Pupil, PupilAnswer, PupilMerge
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
LIST = reverse("schools:duplicate_list")
UPN = "T801234508075"


@pytest.fixture
def officer(client):
    user = person(Role.SEND_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def pair():
    one = PupilFactory(surname="O’Testa", forename="Zoë", reference="K-1", upn=UPN)
    other = PupilFactory(surname="O'Testa", forename="Zoe", reference="D-1", primary_need="")
    return one, other


def url(pair):
    return reverse("schools:pair", args=[each.pk for each in pair])


def answers(pair, **changed):
    one = pair[0].pk
    given = {"stands": one, "name": one, "reference": one, "reason": "Same form"}
    return given | changed


def test_list_shows_each_pair_once_and_leads_to_it(officer, pair, client):
    page = client.get(LIST).text
    assert "1 pair" in page
    assert any(url(each) in page for each in (pair, pair[::-1]))


def test_empty_list_says_what_will_be_there(officer, client):
    assert "No possible duplicates" in client.get(LIST).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?q=otesta", True),
        ("?q=o'testa", True),
        ("?q=K-1", True),
        ("?q=nobody", False),
        ("?q=zoe", True),
    ],
)
def test_list_is_searched_folded(officer, pair, client, asked, found):
    assert ("1 pair" in client.get(LIST + asked).text) is found


@pytest.mark.parametrize(("strength", "found"), [("strong", False), ("weak", True)])
def test_list_is_filtered_by_how_sure(officer, pair, client, strength, found):
    page = client.get(LIST, {"strength": strength}).text
    assert ("1 pair" in page, "No pairs match" in page) == (found, not found)


@pytest.mark.parametrize("count", [1, 6])
def test_list_has_constant_queries(officer, client, django_assert_num_queries, count):
    for number in range(count):
        for reference in ("A", "B"):
            PupilFactory(surname=f"Twin{number}x", reference=f"{reference}{number}")
    with django_assert_num_queries(9):
        client.get(LIST)


def test_auditor_reads_the_list_and_answers_nothing(pair, client):
    client.force_login(person(Role.AUDITOR))
    page = client.get(LIST).text
    assert "1 pair" in page
    assert url(pair) not in page
    assert client.get(url(pair)).status_code == 403


def test_comparison_shows_what_differs_and_what_hangs_on_each(officer, pair, client):
    PlacementFactory(pupil=pair[1])
    page = client.get(url(pair)).text
    assert "Are these the same child?" in page
    assert "<strong>K-1</strong>" in page
    assert "Placements" in page
    assert "Which UPN is right?" not in page


def test_pupil_page_warns_officers_and_nobody_else(officer, pair, client):
    assert "may be the same child" in client.get(f"/pupils/{pair[0].pk}/").text
    client.force_login(person(Role.AUDITOR))
    assert "may be the same child" not in client.get(f"/pupils/{pair[0].pk}/").text


def test_same_child_is_shown_first_and_merged_when_confirmed(officer, pair, client):
    PlacementFactory(pupil=pair[1], school=SchoolFactory())
    page = client.post(url(pair), answers(pair)).text
    assert "1 placement of the other record moved over." in page
    assert Pupil.objects.count() == 2
    page = client.post(url(pair), answers(pair, confirm="yes"), follow=True)
    assert page.redirect_chain[-1][0] == f"/pupils/{pair[0].pk}/"
    assert "The two records are one now" in page.text
    assert "Take back" in page.text
    assert [pair[0]] == list(Pupil.objects.all())


def test_facts_are_taken_from_the_record_chosen(officer, pair, client):
    client.post(url(pair), answers(pair, name=pair[1].pk, confirm="yes"))
    kept = Pupil.objects.get()
    assert (kept.surname, kept.reference, kept.upn) == ("O'Testa", "K-1", UPN)


def test_what_the_standing_record_lacks_comes_from_the_other(officer, pair, client):
    one, other = pair
    given = answers(pair, stands=other.pk, confirm="yes")
    client.post(url(pair), given)
    kept = Pupil.objects.get()
    assert (kept.pk, kept.upn, kept.primary_need) == (other.pk, UPN, one.primary_need)


def test_another_child_is_kept_and_not_shown_again(officer, pair, client):
    page = client.post(url(pair), {"apart": "yes", "reason": "Twins"}, follow=True)
    assert "kept as two children" in page.text
    assert "No possible duplicates" in page.text
    answer = PupilAnswer.objects.get()
    assert (answer.answer, answer.reason) == (SameChild.ANOTHER, "Twins")


def test_unanswered_questions_are_named(officer, pair, client):
    page = client.post(url(pair), {}).text
    assert "Say how you know" in page
    assert Pupil.objects.count() == 2


def test_second_answer_to_a_merged_pair_is_not_found(officer, pair, client):
    client.post(url(pair), answers(pair, confirm="yes"))
    assert client.post(url(pair), answers(pair, confirm="yes")).status_code == 404


def test_one_record_is_no_pair(officer, pair, client):
    assert client.get(url((pair[0], pair[0]))).status_code == 404


def test_merge_is_taken_back_by_its_page(officer, pair, client):
    client.post(url(pair), answers(pair, confirm="yes"))
    merge = PupilMerge.objects.get()
    undo = reverse("schools:merge_undo", args=[merge.pk])
    assert "Make them two records again?" in client.get(undo).text
    page = client.post(undo, follow=True).text
    assert "They are two records again" in page
    assert Pupil.objects.count() == 2


def test_page_says_what_rests_on_it(officer, pair, client):
    client.post(url(pair), answers(pair, confirm="yes"))
    PlacementFactory(pupil=pair[0])
    undo = reverse("schools:merge_undo", args=[PupilMerge.objects.get().pk])
    page = client.get(undo).text
    assert "cannot be taken back any more" in page
    assert "A placement of this pupil has been added, changed or removed since." in page
