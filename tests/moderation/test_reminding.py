"""Schools are reminded while they can challenge, members before their panel meets (R10)."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core import mail

from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from moderation.evidence.services import tell_of_due_evidence
from moderation.panels.reminding import remind_of_challenges
from moderation.tasks import remind_of_challenges as task
from tests.factories import person
from tests.moderation.evidence import ask, judged_case, senco
from tests.moderation.panels import (
    challenged,
    escalated,
    officer,
    on_agenda,
    panel_with,
    settled_case,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
"""Outcomes of that day can be challenged until Monday, 16 November."""


def settled_on_monday():
    with time_machine.travel(MONDAY):
        case = settled_case()
        return case, senco(case)


def counts_on(kind, *days):
    """How many were told by each of these days of November."""
    counts = []
    for day in days:
        with time_machine.travel(dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC)):
            remind_of_challenges(on=dt.date(2026, 11, day))
            counts.append(Notice.objects.filter(kind=kind, key__contains="2026-11-16").count())
    return counts


def test_school_hears_two_working_days_before_the_last_day_and_once():
    case, user = settled_on_monday()
    assert counts_on("outcome", 11, 12, 12, 13, 14, 16, 17) == [0, 1, 1, 1, 1, 1, 1]
    notice = Notice.objects.get(recipient=user, key__startswith="last day")
    collection = case.decision.collection
    assert notice.title == f"{collection.name}: until 16 November 2026 you can challenge an outcome"
    assert notice.path.endswith(f"?school={case.decision.school_id}")
    assert notice.by_mail


def test_school_that_has_challenged_hears_nothing():
    case, user = settled_on_monday()
    with time_machine.travel(MONDAY + dt.timedelta(days=1)):
        challenged(case, user)
    assert counts_on("outcome", 12, 16) == [0, 0]


def test_nothing_goes_after_the_last_day_nor_at_weekends():
    settled_on_monday()
    assert counts_on("outcome", 14, 15, 17) == [0, 0, 0]


def test_outcomes_held_till_feedback_are_reminded_of_by_that_day():
    case, _ = settled_on_monday()
    collection = case.decision.collection
    collection.feedback_on = dt.date(2026, 11, 9)
    collection.save()
    assert counts_on("outcome", 12, 13) == [0, 0]
    remind_of_challenges(on=dt.date(2026, 11, 19))
    assert Notice.objects.filter(key__contains="2026-11-23").exists()


def test_members_hear_before_their_panel_meets_and_only_while_it_has_cases():
    members = officer(), officer()
    with time_machine.travel(MONDAY):
        item = on_agenda(escalated(), *members, on=dt.date(2026, 11, 16))
    outsider = person(Role.SEND_OFFICER)
    meets = Notice.objects.filter(key__startswith="meets")
    for day, count in ((11, 0), (12, 2), (13, 2), (16, 2)):
        remind_of_challenges(on=dt.date(2026, 11, day))
        assert meets.count() == count
    assert {notice.recipient_id for notice in meets} == {each.pk for each in members}
    assert not Notice.objects.filter(recipient=outsider).exists()
    assert item.case.reference not in meets[0].title


def test_panel_without_a_case_reminds_nobody():
    judged_case()
    with time_machine.travel(MONDAY):
        panel_with(on=dt.date(2026, 11, 16))
    assert remind_of_challenges(on=dt.date(2026, 11, 13)) == 0


def test_the_beat_starts_it():
    assert task.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    task()


def about(subject):
    return [sent for sent in mail.outbox if subject in sent.subject]


def test_reminder_that_waited_until_the_school_challenged_is_not_sent():
    case, user = settled_on_monday()
    with time_machine.travel(dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)):
        remind_of_challenges(on=dt.date(2026, 11, 12))
        challenged(case, user)
        send_notices()
        assert about("you can challenge") == []


def test_reminder_is_sent_while_its_cause_holds():
    settled_on_monday()
    with time_machine.travel(dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)):
        on_agenda(escalated(), on=dt.date(2026, 11, 16))
        remind_of_challenges(on=dt.date(2026, 11, 12))
        send_notices()
        assert (len(about("you can challenge")), len(about("Your panel meets"))) == (1, 2)


def test_reminder_of_evidence_that_came_meanwhile_is_not_sent():
    with time_machine.travel(MONDAY):
        case = judged_case()
        user = senco(case)
        asked = ask(case, working_days=5)
    with time_machine.travel(MONDAY + dt.timedelta(days=4)):
        tell_of_due_evidence(on=dt.date(2026, 11, 6))
        asked.case.evidence_requests.update(state="withdrawn", withdrawn_because="It came by post.")
        send_notices()
    assert user.email in {to for sent in about("evidence is asked for") for to in sent.to}
    assert about("is due on") == []
