"""Names, birth dates and UPNs typed over those of the portal are offered, asked for, corrected."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding.choices import DetailState
from banding.details.rules import as_kept, differing
from banding.details.services import (
    accept_details,
    ask_for_details,
    refuse_details,
    withdraw_details,
)
from banding.due import due_items
from banding.models import DetailCorrection
from banding.templates_io.uploads.pupils import UNREADABLE
from banding_portal.jobs.services import confirm_job
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.rounds import pupil_at
from tests.banding.workbook_files import checked, uploaded
from tests.factories import PupilFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
BORN = dt.date(2018, 2, 1)


@pytest.fixture
def senco(sign_in, pupil_return):
    return sign_in(Role.SENCO, school=pupil_return.school)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def read(senco, pupil_return, filled):
    return checked(uploaded(pupil_return, filled.content, by=senco.user))


def detail(upload):
    return reverse("banding:template_upload_detail", args=[upload.pk])


@pytest.fixture
def upload(senco, pupil_return, filled, amira):
    filled.decide(amira).fill(amira, Surname="Kahn", Date_of_birth="01/02/2018")
    return read(senco, pupil_return, filled)


@pytest.fixture
def asked(senco, upload, amira):
    senco.post(detail(upload), {"action": "ask", "pupil": [amira.pupil_id]})
    return DetailCorrection.objects.get()


def test_words_of_what_differs():
    has = {"surname": "Khan", "date_of_birth": as_kept(dt.date(2017, 3, 4)), "upn": ""}
    says = {"upn": "A1", "date_of_birth": as_kept(BORN)}
    assert differing(has, says) == [
        ("Date of birth", "4 March 2017", "1 February 2018"),
        ("UPN", "Not known", "A1"),
    ]


def test_preview_offers_to_ask_for_what_was_typed_over(senco, upload, amira):
    assert (upload.state, upload.warnings) == (UploadState.READY, [])
    says = {"surname": "Kahn", "date_of_birth": "2018-02-01"}
    [found] = upload.preview["corrections"]
    assert (found["pupil"], found["says"]) == (str(amira.pupil_id), says)
    page = senco.get(detail(upload))
    assertContains(page, "Surname: Khan")
    assertContains(page, "Surname: Kahn")
    assertContains(page, "Date of birth: 1 February 2018")
    assertContains(page, "Ask the authority to correct these")


def test_upn_is_offered_and_what_is_none_is_told(senco, pupil_return, filled, amira, ben):
    filled.fill(amira, UPN="N801200001234").fill(ben, Date_of_birth="at night", UPN="12")
    filled.decide(ben)
    upload = read(senco, pupil_return, filled)
    told = [(each["heading"], each["value"], each["message"]) for each in upload.warnings]
    assert told == [("Date of birth", "at night", UNREADABLE), ("UPN", "12", UNREADABLE)]
    page = flat(senco.get(reverse("banding:template_upload_detail", args=[upload.pk])).text)
    assert "If that is wrong, enter a date such as 31/01/2018 or 2018-01-31 (at night)" in page


def test_file_as_it_was_downloaded_corrects_nothing(senco, pupil_return, filled, amira):
    filled.decide(amira)
    assert read(senco, pupil_return, filled).preview["corrections"] == []


def test_file_of_nothing_but_corrections_does_not_say_that_all_is_known(
    senco, pupil_return, filled, amira
):
    upload = read(senco, pupil_return, filled.fill(amira, Forename="Ameera"))
    page = senco.get(detail(upload))
    assert upload.warnings == []
    assertContains(page, "All decisions in the file are on the portal already.")
    assertContains(page, "Ask the authority to correct these")


def test_school_asks_once_and_the_page_follows(senco, upload, amira):
    told = {"action": "ask", "pupil": [amira.pupil_id]}
    page = senco.post(detail(upload), told, follow=True)
    assertContains(page, "asked to correct the details of 1 pupil.")
    assertContains(page, "Waiting for the authority")
    assertNotContains(page, "Ask the authority to correct these")
    assertContains(senco.post(detail(upload), told, follow=True), "Tick at least one pupil")
    asked = DetailCorrection.objects.get()
    assert asked.had == {"surname": "Khan", "date_of_birth": as_kept(amira.pupil.date_of_birth)}
    amira.pupil.refresh_from_db()
    assert amira.pupil.surname == "Khan"


def test_it_can_be_asked_after_the_file_was_applied(senco, upload):
    confirm_job(upload, by=senco.user, fingerprint=upload.fingerprint)
    upload = checked(upload)
    assert upload.state == UploadState.APPLIED
    assertContains(senco.get(detail(upload)), "Ask the authority to correct these")


def test_nobody_is_asked_about_a_pupil_the_file_says_nothing_of(senco, upload, ben):
    page = senco.post(detail(upload), {"action": "ask", "pupil": [ben.pupil_id, "x"]}, follow=True)
    assertContains(page, "Tick at least one pupil")
    assert not DetailCorrection.objects.exists()


def test_headteacher_sees_it_and_asks_nothing(sign_in, upload, amira):
    head = sign_in(Role.HEADTEACHER, school=upload.pupil_return.school)
    assertNotContains(head.get(detail(upload)), "Ask the authority to correct these")
    told = {"action": "ask", "pupil": [amira.pupil_id]}
    assert head.post(detail(upload), told).status_code == 403
    assert not DetailCorrection.objects.exists()


def test_officer_corrects_the_pupil_with_one_button(sign_in, asked, amira, upload):
    officer = sign_in(Role.SEND_OFFICER)
    assert "Details to correct" in [item.title for item in due_items(officer.user)]
    url = reverse("banding:details_detail", args=[asked.pk])
    assertContains(officer.get(reverse("banding:details_list")), "Surname, Date of birth")
    officer.post(url, {"accept": "1"})
    amira.pupil.refresh_from_db()
    assert (amira.pupil.surname, amira.pupil.date_of_birth) == ("Kahn", BORN)
    assert amira.pupil.recorded_year_group is None
    asked.refresh_from_db()
    assert (asked.state, asked.had["surname"]) == (DetailState.ACCEPTED, "Khan")
    assert Notice.objects.filter(kind=NoticeKind.DETAILS, recipient=upload.started_by).exists()
    assert "Details to correct" not in [item.title for item in due_items(officer.user)]
    senco = sign_in(Role.SENCO, school=upload.pupil_return.school)
    upload = checked(uploaded(upload.pupil_return, bytes(upload.content), by=senco.user))
    assert upload.preview["corrections"] == []


def test_recorded_year_group_stays(asked, amira, officer):
    type(amira.pupil).objects.filter(pk=amira.pupil_id).update(
        recorded_year_group=3, recorded_for=2025
    )
    accept_details(asked=asked, by=officer)
    amira.pupil.refresh_from_db()
    assert amira.pupil.year_group_on(dt.date(2026, 11, 17)) == 4


def test_officer_says_why_not_and_the_school_reads_it(sign_in, asked, amira):
    officer, url = sign_in(Role.SEND_OFFICER), reverse("banding:details_detail", args=[asked.pk])
    assertContains(officer.post(url, {}), "Tell the school why")
    officer.post(url, {"note": "The passport says Khan."})
    amira.pupil.refresh_from_db()
    assert amira.pupil.surname == "Khan"
    senco = sign_in(Role.SENCO, school=asked.school)
    assertContains(senco.get(url), "The passport says Khan.")


def test_what_was_dealt_with_is_neither_taken_back_nor_corrected_again(asked, officer, senco):
    accept_details(asked=asked, by=officer)
    with pytest.raises(RefusalError, match="dealt with"):
        accept_details(asked=asked, by=officer)
    with pytest.raises(RefusalError, match="dealt with"):
        refuse_details(asked=asked, by=officer, note="No")
    with pytest.raises(RefusalError, match="dealt with"):
        withdraw_details(asked=asked, by=senco.user)


def test_school_takes_it_back(senco, asked, officer):
    page = senco.get(reverse("banding:details_detail", args=[asked.pk]))
    assertContains(page, "Take it back")
    senco.post(reverse("banding:details_withdraw", args=[asked.pk]))
    assert not DetailCorrection.objects.exists()
    with pytest.raises(RefusalError, match="taken this back"):
        accept_details(asked=asked, by=officer)


def test_upn_of_another_pupil_is_refused(senco, amira, officer, ben):
    PupilFactory(upn="Z801200001234")
    asked = ask_for_details(
        school=amira.pupil_return.school,
        pupil=amira.pupil,
        says={"upn": "Z801200001234"},
        by=senco.user,
    )
    with pytest.raises(RefusalError, match="UPN"):
        accept_details(asked=asked, by=officer)
    asked.refresh_from_db()
    assert asked.state == DetailState.WAITING


@pytest.mark.parametrize("who", ["stranger", "other_school", "same"])
def test_what_cannot_be_asked(who, senco, amira, school):
    pupil, by, says = amira.pupil, senco.user, {"surname": "Kahn"}
    if who == "stranger":
        pupil = pupil_at(SchoolFactory())
    if who == "other_school":
        by = person(Role.SENCO, school=SchoolFactory())
    if who == "same":
        says = {"surname": pupil.surname}
    with pytest.raises(RefusalError):
        ask_for_details(school=amira.pupil_return.school, pupil=pupil, says=says, by=by)


def test_asking_again_replaces_what_waits(senco, asked, amira):
    said = {"surname": "Kaan"}
    school = amira.pupil_return.school
    ask_for_details(school=school, pupil=amira.pupil, says=said, by=senco.user)
    assert DetailCorrection.objects.get().says == said


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_many_queries_for_any_number(sign_in, count, django_assert_num_queries):
    officer = sign_in(Role.SEND_OFFICER)
    for _ in range(count):
        school = SchoolFactory()
        pupil, by = pupil_at(school), person(Role.SENCO, school=school)
        ask_for_details(school=school, pupil=pupil, says={"surname": "Other"}, by=by)
    officer.get(reverse("banding:details_list"))
    with django_assert_num_queries(8):
        officer.get(reverse("banding:details_list"))
