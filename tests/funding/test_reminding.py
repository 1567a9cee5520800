"""Whoever prepared a run is reminded each week that it is still a draft, until it is not (R10)."""

import datetime as dt

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from funding.models import Run
from funding.services.publishing import send_for_checking
from funding.services.reminding import remind_of_drafts
from funding.tasks import remind_of_drafts as task
from tests.factories import PeriodFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    set_value()
    funded_pupil()
    return draft(PeriodFactory())


def remind(run, days):
    """Of the working day that so many days after it was prepared is."""
    return remind_of_drafts(on=timezone.localdate(run.prepared_at) + dt.timedelta(days=days))


def told():
    return list(Notice.objects.filter(kind="draft").order_by("pk").values_list(
        "recipient", flat=True
    ))  # fmt: skip


def test_preparer_is_reminded_once_a_week(run):
    person(Role.FINANCE_OFFICER)
    counts = []
    for days in (0, 6, 7, 8, 13, 14, 14):
        remind(run, days)
        counts.append(len(told()))
    assert counts == [0, 0, 1, 1, 1, 2, 2]
    assert set(told()) == {run.prepared_by_id}
    notice = Notice.objects.first()
    assert "still a draft, as it has been since 17 November 2026" in notice.title
    assert str(run.pk) in notice.path


def test_draft_that_is_sent_or_deleted_is_not_reminded_of(run):
    send_for_checking(run=run, by=run.prepared_by)
    assert (remind(run, 7), told()) == (0, [])


def test_draft_calculated_again_is_a_new_one(run):
    again = draft(run.period, run.prepared_by)
    Run.objects.filter(pk=again.pk).update(prepared_at=run.prepared_at + dt.timedelta(days=6))
    assert remind(run, 7) == 0


def test_all_finance_officers_hear_of_the_draft_of_somebody_who_left(run):
    run.prepared_by.is_active = False
    run.prepared_by.save()
    others = {person(Role.FINANCE_OFFICER).pk, person(Role.FINANCE_OFFICER).pk}
    remind(run, 7)
    assert set(told()) == others


def test_nothing_goes_at_weekends(run):
    assert [remind(run, days) for days in (11, 12, 13)] == [0, 0, 1]


def test_the_beat_starts_it():
    assert task.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    task()


def test_reminder_that_waited_until_the_run_was_sent_is_not_sent(run):
    remind(run, 7)
    send_for_checking(run=run, by=run.prepared_by)
    assert (send_notices(), mail.outbox) == (0, [])


def test_reminder_of_a_draft_is_sent(run):
    remind(run, 7)
    send_notices()
    (sent,) = mail.outbox
    assert "Nobody is paid from a draft." in sent.body
