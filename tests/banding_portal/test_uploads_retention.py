"""Files people sent in go on schedule, with what was found in them; the record stays (Q10)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.models import CaseloadUpload, TemplateUpload, TemplateZip
from banding_portal.jobs.results import Issue
from banding_portal.jobs.states import JobState
from banding_portal.roles import Role
from banding_portal.uploads.retention import delete_old_files
from banding_portal.uploads.states import UploadState
from tests.factories import CollectionFactory, ReturnFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
FIGURES = [{"key": "rows", "label": "Rows read", "value": 3}]


def upload_of(kind=CaseloadUpload, days=366, state=UploadState.REFUSED, **fields):
    upload = kind(started_by=person(Role.SEND_OFFICER), state=state, **fields)
    upload.set_file("Khan, Amira.csv", b"Khan")
    upload.issues = [Issue("Wrong", value="Khan").as_dict()]
    upload.preview = {"figures": FIGURES, "changes": [{"who": "Khan"}]}
    upload.save()
    then = timezone.now() - dt.timedelta(days=days)
    kind.objects.filter(pk=upload.pk).update(changed_at=then)
    return upload


def delete(**options):
    return delete_old_files(today=timezone.localdate(), **options)


def test_old_file_goes_with_what_was_found_in_it_and_the_record_stays(sign_in):
    upload = upload_of()
    assert delete(dry_run=True)["Caseload"] == 1
    assert delete()["Caseload"] == 1
    upload.refresh_from_db()
    assert (bytes(upload.content), upload.issues, upload.filename) == (b"", [], "Deleted file.csv")
    assert upload.preview == {"figures": FIGURES, "deleted_on": f"{timezone.localdate()}"}
    assert upload.started_by is not None
    assert delete()["Caseload"] == 0
    page = sign_in(Role.SEND_OFFICER).get(
        reverse("banding:caseload_upload_detail", args=[upload.pk])
    )
    assert "were deleted on" in flat(page.text)
    assert "Khan" not in page.text


def test_preview_nobody_confirmed_is_cancelled_with_its_file():
    upload = upload_of(
        TemplateUpload, state=UploadState.READY, pupil_return=ReturnFactory(), rows=b"Khan"
    )
    delete()
    upload.refresh_from_db()
    assert (upload.state, upload.rows, upload.outcome) == (
        UploadState.CANCELLED,
        None,
        "Nothing was saved.",
    )


@pytest.mark.parametrize(
    "fields", [{"days": 364}, {"state": UploadState.WAITING}, {"state": UploadState.CONFIRMED}]
)
def test_file_that_is_young_or_at_work_stays(fields):
    upload = upload_of(**fields)
    assert delete()["Caseload"] == 0
    upload.refresh_from_db()
    assert bytes(upload.content) == b"Khan"


@pytest.mark.parametrize(("days", "state", "gone"), [
    (366, JobState.DONE, 1), (364, JobState.DONE, 0), (366, JobState.WAITING, 0),
])  # fmt: skip
def test_old_zip_of_templates_goes_with_its_row(days, state, gone):
    """It holds the names of pupils of every school."""
    made = TemplateZip(
        collection=CollectionFactory(), started_by=person(Role.SEND_OFFICER), state=state
    )
    made.set_file("templates.zip", b"Khan")
    made.save()
    then = timezone.now() - dt.timedelta(days=days)
    TemplateZip.objects.filter(pk=made.pk).update(changed_at=then)

    assert delete(dry_run=True)["A zip of templates"] == gone
    assert TemplateZip.objects.count() == 1
    assert delete()["A zip of templates"] == gone
    assert TemplateZip.objects.count() == 1 - gone


def test_schedule_of_a_run_stays():
    """What was paid is shown by the file that was sent, however old (F11)."""
    assert "A schedule file" not in delete()
