"""What was read of a template when it was checked is what is applied; it is read once (Q24)."""

import pytest
from django.urls import reverse

from banding.decisions.services import save_draft
from banding.models import BandDecision
from banding_portal.files import reading
from banding_portal.jobs.services import confirm_job
from banding_portal.uploads.states import UploadState
from tests.banding.helpers import LEVELS, band_of, return_with_pupils, senco_of
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import UserFactory
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(monkeypatch):
    """How often a reader was started."""
    started = []
    run = reading.run_process
    monkeypatch.setattr(reading, "run_process", lambda *given: started.append(given) or run(*given))
    return started


@pytest.fixture
def row():
    return return_with_pupils()[1][0]


def sent(row, **values):
    return uploaded(row.pupil_return, Filled(row.pupil_return).decide(row, **values).content)


def confirmed(upload):
    confirm_job(upload, by=UserFactory(), fingerprint=upload.fingerprint)
    return work_on(upload)


def test_file_is_read_once_for_check_and_apply(row, reads):
    upload = confirmed(work_on(sent(row, band="A", Rationale="Zoë\nsays so", Reason="x")))
    assert (upload.state, len(reads)) == (UploadState.APPLIED, 1)
    draft = BandDecision.objects.get()
    assert (draft.band.code, draft.rationale) == ("A", "Zoë\nsays so")


def test_csv_is_read_once_too(row, reads):
    filled = Filled(row.pupil_return).decide(row)
    upload = confirmed(work_on(uploaded(row.pupil_return, filled.as_csv, "template.csv")))
    assert (upload.state, len(reads)) == (UploadState.APPLIED, 1)


def test_nothing_is_kept_of_a_file_with_problems(row):
    upload = work_on(sent(row, band="Z"))
    assert (upload.state, upload.rows) == (UploadState.REFUSED, None)


def test_nothing_is_kept_of_a_file_that_is_not_opened(row):
    upload = work_on(uploaded(row.pupil_return, b"PK"))
    assert (upload.state, upload.rows) == (UploadState.REFUSED, None)


def test_what_was_read_is_kept_until_it_is_applied(row):
    upload = work_on(sent(row))
    assert (upload.state, bool(upload.rows)) == (UploadState.READY, True)
    upload = confirmed(upload)
    assert (upload.state, upload.rows) == (UploadState.APPLIED, None)


def test_what_is_applied_must_be_what_was_confirmed_though_it_is_not_read_again(row, reads):
    upload = work_on(sent(row))
    save_draft(
        return_pupil=row,
        by=senco_of(row.pupil_return),
        levels=LEVELS,
        band=band_of(row, "C"),
        difference_reason="x",
        rationale="typed on screen",
        version=None,
    )
    upload = confirmed(upload)
    assert (upload.state, upload.outdated, len(reads)) == (UploadState.READY, True, 1)
    assert BandDecision.objects.get().rationale == "typed on screen"

    upload = confirmed(upload)
    assert (upload.state, BandDecision.objects.get().band.code) == (UploadState.APPLIED, "B")


def test_page_of_an_upload_does_not_read_what_is_kept(client, row, django_assert_max_num_queries):
    upload = work_on(sent(row))
    client.force_login(senco_of(row.pupil_return))
    with django_assert_max_num_queries(30) as asked:
        client.get(reverse("banding:template_upload_detail", args=[upload.pk]))
    mine = [each["sql"] for each in asked if 'FROM "banding_templateupload"' in each["sql"]]
    assert mine
    assert not [sql for sql in mine if '"rows"' in sql or '"content"' in sql]
