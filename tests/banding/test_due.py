"""What the home page says is due in banding."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.due import due_items
from banding.exceptional.services import ask_for_exception
from banding.joiners.services import add_joiner
from banding.models import TemplateUpload
from banding.returns.services import accept_return, return_for_correction
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import CollectionFactory, ReturnFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def only(items):
    (item,) = items
    return item


def test_senco_continues_with_the_next_pupil():
    pupil_return, rows = return_with_pupils(3)
    senco = senco_of(pupil_return)
    decide(rows[0], senco)
    item = only(due_items(senco))
    assert item.text == "2 of 3 pupils left"
    assert item.url == reverse("banding:decision_edit", args=[rows[1].pk])
    assert (item.done, item.total, item.school) == (1, 3, pupil_return.school.name)
    assert item.due_on == pupil_return.deadline


def test_complete_return_is_due_to_be_submitted_by_senco_and_headteacher():
    pupil_return, (row,) = return_with_pupils()
    head = person(Role.HEADTEACHER, school=pupil_return.school)
    waits = only(due_items(head))
    assert waits.text == "1 of 1 pupils left for your SENCO to band"
    assert (waits.action, waits.is_for_others) == ("See the return", True)
    decide(row)
    for user in (head, senco_of(pupil_return)):
        item = only(due_items(user))
        assert item.action == "Check answers and submit"
        assert item.url == reverse("banding:return_check", args=[pupil_return.pk])


def test_submitted_return_is_not_due_from_the_school():
    pupil_return, _ = submitted_return()
    assert due_items(senco_of(pupil_return)) == []


def test_return_sent_back_is_due_again():
    pupil_return, _ = submitted_return()
    senco = senco_of(pupil_return)
    return_for_correction(pupil_return=pupil_return, by=senco, reason="Look again")
    assert only(due_items(senco)).text == "Returned to you for correction"


def test_return_sent_back_stays_so_while_it_is_corrected():
    pupil_return, (row,) = submitted_return()
    senco = senco_of(pupil_return)
    return_for_correction(pupil_return=pupil_return, by=senco, reason="Look again")
    decide(row, senco, code="C", difference_reason="Epilepsy")
    item = only(due_items(senco))
    assert item.text == "Returned to you for correction. Every pupil is done"
    assert item.action == "Check answers and submit"


def test_collection_that_opens_later_is_not_due():
    later = CollectionFactory(opens_on=TODAY + dt.timedelta(days=1))
    pupil_return = ReturnFactory(collection=later)
    assert due_items(senco_of(pupil_return)) == []


def test_officer_is_told_of_joiners_requests_and_returns():
    officer = person(Role.SEND_OFFICER)
    assert due_items(officer) == []
    pupil_return, (row,) = return_with_pupils()
    senco = senco_of(pupil_return)
    add_joiner(
        pupil_return=pupil_return,
        by=senco,
        surname="Khan",
        forename="Amira",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=dt.date(2026, 9, 1),
        plan_type="EHCP",
    )
    ask_for_exception(return_pupil=row, reason="A nurse all day", by=senco)
    other, _ = submitted_return()
    assert [(item.title, item.text) for item in due_items(officer)] == [
        ("Joiners", "1 pupil waiting to be placed"),
        ("Exceptional requests", "1 request waiting for an answer"),
        (other.collection.name, "1 return to accept"),
    ]
    accept_return(pupil_return=other, by=officer)
    assert len(due_items(officer)) == 2


@pytest.mark.parametrize(("days", "there"), [(8, True), (21, True), (22, False), (-1, True)])
def test_administrator_is_told_of_collections_about_to_close(days, there):
    closing = CollectionFactory(deadline=TODAY + dt.timedelta(days=days))
    ReturnFactory(collection=closing)
    items = due_items(person(Role.ADMINISTRATOR))
    assert [item.text for item in items] == ["1 of 1 return still to come in"] * there


def test_nothing_names_a_pupil():
    pupil_return, (row,) = return_with_pupils()
    item = only(due_items(senco_of(pupil_return)))
    assert row.pupil.surname not in f"{item.title} {item.text} {item.url}"


def uploaded(pupil_return, by, state, name="autumn.xlsx"):
    upload = TemplateUpload(pupil_return=pupil_return, started_by=by, state=state)
    upload.set_file(name, b"a workbook")
    upload.save()
    return upload


def test_preview_that_waits_is_due_and_an_applied_file_is_not():
    pupil_return, _ = return_with_pupils()
    senco = senco_of(pupil_return)
    upload = uploaded(pupil_return, senco, UploadState.READY)
    waiting = due_items(senco)[0]
    assert waiting.title == "Preview waiting: autumn.xlsx"
    assert waiting.url == reverse("banding:template_upload_detail", args=[upload.pk])
    head = person(Role.HEADTEACHER, school=pupil_return.school)
    assert "Preview" not in only(due_items(head)).title
    elsewhere = due_items(senco_of(ReturnFactory()))
    assert [item.title for item in elsewhere if "Preview" in item.title] == []
    uploaded(pupil_return, senco, UploadState.APPLIED)
    assert only(due_items(senco)).title == pupil_return.collection.name


def test_senco_who_has_not_begun_is_shown_the_list_and_not_the_first_pupil():
    pupil_return, _ = return_with_pupils(3)
    item = only(due_items(senco_of(pupil_return)))
    assert item.url == reverse("banding:return_detail", args=[pupil_return.pk])
    assert [way.text for way in item.ways] == [
        "Download the Excel template",
        "Read the descriptors",
    ]


def test_what_was_returned_stands_first_with_its_message():
    pupil_return, _ = submitted_return()
    senco = senco_of(pupil_return)
    soon = CollectionFactory(deadline=TODAY, code="soon")
    ReturnFactory(collection=soon, school=pupil_return.school)
    return_for_correction(pupil_return=pupil_return, by=senco, reason="Look again")
    items = sorted(due_items(senco), key=lambda item: item.order)
    assert [item.message for item in items] == ["Look again", ""]


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("B", "Tell us what has changed, or confirm that nothing has"),
        ("", "1 pupil to tell us about"),
    ],
)
def test_round_leads_to_its_lists_until_the_school_has_said_something(school, band, words):
    for code in ("B", band):
        pupil_at(school, band=code)
    pupil_return = return_of(open_round(reference=timezone.localdate()), school)
    (item,) = due_items(senco_of(pupil_return))
    assert (item.text, item.action) == (words, "See your lists")
    assert (item.done, item.total) == (0, 0)
