"""Sending tasks: after the commit, ids only, and a broker that is away breaks no page (Q12)."""

import pytest
from celery import Celery
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from banding_portal import sending
from banding_portal.roles import Role
from banding_portal.sending import send, send_on_commit
from banding_portal.uploads.states import UploadState
from schools.models import RegisterUpload
from tests.schools.register_files import as_csv, school_row


@pytest.fixture
def no_broker(settings, monkeypatch):
    """A real Celery application whose broker refuses connections."""
    app = Celery("away", broker="redis://127.0.0.1:1/0", set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    app.conf.task_publish_retry_policy = settings.CELERY_TASK_PUBLISH_RETRY_POLICY
    monkeypatch.setattr(sending, "current_app", app)


@pytest.fixture
def sent(monkeypatch):
    calls = []
    monkeypatch.setattr(
        sending.current_app, "send_task", lambda name, args: calls.append((name, args))
    )
    return calls


@pytest.mark.django_db(transaction=True)
def test_task_is_sent_after_the_commit_alone(sent):
    with transaction.atomic():
        send_on_commit("a.task", "1")
        assert sent == []
    assert sent == [("a.task", ("1",))]


@pytest.mark.django_db(transaction=True)
def test_task_of_a_transaction_undone_is_not_sent(sent):
    with pytest.raises(LookupError), transaction.atomic():
        send_on_commit("a.task", "1")
        raise LookupError
    assert sent == []


def test_send_without_a_broker_is_logged_without_its_arguments(no_broker, caplog):
    send("a.task", "12345678-secret")
    assert "task_not_sent" in caplog.text
    assert "12345678-secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_upload_without_a_broker_keeps_the_file_and_the_page(no_broker, sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    file = SimpleUploadedFile("register.csv", as_csv([school_row(100001)]))
    data = {"file": file, "kind": "schools", "la_code": ""}
    response = client.post(reverse("schools:register_upload"), data, follow=True)
    assert response.status_code == 200
    assert RegisterUpload.objects.get().state == UploadState.WAITING
