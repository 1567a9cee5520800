"""Adding a pupil who may be known already: asked once, answered, kept (S8)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import SameChild
from schools.models import Pupil, PupilAnswer
from schools.selectors.matches import possible_duplicates
from schools.services.pupils import create_pupil
from tests.banding.races import at_once
from tests.factories import PupilFactory, person
from tests.schools.pupil_pairs import FIRST
from tests.schools.test_pupil_views import DETAILS

pytestmark = pytest.mark.django_db
BORN = dt.date(2018, 3, 31)
QUESTION = "Is this a pupil the portal knows already?"
ADD = "/pupils/new/"


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


@pytest.fixture
def amira():
    return PupilFactory(surname="KHAN", forename="Amirá", date_of_birth=BORN)


def details(**changes):
    fields = {
        "surname": "Khan",
        "forename": "Amira",
        "date_of_birth": BORN,
        "reference": "999-1",
        "responsible_la": "999",
    }
    return fields | {"today": timezone.localdate()} | changes


def test_nobody_like_the_pupil_no_question(officer):
    PupilFactory(surname="Khan", forename="Bilal", date_of_birth=BORN)
    page = officer.post(ADD, DETAILS, follow=True)
    assert "The pupil is added" in page.text
    assert not PupilAnswer.objects.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "Same name and date of birth"),
        ({"forename": "Amirah"}, "Same date of birth, name one letter apart"),
        ({"forename": "Amira Jane"}, "Same date of birth, part of the name left out"),
        ({"upn": FIRST}, "Same name and date of birth"),
    ],
)
def test_officer_is_asked_with_a_link_and_the_reason(officer, amira, changes, why):
    page = officer.post(ADD, DETAILS | changes)
    assert QUESTION in page.text
    assert f"/pupils/{amira.pk}/" in page.text
    assert why in page.text
    assert "Say whether this is a pupil the portal knows already" in page.text
    assert Pupil.objects.count() == 1


def test_new_form_asks_nothing(officer, amira):
    assert QUESTION not in officer.get(ADD).text


def test_same_child_leads_to_the_record_and_adds_nothing(officer, amira):
    page = officer.post(ADD, DETAILS | {"known": str(amira.pk)}, follow=True)
    assert "Nothing is added. This is the record of the pupil." in page.text
    assert page.redirect_chain[-1][0] == f"/pupils/{amira.pk}/"
    assert Pupil.objects.count() == 1


def test_another_child_is_added_and_the_answer_kept(officer, amira):
    answered = {"known": "another", "why_apart": "Cousins"}
    page = officer.post(ADD, DETAILS | answered, follow=True)
    assert "The pupil is added" in page.text
    kept = PupilAnswer.objects.get()
    new = Pupil.objects.get(reference="999-1")
    assert ({kept.one, kept.other}, kept.answer, kept.reason, kept.answered_by) == (
        {amira, new},
        SameChild.ANOTHER,
        "Cousins",
        officer.user,
    )
    assert possible_duplicates() == []


def test_answer_about_nobody_shown_is_refused(officer, amira):
    stranger = PupilFactory(surname="Testa", forename="Bruno")
    page = officer.post(ADD, DETAILS | {"known": str(stranger.pk)})
    assert "Choose an answer to" in page.text
    assert Pupil.objects.count() == 2


def test_taken_number_is_refused_and_its_pupil_linked(officer, amira):
    page = officer.post(ADD, DETAILS | {"reference": amira.reference})
    assert "Another pupil has this reference" in page.text
    assert f"/pupils/{amira.pk}/" in page.text
    assert QUESTION not in page.text


def test_wrong_details_are_put_right_before_the_question(officer, amira):
    page = officer.post(ADD, DETAILS | {"upn": "12"})
    assert "A UPN has 13 characters" in page.text
    assert QUESTION not in page.text


def test_question_is_escaped(officer):
    PupilFactory(surname="<b>Khan", forename="Amira", date_of_birth=BORN)
    page = officer.post(ADD, DETAILS | {"surname": "<b>khan"})
    assert QUESTION in page.text
    assert "<b>Khan" not in page.text


def test_service_refuses_a_pupil_nobody_answered_for(amira):
    with pytest.raises(RefusalError, match="Amirá KHAN may be the same child: Same name"):
        create_pupil(by=person(Role.SEND_OFFICER), **details())
    assert Pupil.objects.count() == 1


def test_service_wants_an_answer_for_each(amira):
    other = PupilFactory(surname="Khan", forename="Amirah", date_of_birth=BORN)
    by = person(Role.SEND_OFFICER)
    with pytest.raises(RefusalError, match="Amirah Khan may be") as refused:
        create_pupil(by=by, apart_from=[amira.pk], **details())
    assert len(refused.value.problems) == 1
    assert not PupilAnswer.objects.exists()
    create_pupil(by=by, apart_from=[amira.pk, other.pk], **details())
    assert PupilAnswer.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_do_not_add_one_child_twice():
    by = person(Role.SEND_OFFICER)
    references = [f"999-{place}" for place in range(4)]
    results = at_once(
        [lambda one=one: create_pupil(by=by, **details(reference=one)) for one in references]
    )
    assert sorted(type(each).__name__ for each in results) == ["Pupil"] + ["RefusalError"] * 3
    assert Pupil.objects.count() == 1
