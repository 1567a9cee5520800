"""The life of an upload with a real kind: a file of the register of schools."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from banding_portal import tasks
from banding_portal.jobs import services, working
from banding_portal.jobs.progress import Report, progress_of
from banding_portal.jobs.services import TASK, cancel_job, confirm_job
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.states import IllegalMoveError
from banding_portal.uploads.due import due_items
from banding_portal.uploads.states import UploadState
from schools.models import RegisterUpload, School
from tests.factories import SchoolFactory, person
from tests.jobs import work_on
from tests.schools.register_files import as_csv, school_row

THREE = [school_row(100001), school_row(100002, "Beckford"), school_row(100003, "Caldwell")]


def new_upload(content=None, **fields):
    upload = RegisterUpload(started_by=person(Role.ADMINISTRATOR), **fields)
    upload.set_file("register.csv", content or as_csv(THREE))
    upload.save()
    return upload


def checked_upload(content=None):
    upload = new_upload(content)
    work_on(upload)
    return upload


def confirmed_upload():
    upload = checked_upload()
    return confirm_job(upload, by=upload.started_by, fingerprint=upload.fingerprint)


def at_once(count, action):
    """Run an action in that many threads, all starting together; returns what went wrong."""
    barrier, wrong = threading.Barrier(count), []

    def one():
        try:
            barrier.wait()
            action()
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.fixture
def sent(monkeypatch):
    """The tasks sent, in order."""
    calls = []
    monkeypatch.setattr(services, "send_on_commit", lambda name, *ids: calls.append((name, *ids)))
    return calls


@pytest.mark.django_db
def test_check_previews_and_saves_nothing():
    upload = checked_upload()
    assert (upload.state, upload.preview["counts"]["created"]) == (UploadState.READY, 3)
    assert School.objects.count() == 0


@pytest.mark.django_db
def test_check_of_a_bad_file_lists_the_issues():
    upload = checked_upload(as_csv([school_row(100001), school_row("12", StatutoryLowAge="x")]))
    assert upload.state == UploadState.REFUSED
    assert [(i["cell"], i["value"]) for i in upload.issues] == [("A3", "12"), ("N3", "x")]


@pytest.mark.django_db
def test_apply_saves_what_was_previewed():
    upload = confirmed_upload()
    work_on(upload)
    assert (upload.state, School.objects.count()) == (UploadState.APPLIED, 3)


@pytest.mark.django_db
def test_apply_after_a_change_makes_a_new_preview():
    upload = confirmed_upload()
    SchoolFactory(urn="100001")
    work_on(upload)
    assert (upload.state, upload.outdated) == (UploadState.READY, True)
    assert (upload.preview["counts"]["created"], School.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_confirm_of_an_older_preview_is_refused():
    upload = checked_upload()
    with pytest.raises(RefusalError, match="preview has changed"):
        confirm_job(upload, by=upload.started_by, fingerprint="0" * 64)


@pytest.mark.django_db
def test_confirm_twice_sends_once(sent):
    upload = checked_upload()
    for _ in range(2):
        confirm_job(upload, by=upload.started_by, fingerprint=upload.fingerprint)
    assert sent == [(TASK, "schools.registerupload", str(upload.pk))]


@pytest.mark.django_db
def test_cancelled_upload_cannot_be_applied():
    upload = checked_upload()
    cancel_job(upload, by=upload.started_by)
    with pytest.raises(IllegalMoveError):
        confirm_job(upload, by=upload.started_by, fingerprint=upload.fingerprint)


@pytest.mark.django_db(transaction=True)
def test_confirm_fifty_times_at_once_sends_once(sent):
    upload = checked_upload()

    def confirm():
        confirm_job(upload, by=upload.started_by, fingerprint=upload.fingerprint)

    assert at_once(50, confirm) == []
    assert sent == [(TASK, "schools.registerupload", str(upload.pk))]


@pytest.mark.django_db(transaction=True)
def test_task_eight_times_at_once_applies_once():
    upload = confirmed_upload()
    assert at_once(8, lambda: tasks.work_on_job("schools.registerupload", str(upload.pk))) == []
    upload.refresh_from_db()
    assert (upload.state, School.objects.count()) == (UploadState.APPLIED, 3)


@pytest.mark.django_db
def test_task_twice_leaves_the_same_database():
    upload = confirmed_upload()
    work_on(upload)
    before = (list(School.objects.values()), list(RegisterUpload.objects.values("state")))
    work_on(upload)
    assert before == (list(School.objects.values()), list(RegisterUpload.objects.values("state")))


class Killed(BaseException):
    """Stands for a worker that is killed: nothing of Python catches it."""


def after_work(what):
    """The whole work of a job, and then this."""
    whole = RegisterUpload.work

    def work(job, progress):
        whole(job, progress)
        raise what

    return work


@pytest.mark.django_db(transaction=True)
def test_worker_killed_half_way_saves_nothing_and_the_next_finishes(monkeypatch):
    upload = confirmed_upload()
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(RegisterUpload, "work", after_work(Killed))
        work_on(upload)
    upload.refresh_from_db()
    assert (upload.state, School.objects.count()) == (UploadState.CONFIRMED, 0)
    work_on(upload)
    assert (upload.state, School.objects.count()) == (UploadState.APPLIED, 3)


@pytest.mark.django_db(transaction=True)
def test_file_that_kills_every_worker_is_given_up(monkeypatch):
    upload = confirmed_upload()
    monkeypatch.setattr(RegisterUpload, "work", after_work(Killed))
    for _ in range(working.MAX_ATTEMPTS):
        with pytest.raises(Killed):
            work_on(upload)
    work_on(upload)
    assert (upload.state, len(upload.reference)) == (UploadState.FAILED, 8)


@pytest.mark.django_db
def test_failure_has_a_reference_and_saves_nothing(monkeypatch):
    upload = confirmed_upload()
    monkeypatch.setattr(RegisterUpload, "work", after_work(RuntimeError("broken")))
    work_on(upload)
    assert (upload.state, School.objects.count()) == (UploadState.FAILED, 0)
    assert len(upload.reference) == 8


@pytest.mark.django_db
def test_lost_work_is_sent_again(monkeypatch):
    upload, done = confirmed_upload(), checked_upload(as_csv([school_row("x")]))
    RegisterUpload.objects.update(changed_at="2026-01-01T00:00Z")
    calls = []
    monkeypatch.setattr(tasks, "send", lambda name, *ids: calls.append((name, *ids)))
    tasks.resend_jobs()
    assert done.state == UploadState.REFUSED
    assert calls == [(TASK, "schools.registerupload", str(upload.pk))]


@pytest.mark.django_db
def test_progress_of_applying_starts_anew():
    upload = new_upload()
    Report(upload)(3, 3)
    assert progress_of(upload) == (3, 3)
    upload.state = UploadState.CONFIRMED
    assert progress_of(upload) == (0, 0)


# On the home page


@pytest.mark.django_db
def test_file_that_was_checked_waits_on_the_home_page_of_who_sent_it():
    upload = checked_upload()
    [item] = due_items(upload.started_by)
    assert (item.title, item.url) == (
        "Preview waiting: register.csv",
        reverse("schools:register_upload_detail", args=[upload.pk]),
    )
    assert due_items(person(Role.ADMINISTRATOR)) == []


@pytest.mark.django_db
def test_only_the_last_file_of_a_kind_waits(django_assert_num_queries):
    own = checked_upload().started_by
    later = new_upload(b"nothing")
    RegisterUpload.objects.update(started_by=own)
    assert due_items(own) == []
    work_on(later)
    with django_assert_num_queries(1):
        assert [item.title for item in due_items(own)] == ["Problems found: register.csv"]
    lead = person(Role.MODERATION_LEAD)
    assert lead.roles
    with django_assert_num_queries(0):
        assert due_items(lead) == []
