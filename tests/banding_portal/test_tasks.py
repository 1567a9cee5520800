"""Lost work is sent again, and only that (Q11–Q13)."""

import datetime as dt

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from banding.models import CaseloadUpload, TemplateUpload
from banding_portal import sending, tasks
from banding_portal.roles import Role
from banding_portal.uploads.models import Upload
from banding_portal.uploads.states import AT_WORK, UploadState
from schools.models import RegisterUpload, School
from schools.tasks import work_on_register_upload
from tests.factories import person
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    calls = []
    monkeypatch.setattr(tasks, "send", lambda name, *ids: calls.append((name, *ids)))
    return calls


def upload_in(state, *, quiet_for=60, model=RegisterUpload):
    upload = model(uploaded_by=person(Role.ADMINISTRATOR), state=state)
    upload.set_file("register.csv", as_csv([school_row(100001)]))
    upload.save()
    changed = timezone.now() - dt.timedelta(seconds=quiet_for)
    model.objects.filter(pk=upload.pk).update(changed_at=changed)
    return upload


def test_every_kind_of_upload_is_looked_after():
    assert set(Upload.__subclasses__()) == {RegisterUpload, CaseloadUpload, TemplateUpload}


@pytest.mark.parametrize("state", UploadState.values)
def test_only_work_that_stands_still_is_sent_again(sent, state):
    upload = upload_in(state)
    tasks.resend_uploads()
    expected = [(RegisterUpload.TASK, str(upload.pk))] if state in AT_WORK else []
    assert sent == expected


def test_work_asked_for_just_now_is_left_to_its_worker(sent):
    upload_in(UploadState.WAITING, quiet_for=5)
    tasks.resend_uploads()
    assert sent == []


def test_other_kinds_are_sent_to_their_own_task(sent):
    upload = upload_in(UploadState.WAITING, model=CaseloadUpload)
    tasks.resend_uploads()
    assert sent == [(CaseloadUpload.TASK, str(upload.pk))]


def test_lost_task_is_made_good_and_doing_it_twice_does_no_harm(monkeypatch):
    """The sweeper runs twice before a worker comes; both messages are worked on."""
    upload = upload_in(UploadState.WAITING)
    work = []
    monkeypatch.setattr(tasks, "send", lambda name, pk: work.append(pk))
    tasks.resend_uploads()
    tasks.resend_uploads()
    for pk in work:
        work_on_register_upload(pk)
    upload.refresh_from_db()
    assert (len(work), upload.state, upload.attempts) == (2, UploadState.READY, 1)
    assert School.objects.count() == 0


def test_sweeper_without_a_broker_only_says_so(caplog, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(sending.current_app, "send_task", refuse)
    upload = upload_in(UploadState.WAITING)
    tasks.resend_uploads()
    upload.refresh_from_db()
    assert upload.state == UploadState.WAITING
    assert "task_not_sent" in caplog.text
