"""A job is cancelled before, while and after a worker is at it."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import JobState
from banding_portal.jobs.working import work_on_job
from banding_portal.roles import Role
from banding_portal.states import IllegalMoveError
from schools.models import RegisterUpload, School
from tests.banding.races import at_once
from tests.banding_portal.test_uploads import Killed, confirmed_upload, new_upload
from tests.factories import person
from tests.jobs import work_on


def cancel_from_elsewhere(job):
    """As another process does it: on a connection of its own, committed at once."""
    wrong = []

    def cancel():
        try:
            cancel_job(job, by=job.started_by)
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=cancel)
    thread.start()
    thread.join()
    assert wrong == []


def cancelled_in_its_work(monkeypatch, then):
    """The whole work is done, somebody cancels, and `then` happens."""
    whole = RegisterUpload.work

    def work(job, progress):
        result = whole(job, progress)
        cancel_from_elsewhere(job)
        then(progress)
        return result

    monkeypatch.setattr(RegisterUpload, "work", work)


@pytest.mark.django_db
def test_cancel_of_a_job_nobody_works_on_ends_it():
    job, by = new_upload(), person(Role.ADMINISTRATOR)
    cancel_job(job, by=by)
    job.refresh_from_db()
    assert (job.state, job.cancelled_by) == (JobState.CANCELLED, by)
    assert work_on(job).state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_cancel_stops_the_work_at_its_next_step(monkeypatch):
    job = confirmed_upload()
    reached = []

    def next_step(progress):
        progress(3, 3)
        reached.append("the step after")

    monkeypatch.setattr("banding_portal.jobs.progress.PAUSE", 0)
    cancelled_in_its_work(monkeypatch, next_step)
    assert work_on(job).state == JobState.CANCELLED
    assert (reached, School.objects.count(), job.cancelled_by) == ([], 0, job.started_by)


@pytest.mark.django_db(transaction=True)
def test_cancel_after_the_last_step_undoes_the_work_too(monkeypatch):
    job = confirmed_upload()
    cancelled_in_its_work(monkeypatch, lambda progress: None)
    assert work_on(job).state == JobState.CANCELLED
    assert School.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_cancel_outlives_a_worker_that_dies(monkeypatch):
    job = confirmed_upload()

    def die(progress):
        raise Killed

    cancelled_in_its_work(monkeypatch, die)
    with pytest.raises(Killed):
        work_on(job)
    job.refresh_from_db()
    assert job.state == JobState.CONFIRMED
    assert work_on(job).state == JobState.CANCELLED
    assert School.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", range(5))
def test_cancel_and_work_at_once_is_one_or_the_other(times):
    job = confirmed_upload()
    outcomes = at_once(
        [
            lambda: work_on_job(RegisterUpload, job.pk),
            lambda: cancel_job(job, by=job.started_by).state,
        ]
    )
    job.refresh_from_db()
    if job.state == JobState.DONE:
        assert isinstance(outcomes[1], IllegalMoveError)
        assert School.objects.count() == 3
    else:
        assert job.state == JobState.CANCELLED
        assert not isinstance(outcomes[1], Exception)
        assert School.objects.count() == 0


@pytest.mark.django_db
def test_page_of_a_job_at_work_offers_to_cancel(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    job = new_upload()
    url = reverse("schools:register_upload_detail", args=[job.pk])
    assert 'value="cancel"' in client.get(url).text
    page = client.post(url, {"action": "cancel"}, follow=True)
    assert "You cancelled this upload" in page.text
    job.refresh_from_db()
    assert (job.state, job.cancelled_by) == (JobState.CANCELLED, client.user)


@pytest.mark.django_db
def test_page_of_a_job_that_is_stopping_says_so(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    job = new_upload()
    RegisterUpload.objects.update(cancelled_by=client.user)
    page = client.get(reverse("schools:register_upload_detail", args=[job.pk])).text
    assert f"{client.user} cancelled this. It stops at its next step" in page
    assert 'value="cancel"' not in page
