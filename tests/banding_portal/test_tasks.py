"""Lost work is sent again, and only that (Q11–Q13)."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from banding.models import (
    CaseloadUpload,
    FrameworkUpload,
    RollOver,
    TemplateBatch,
    TemplateUpload,
    TemplateZip,
)
from banding_portal import sending, tasks
from banding_portal.jobs.models import job_kind, job_kinds
from banding_portal.jobs.services import TASK
from banding_portal.jobs.states import AT_WORK
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from funding.models import (
    AuditPack,
    CalendarUpload,
    FiguresUpload,
    PaymentsUpload,
    RemittanceExport,
    RunCalculation,
    ScenarioWork,
    ScheduleExport,
    SchoolDaysUpload,
    ValuesUpload,
    WebhookDelivery,
    YearForecast,
)
from schools.models import (
    InvitationRound,
    PeopleUpload,
    QuadrantUpload,
    RegisterUpload,
    School,
)
from tests.factories import person
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    calls = []
    monkeypatch.setattr(tasks, "send", lambda name, *ids: calls.append((name, *ids)))
    return calls


def upload_in(state, *, quiet_for=60, model=RegisterUpload):
    upload = model(started_by=person(Role.ADMINISTRATOR), state=state)
    upload.set_file("register.csv", as_csv([school_row(100001)]))
    upload.save()
    changed = timezone.now() - dt.timedelta(seconds=quiet_for)
    model.objects.filter(pk=upload.pk).update(changed_at=changed)
    return upload


def test_every_kind_of_job_is_looked_after():
    assert set(job_kinds()) == {
        InvitationRound,
        PeopleUpload,
        QuadrantUpload,
        RegisterUpload,
        CaseloadUpload,
        TemplateBatch,
        TemplateUpload,
        TemplateZip,
        FrameworkUpload,
        RollOver,
        ValuesUpload,
        FiguresUpload,
        CalendarUpload,
        PaymentsUpload,
        SchoolDaysUpload,
        WebhookDelivery,
        RunCalculation,
        ScheduleExport,
        AuditPack,
        RemittanceExport,
        YearForecast,
        ScenarioWork,
    }


@pytest.mark.parametrize("model", job_kinds())
def test_every_kind_names_the_function_that_does_it(model):
    assert callable(import_string(model.WORK))


def test_task_refuses_what_is_no_kind_of_job():
    assert job_kind("schools.registerupload") is RegisterUpload
    with pytest.raises(LookupError, match="no kind of job"):
        tasks.work_on_job("schools.school", str(uuid4()))


@pytest.mark.parametrize("state", UploadState.values)
def test_only_work_that_stands_still_is_sent_again(sent, state):
    upload = upload_in(state)
    tasks.resend_jobs()
    expected = [(TASK, "schools.registerupload", str(upload.pk))] if state in AT_WORK else []
    assert sent == expected


def test_work_asked_for_just_now_is_left_to_its_worker(sent):
    upload_in(UploadState.WAITING, quiet_for=5)
    tasks.resend_jobs()
    assert sent == []


def test_task_is_told_the_kind(sent):
    upload = upload_in(UploadState.WAITING, model=CaseloadUpload)
    tasks.resend_jobs()
    assert sent == [(TASK, "banding.caseloadupload", str(upload.pk))]


def test_lost_task_is_made_good_and_doing_it_twice_does_no_harm(monkeypatch):
    """The sweeper runs twice before a worker comes; both messages are worked on."""
    upload = upload_in(UploadState.WAITING)
    work = []
    monkeypatch.setattr(tasks, "send", lambda name, *ids: work.append(ids))
    tasks.resend_jobs()
    tasks.resend_jobs()
    for ids in work:
        tasks.work_on_job(*ids)
    upload.refresh_from_db()
    assert (len(work), upload.state, upload.attempts) == (2, UploadState.READY, 1)
    assert School.objects.count() == 0


def test_sweeper_without_a_broker_only_says_so(caplog, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(sending.current_app, "send_task", refuse)
    upload = upload_in(UploadState.WAITING)
    tasks.resend_jobs()
    upload.refresh_from_db()
    assert upload.state == UploadState.WAITING
    assert "task_not_sent" in caplog.text
