"""Sending reminders once, whatever happens (rules.md R2)."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from banding.choices import ReturnState
from banding.models import Reminder
from banding.reminders import services as reminders
from banding.reminders.selectors import due_reminders
from banding.reminders.services import ReminderTally, outbox, promise, send_due_reminders
from banding.tasks import send_reminders
from banding_portal.mails.models import MAX_REFUSALS
from banding_portal.mails.sending import CLAIM, claim
from banding_portal.roles import Role
from tests.banding.races import at_once
from tests.banding.reminded import (
    DAY_AFTER,
    DEADLINE,
    WEEK_BEFORE,
    addressees,
    owing_return,
)
from tests.factories import person

pytestmark = pytest.mark.django_db
BACKENDS = "tests.banding.reminded"


def claims_run_out():
    Reminder.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - CLAIM)


def test_sent_once_and_on_record():
    pupil_return, senco, _ = owing_return()
    assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, sent=1)
    assert addressees() == [senco.email]
    reminder = Reminder.objects.get()
    assert (reminder.pupil_return, reminder.recipient) == (pupil_return, senco)
    assert (reminder.offset, reminder.due_on, reminder.attempts) == (-7, WEEK_BEFORE, 1)
    assert reminder.sent_at is not None


def test_second_run_sends_nothing():
    owing_return()
    send_due_reminders(WEEK_BEFORE)
    assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, skipped=1)
    assert len(mail.outbox) == 1


def test_clock_set_back_sends_nothing_twice():
    owing_return()
    send_due_reminders(DEADLINE)
    send_due_reminders(WEEK_BEFORE)
    send_due_reminders(DEADLINE)
    assert sorted(Reminder.objects.values_list("offset", flat=True)) == [-7, 0, 0]
    assert len(mail.outbox) == 3


def test_dry_run_counts_and_changes_nothing():
    owing_return()
    assert send_due_reminders(WEEK_BEFORE, dry_run=True) == ReminderTally(due=1)
    assert (Reminder.objects.count(), mail.outbox) == (0, [])


def test_promise_left_by_a_dead_worker_is_kept():
    """Killed after the promise, before anything was sent."""
    owing_return()
    promise(due_reminders(WEEK_BEFORE))
    assert send_due_reminders(WEEK_BEFORE).sent == 1


def test_worker_killed_while_sending_is_made_good_when_its_claim_has_run_out(monkeypatch):
    owing_return()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("django.core.mail.EmailMessage.send", _killed)
        send_due_reminders(WEEK_BEFORE)
    assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, skipped=1)
    claims_run_out()
    assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, sent=1)


def _killed(*args):
    raise KeyboardInterrupt


def test_failure_to_write_the_message_counts_for_nothing(monkeypatch):
    owing_return()
    for _ in range(3):
        with monkeypatch.context() as patch, pytest.raises(LookupError):
            patch.setattr(reminders, "message_of", _broken)
            send_due_reminders(WEEK_BEFORE)
    assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, sent=1)


def _broken(*args):
    raise LookupError


def test_line_that_drops_each_time_repeats_an_email_once_at_most(settings):
    owing_return()
    settings.EMAIL_BACKEND = f"{BACKENDS}.DroppingBackend"
    for _ in range(5):
        send_due_reminders(WEEK_BEFORE)
        claims_run_out()
    assert len(mail.outbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_server_that_is_away_loses_nothing(settings):
    owing_return()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{BACKENDS}.AwayBackend"
    for _ in range(9):
        assert send_due_reminders(WEEK_BEFORE) == ReminderTally(due=1, failed=1)
    settings.EMAIL_BACKEND = working
    assert send_due_reminders(WEEK_BEFORE).sent == 1


def test_server_that_is_busy_loses_nothing(settings):
    owing_return()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{BACKENDS}.BusyBackend"
    for _ in range(MAX_REFUSALS + 1):
        assert send_due_reminders(WEEK_BEFORE).failed == 1
    settings.EMAIL_BACKEND = working
    assert send_due_reminders(WEEK_BEFORE).sent == 1


def test_address_refused_for_good_is_given_up(settings):
    owing_return()
    settings.EMAIL_BACKEND = f"{BACKENDS}.RefusingBackend"
    results = [send_due_reminders(WEEK_BEFORE) for _ in range(MAX_REFUSALS + 1)]
    assert [each.failed for each in results] == [1] * MAX_REFUSALS + [0]


def test_one_refused_address_keeps_nobody_else_waiting(settings):
    owing_return(), owing_return()
    settings.EMAIL_BACKEND = f"{BACKENDS}.RefusingBackend"
    assert send_due_reminders(WEEK_BEFORE).failed == 2


def test_promise_is_not_kept_once_the_school_has_submitted():
    pupil_return, senco, _ = owing_return()
    due = due_reminders(WEEK_BEFORE)
    promise(due)
    pupil_return.state, pupil_return.submitted_by = ReturnState.SUBMITTED, senco
    pupil_return.submitted_at = timezone.now()
    pupil_return.save()
    assert claim(outbox(WEEK_BEFORE), Reminder.objects.get().pk) is None


def test_task_sends_by_the_date_in_england(monkeypatch):
    """Half past midnight in summer, English time, is the day before in UTC."""
    owing_return()
    seen = []
    monkeypatch.setattr("banding.tasks.send_due_reminders", seen.append)
    instant = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    send_reminders()
    assert seen == [dt.date(2026, 7, 2)]


def test_command_prints_the_tally_as_json():
    owing_return()
    out = StringIO()
    call_command("send_reminders", "--today", "2026-11-23", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"due": 1, "sent": 1, "skipped": 0, "failed": 0}


def test_command_dry_run_sends_nothing():
    owing_return()
    out = StringIO()
    call_command("send_reminders", "--today", "2026-11-23", "--dry-run", stdout=out)
    assert (out.getvalue(), mail.outbox) == ("1 due, 0 sent, 0 skipped.\n", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("day", [WEEK_BEFORE, DAY_AFTER])
def test_eight_at_once_send_each_reminder_once(day):
    expected = []
    for _ in range(3):
        _, senco, head = owing_return()
        expected += [senco.email] if day == WEEK_BEFORE else [senco.email, head.email]
    if day == DAY_AFTER:
        # Three collections, each with a digest.
        expected += [person(Role.SEND_OFFICER).email] * 3
    results = at_once([lambda: send_due_reminders(day)] * 8)
    assert addressees() == sorted(expected)
    assert sum(each.sent for each in results) == len(expected)
    assert {each.failed for each in results} == {0}
    assert Reminder.objects.filter(sent_at=None).count() == 0
