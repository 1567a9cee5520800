"""The school's own note, and the sheet for the annual review meeting."""

import pytest
from django.urls import reverse

from banding.models import ReturnPupil
from banding.notes.services import write_note
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.factories import ReturnPupilFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
NOTE = "Mother works nights"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def row(school):
    return return_with_pupils(school=school)[1][0]


def page(client, row, name="decision_edit", query=""):
    url = reverse(f"banding:{name}", args=[row.pk]) + query
    return flat(client.get(url).content.decode())


def test_note_is_the_schools_alone(sign_in, school, row):
    senco = sign_in(Role.SENCO, school=school)
    url = reverse("banding:note_edit", args=[row.pk])
    assert senco.post(url, {"text": NOTE, "before": ""}).status_code == 302
    assert NOTE in page(senco, row)
    assert NOTE in page(sign_in(Role.HEADTEACHER, school=school), row)
    for role in (Role.SEND_OFFICER, Role.AUDITOR):
        client = sign_in(role)
        assert NOTE not in page(client, row)
        assert client.get(url).status_code == 403
    assert "school_note" not in {field.name for field in row.events.model._meta.fields}


def test_note_of_last_time_is_shown_again(sign_in, school, row):
    write_note(return_pupil=row, by=senco_of(row.pupil_return), text=NOTE, before="")
    later = ReturnPupilFactory(pupil=row.pupil, pupil_return__school=school)
    assert NOTE in page(sign_in(Role.SENCO, school=school), later)


def test_two_notes_at_once_do_not_overwrite_each_other(row):
    by = senco_of(row.pupil_return)
    write_note(return_pupil=row, by=by, text=NOTE, before="")
    with pytest.raises(RefusalError, match=NOTE):
        write_note(return_pupil=row, by=by, text="Other", before="")
    write_note(return_pupil=row, by=by, text="Both", before=f"{NOTE}\r\n")
    assert ReturnPupil.objects.get().school_note == "Both"


def test_sheet_shows_levels_and_band_or_nothing(sign_in, school, row):
    decide(row, rationale="Counts to ten")
    senco = sign_in(Role.SENCO, school=school)
    filled = page(senco, row, "review_sheet")
    assert filled.count("☑") == 3
    assert "Counts to ten" in filled
    empty = page(senco, row, "review_sheet", "?empty=yes")
    assert (empty.count("☑"), empty.count("☐")) == (0, 11)
    assert "Counts to ten" not in empty
    assert empty.count("<dd>Date</dd>") == 4


def test_empty_sheet_says_why_it_is_empty(sign_in, school, row):
    senco = sign_in(Role.SENCO, school=school)
    why = f"Nothing is saved for {row.pupil.forename} in this collection yet."
    assert why in page(senco, row, "review_sheet")
    decide(row)
    assert "This sheet is empty" not in page(senco, row, "review_sheet")
    empty = page(senco, row, "review_sheet", "?empty=yes")
    assert "This sheet is empty" not in empty
    assert "Show it with what is saved" in empty
