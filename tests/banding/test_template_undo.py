"""What a template changed is put back until the return is submitted, and nothing newer with it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from banding.choices import PupilChange
from banding.models import BandDecision, Joiner, Return
from banding.templates_io.uploads.undoing import undo_upload
from banding_portal.jobs.services import confirm_job
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.helpers import decide
from tests.banding.workbook_files import uploaded
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def senco(sign_in, pupil_return):
    return sign_in(Role.SENCO, school=pupil_return.school)


@pytest.fixture
def applied(senco, filled, pupil_return, amira, ben):
    """Amira had a draft, of Ben nothing was said; a joiner came too."""
    decide(amira, senco.user, levels={"cl": "2", "ci": "2"}, rationale="Before")
    filled.decide(amira, level="3", band="C", Rationale="After").fill(
        ben, Change="Left", Date_of_change="01/11/2026"
    )
    filled.add_joiner()
    upload = uploaded(pupil_return, filled.content, by=senco.user)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.issues == []
    confirm_job(upload, by=senco.user, fingerprint=upload.fingerprint)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.APPLIED
    return upload


def said(row):
    draft = BandDecision.objects.filter(return_pupil=row).first()
    row.refresh_from_db()
    decided = (draft.band.code, draft.rationale, draft.levels.count()) if draft else None
    return decided, row.change


def detail(upload):
    return reverse("banding:template_upload_detail", args=[upload.pk])


def test_everything_is_as_before(senco, applied, amira, ben):
    assert (said(amira), said(ben)) == ((("C", "After", 2), ""), (None, PupilChange.LEFT))
    assertContains(senco.get(detail(applied)), "Undo what this file changed")
    page = senco.post(detail(applied), {"action": "undo"}, follow=True)
    assertContains(page, "3 undone.")
    assertContains(page, "Undone 17 Nov 2026")
    assertNotContains(page, "Undo what this file changed")
    assert (said(amira), said(ben)) == ((("B", "Before", 2), ""), (None, ""))
    assert not Joiner.objects.exists()


def test_what_somebody_changed_since_stays(senco, applied, amira, ben):
    now = BandDecision.objects.get(return_pupil=amira)
    decide(
        amira,
        senco.user,
        code="C",
        levels={"cl": "3", "ci": "3"},
        rationale="Since",
        version=now.version,
    )
    undone = undo_upload(upload=applied, by=senco.user)
    assert (undone.count, undone.kept) == (2, ["Amira Khan"])
    assert (said(amira), said(ben)) == ((("C", "Since", 2), ""), (None, ""))


def test_nothing_is_undone_twice(senco, applied):
    undo_upload(upload=applied, by=senco.user)
    with pytest.raises(RefusalError, match="nothing of this file"):
        undo_upload(upload=applied, by=senco.user)


def test_nothing_is_undone_once_the_return_is_submitted(senco, applied):
    by = {"submitted_by": senco.user, "submitted_at": timezone.now()}
    Return.objects.filter(pk=applied.pupil_return_id).update(state="submitted", **by)
    with pytest.raises(RefusalError):
        undo_upload(upload=applied, by=senco.user)
    assertNotContains(senco.get(detail(applied)), "Undo what this file changed")
