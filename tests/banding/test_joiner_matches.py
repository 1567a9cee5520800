"""Whom a joiner may be: the school is told, the officer answers once (S8)."""

import datetime as dt

import pytest

from banding.choices import JoinerState
from banding.joiners.rules import may_be
from banding.joiners.selectors import alike_on_return, candidates_for_joiner
from banding.joiners.services import place_joiner
from banding.models import Joiner
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.choices import SameChild
from schools.identifiers import check_letter
from schools.matching import Identity
from schools.models import Pupil, PupilAnswer
from schools.selectors.matches import possible_duplicates
from tests.banding.helpers import return_with_pupils
from tests.banding.races import at_once
from tests.banding.test_joiner_rules import AMIRA
from tests.banding.test_joiners import joiner_on
from tests.banding.test_office_pages import address, page
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import PupilFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
BORN = dt.date(2018, 3, 4)
ON_IT, LETTER = "who is on the return already", "name one letter apart"
UPN = check_letter("801200001001") + "801200001001"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def pupil_return():
    return return_with_pupils(0)[0]


def known(**changes):
    fields = {"surname": "Khan", "forename": "Amira", "date_of_birth": BORN}
    return PupilFactory(**fields | changes)


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        ({"surname": "KHÁN"}, {}),
        ({"forename": "Amirah"}, {}),
        ({"surname": "Amira", "forename": "Khan"}, {}),
        ({"date_of_birth": dt.date(2018, 4, 3)}, {}),
        ({"surname": "Ashworth", "upn": UPN}, {"upn": UPN}),
    ],
)
def test_officer_is_offered_the_pupils_alike_first(pupil_return, changes, given):
    searched = known(forename="Zoë", date_of_birth=dt.date(2011, 1, 1))
    pupil = known(**changes)
    joiner = joiner_on(pupil_return, **given)
    found = candidates_for_joiner(joiner, "Zoë")
    assert [(each.pupil, bool(each.match)) for each in found] == [(pupil, True), (searched, False)]


def test_somewhat_alike_are_offered_without_a_match(pupil_return):
    twin = known(forename="Bilal")
    namesake = known(date_of_birth=dt.date(2011, 1, 1))
    found = candidates_for_joiner(joiner_on(pupil_return))
    assert {each.pupil for each in found} == {twin, namesake}
    assert not any(each.match for each in found)


def test_officer_reads_why(sign_in, pupil_return):
    known(forename="Amirah")
    text = page(sign_in(Role.SEND_OFFICER), "joiner_detail", joiner_on(pupil_return).pk)
    assert "Same date of birth, name one letter apart. Born 4 March 2018." in text


def test_new_pupil_beside_one_alike_is_answered_and_kept(sign_in, pupil_return):
    officer, alike = sign_in(Role.SEND_OFFICER), known()
    joiner = joiner_on(pupil_return)
    officer.post(address("joiner_detail", joiner.pk), {"match": "new", "reference": "999-A1"})
    kept = PupilAnswer.objects.get()
    assert {kept.one, kept.other} == {alike, Pupil.objects.get(reference="999-A1")}
    assert (kept.answer, kept.answered_by) == (SameChild.ANOTHER, officer.user)
    assert possible_duplicates() == []


def test_joiner_placed_as_a_known_pupil_needs_no_answer(pupil_return):
    alike = known()
    place_joiner(joiner=joiner_on(pupil_return), pupil=alike, by=person(Role.SEND_OFFICER))
    assert not PupilAnswer.objects.exists()


def test_new_pupil_nobody_answered_for_is_refused(pupil_return):
    known()
    joiner = joiner_on(pupil_return)
    with pytest.raises(RefusalError, match="Amira Khan may be the same child: Same name"):
        place_joiner(joiner=joiner, pupil=None, by=person(Role.SEND_OFFICER))
    assert Pupil.objects.count() == 1
    assert Joiner.objects.get().state == JoinerState.WAITING


@pytest.mark.django_db(transaction=True)
def test_one_child_told_by_two_schools_at_once_is_one_pupil():
    joiners = [joiner_on(return_with_pupils(0)[0]) for _ in range(2)]
    by = person(Role.SEND_OFFICER)
    results = at_once([lambda j=j: place_joiner(joiner=j, pupil=None, by=by) for j in joiners])
    assert sorted(type(each).__name__ for each in results) == ["Joiner", "RefusalError"]
    assert Pupil.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, f"This may be X, {ON_IT}: same name and date of birth."),
        ({"forename": "Amirah"}, f"This may be X, {ON_IT}: same date of birth, {LETTER}."),
        ({"forename": "Bilal"}, ""),
        ({"date_of_birth": dt.date(2011, 1, 1)}, ""),
    ],
)
def test_sentence_about_somebody_alike(changes, told):
    fields = {"surname": "Khan", "forename": "Amira", "date_of_birth": BORN, "reference": "1"}
    assert may_be(AMIRA, "X", Identity(**fields | changes)) == told


def test_same_joiner_is_nobody_else():
    assert may_be(AMIRA, "X", AMIRA.identity) == ""


def test_school_is_told_of_those_alike_on_its_return():
    pupil_return, _ = return_with_pupils(1)
    Pupil.objects.update(surname="Khan", forename="Amirah", date_of_birth=BORN)
    joiner_on(pupil_return, forename="Amria")
    joiner = joiner_on(pupil_return)
    why = f"{ON_IT}: same date of birth, {LETTER}."
    assert alike_on_return(joiner) == [
        f"This may be Amirah Khan, {why}",
        f"This may be Amria Khan, {why}",
    ]


def test_school_is_told_nothing_of_other_schools(pupil_return):
    joiner_on(return_with_pupils(0)[0])
    known()
    assert alike_on_return(joiner_on(pupil_return)) == []


def test_joiner_with_a_temporary_upn_beside_one_with_another_is_another_joiner(pupil_return):
    temporary = check_letter("80120000100A") + "80120000100A"
    joiner_on(pupil_return, upn=temporary)
    joiner_on(pupil_return, upn=UPN)
    assert Joiner.objects.count() == 2


def warnings_of(pupil_return, filled):
    upload = uploaded(pupil_return, filled.content)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.READY
    return [(each["cell"], each["message"]) for each in upload.warnings if each["cell"]]


def test_workbook_warns_of_those_alike_on_the_return():
    pupil_return, _ = return_with_pupils(1)
    Pupil.objects.update(surname="Newcomer", forename="Nelly", date_of_birth=BORN)
    filled = Filled(pupil_return).add_joiner(2, Forename="Nel").add_joiner(3)
    filled.add_joiner(4, Forename="Zoë")
    why = f"{ON_IT}: same date of birth, {LETTER}."
    assert warnings_of(pupil_return, filled) == [
        ("A3", f"This may be Nelly Newcomer, {why}"),
        ("A3", f"This may be Nel Newcomer, {why}"),
    ]


def test_workbook_without_anybody_alike_warns_of_nothing():
    pupil_return, _ = return_with_pupils(1)
    assert warnings_of(pupil_return, Filled(pupil_return).add_joiner()) == []


def test_joiner_before_the_school_opened_is_warned_of():
    pupil_return, _ = return_with_pupils(1)
    school = pupil_return.school
    school.opened_on = dt.date(2026, 11, 2)
    school.save()
    [(_, told)] = warnings_of(pupil_return, Filled(pupil_return).add_joiner())
    assert told == "The placement begins before the school opened: 2 November 2026."
