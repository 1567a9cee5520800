"""The pages of joiners: told by a school, matched, placed or refused (B6)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.choices import JoinerState
from banding.models import Joiner
from banding_portal.roles import Role
from schools.models import Pupil
from tests.banding.helpers import return_with_pupils, senco_of
from tests.banding.test_joiners import JOINED, joiner_on
from tests.banding.test_office_pages import address, date_of, page
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def test_school_tells_of_a_joiner_and_takes_it_back(sign_in, school):
    pupil_return, _ = return_with_pupils(0, school=school)
    senco = sign_in(Role.SENCO, school=school)
    url = address("joiner_create", pupil_return.pk)
    assert "Enter the pupil’s surname" in senco.post(url, {}).content.decode()
    given = {"surname": "Khan", "forename": "Amira", "plan_type": "EHCP", "upn": "X1"}
    given |= date_of("date_of_birth", dt.date(2018, 3, 4))
    given |= date_of("joined_on", TODAY)
    assert "A UPN has 13 characters" in senco.post(url, given).content.decode()
    unborn = given | {"upn": ""} | date_of("date_of_birth", TODAY + dt.timedelta(days=1))
    assert "birth must be in the past" in senco.post(url, unborn).content.decode()
    senco.post(url, given | {"upn": ""})
    joiner = Joiner.objects.get()
    assert "Khan, Amira" in page(senco, "return_detail", pupil_return.pk)
    senco.post(address("joiner_withdraw", joiner.pk))
    assert Joiner.objects.count() == 0


@pytest.mark.parametrize("way", ["on a return", "out of one"])
def test_what_was_reported_otherwise_is_named_and_led_to(sign_in, school, way):
    pupil_return, _ = return_with_pupils(0, school=school)
    joiner_on(pupil_return)
    senco = sign_in(Role.SENCO, school=school)
    pages = {"on a return": ("joiner_create", pupil_return), "out of one": ("joiner_tell", school)}
    name, about = pages[way]
    url = address(name, about.pk)
    given = {"surname": "Khan", "forename": "Amira", "plan_type": "SEN_SUPPORT"}
    given |= date_of("date_of_birth", dt.date(2018, 3, 4)) | date_of("joined_on", JOINED)
    text = senco.post(url, given).text
    assert "You have already reported Amira Khan: with the plan EHCP, not SEN Support." in text
    assert address("told_list") in text[text.index("how to undo it") :]
    assert "how to undo it" not in senco.post(url, given | {"surname": ""}).text
    senco.post(url, given | {"plan_type": "EHCP"})
    assert Joiner.objects.get().primary_need == "SLCN"


def test_declaration_names_who_waits_from_another_collection(sign_in, school):
    here, elsewhere = (return_with_pupils(0, school=school)[0] for _ in range(2))
    joiner_on(elsewhere)
    text = page(sign_in(Role.SENCO, school=school), "return_submit", here.pk)
    assert "Amira Khan is not on this return: the authority has not placed the joiner yet." in text


def test_other_schools_joiner_is_not_found(sign_in):
    joiner = joiner_on(return_with_pupils(0)[0])
    senco = sign_in(Role.SENCO, school=SchoolFactory())
    assert senco.post(address("joiner_withdraw", joiner.pk)).status_code == 404


def test_officer_matches_a_joiner_to_the_pupil_alike(officer):
    alike = PupilFactory(surname="Khan", forename="Amira", school=SchoolFactory())
    PupilFactory(surname="Another", forename="Somebody", date_of_birth=dt.date(2012, 1, 1))
    joiner = joiner_on(return_with_pupils(0)[0])
    text = page(officer, "joiner_detail", joiner.pk)
    assert alike.reference in text
    assert "Another, Somebody" not in text
    officer.post(address("joiner_detail", joiner.pk), {"match": str(alike.pk)})
    joiner.refresh_from_db()
    assert (joiner.state, joiner.pupil) == (JoinerState.PLACED, alike)


def test_officer_sees_where_joiner_and_pupil_differ(officer):
    pupil_return, _ = return_with_pupils(0)
    born = dt.date(2018, 3, 4)
    same = PupilFactory(surname="khan", forename="Amira", date_of_birth=born)
    joiner = joiner_on(pupil_return, date_of_birth=born)
    assert "Check:" not in page(officer, "joiner_detail", joiner.pk)
    other = {"surname": "Khan", "forename": "Amir", "date_of_birth": dt.date(2017, 1, 1)}
    Pupil.objects.filter(pk=same.pk).update(**other)
    PlacementFactory(pupil=same, school=pupil_return.school, start=joiner.joined_on)
    text = (
        page(officer, "joiner_detail", joiner.pk)
        + officer.get(address("joiner_detail", joiner.pk), {"q": "Khan"}).content.decode()
    )
    assert "Check: the school says born 4 March 2018." in text
    assert "Check: the school says the name is Amira Khan." in text
    assert f"Already placed at {pupil_return.school}." in text


def test_officer_makes_a_new_pupil_of_a_joiner(officer):
    joiner = joiner_on(return_with_pupils(0)[0])
    url = address("joiner_detail", joiner.pk)
    assert "Choose" in officer.post(url, {}).content.decode()
    officer.post(url, {"match": "new", "reference": "999-A1"})
    assert Pupil.objects.get().reference == "999-A1"


def test_officer_refuses_a_joiner_and_the_school_reads_why(officer, client):
    pupil_return, _ = return_with_pupils(0)
    joiner = joiner_on(pupil_return)
    url = address("joiner_detail", joiner.pk)
    text = officer.post(url, {"refuse": "1"}).content.decode()
    assert "Tell the school why the joiner is not accepted" in text
    officer.post(url, {"refuse": "1", "note": "Already on your roll"})
    client.force_login(senco_of(pupil_return))
    assert "Already on your roll" in page(client, "return_detail", pupil_return.pk)


def test_school_is_asked_about_a_joiner_of_another_age_than_its_pupils(sign_in, school):
    """Warned of, and taken once it is said to be right (S13)."""
    pupil_return, _ = return_with_pupils(0, school=school)
    senco, url = sign_in(Role.SENCO, school=school), address("joiner_create", pupil_return.pk)
    given = {"surname": "Khan", "forename": "Amira", "plan_type": "EHCP", "upn": ""}
    given |= date_of("date_of_birth", dt.date(2011, 3, 4)) | date_of("joined_on", TODAY)
    told = senco.post(url, given).content.decode()
    assert "The pupil is too old for the school: it has Reception to Year 6, not Year 11" in told
    assert not Joiner.objects.exists()
    senco.post(url, given | {"sure": "on"})
    assert Joiner.objects.get().date_of_birth == dt.date(2011, 3, 4)


def test_far_day_and_a_pupil_of_the_same_name_are_asked_about_at_once(sign_in, school):
    pupil_return, _ = return_with_pupils(0, school=school)
    PupilFactory(school=school, surname="Khan", forename="Amira", date_of_birth=dt.date(2015, 5, 6))
    senco = sign_in(Role.SENCO, school=school)
    url = address("joiner_create", pupil_return.pk)
    given = {"surname": "KHAN", "forename": "Amira", "plan_type": "EHCP"}
    given |= date_of("date_of_birth", dt.date(2018, 3, 4))
    given |= date_of("joined_on", TODAY + dt.timedelta(days=200))
    text = senco.post(url, given).text
    assert "The date joined is in the future" in text
    assert "is at your school already, with another date of birth" in text
    assert Joiner.objects.count() == 0
    senco.post(url, given | {"sure": "on"})
    assert Joiner.objects.count() == 1
