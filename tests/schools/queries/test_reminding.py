"""Whoever answers is reminded of a query that is due or late, until it is answered (R10)."""

import datetime as dt

import pytest
from django.conf import settings
from django.core import mail

from banding_portal.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from schools.models import Query
from schools.queries.services.answering import reply_to_query, take_query
from schools.queries.services.reminding import remind_of_queries
from schools.tasks import remind_of_queries as task
from tests.factories import MembershipFactory, QueryFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def told():
    return list(Notice.objects.filter(kind="query_due").order_by("pk").values_list(
        "recipient", "title"
    ))  # fmt: skip


def test_owner_hears_the_working_day_before_and_once_it_is_late(officer):
    query = QueryFactory(category="bands", due_on=MONDAY, owner=officer)
    other = person(Role.SEND_OFFICER)
    counts = []
    for days in (-4, -3, -3, -2, 0, 1, 1, 2):
        remind_of_queries(on=MONDAY + days * DAY)
        counts.append(len(told()))
    assert counts == [0, 1, 1, 1, 1, 2, 2, 2]
    assert told() == [
        (officer.pk, "Your answer to a query is due on 23 November 2026"),
        (officer.pk, "Your answer to a query was due on 23 November 2026"),
    ]
    assert not Notice.objects.filter(recipient=other).exists()
    assert str(query.pk) in Notice.objects.first().path


def test_nothing_is_sent_once_it_is_answered_or_merged(officer):
    query = QueryFactory(category="bands", due_on=MONDAY, owner=officer)
    reply_to_query(query=query, text="The reference date.", seen=1, by=officer)
    assert remind_of_queries(on=MONDAY + DAY) == 0
    assert told() == []


def test_late_query_that_nobody_owns_is_told_to_whoever_answers_it():
    officer, finance = person(Role.SEND_OFFICER), person(Role.FINANCE_OFFICER)
    school = SchoolFactory()
    partner = person(Role.INCLUSION_PARTNER, school=school)
    elsewhere = person(Role.INCLUSION_PARTNER, school=SchoolFactory())
    QueryFactory(category="bands", due_on=MONDAY, school=school)
    QueryFactory(category="pupils", due_on=MONDAY, school=school)
    assert remind_of_queries(on=MONDAY) == 0
    assert [remind_of_queries(on=MONDAY + DAY), remind_of_queries(on=MONDAY + 2 * DAY)] == [1, 1]
    said = "Nobody has taken on a query that was due on 23 November 2026"
    assert sorted(told()) == sorted([(officer.pk, said), (partner.pk, said)])
    assert not {finance.pk, elsewhere.pk} & {each for each, _ in told()}


def test_query_taken_on_is_reminded_of_to_its_owner_alone(officer):
    person(Role.SEND_OFFICER)
    query = QueryFactory(category="bands", due_on=MONDAY)
    take_query(query=query, by=officer)
    remind_of_queries(on=MONDAY + DAY)
    assert [each for each, _ in told()] == [officer.pk]


def test_owner_who_answers_no_more_is_like_none(officer):
    gone = person(Role.SEND_OFFICER, is_active=False)
    QueryFactory(category="bands", due_on=MONDAY, owner=gone)
    remind_of_queries(on=MONDAY + DAY)
    assert [each for each, _ in told()] == [officer.pk]


def test_nobody_is_reminded_of_a_query_of_their_own_school(officer):
    school = SchoolFactory()
    MembershipFactory(user=officer, role=Role.HEADTEACHER, school=school)
    QueryFactory(category="bands", due_on=MONDAY, school=school)
    remind_of_queries(on=MONDAY + DAY)
    assert told() == []


def test_nothing_goes_at_weekends(officer):
    QueryFactory(category="bands", due_on=MONDAY - 3 * DAY, owner=officer)
    assert [remind_of_queries(on=MONDAY - each * DAY) for each in (2, 1, 0)] == [0, 0, 1]


def test_email_says_nothing_that_was_typed(officer):
    QueryFactory(category="bands", due_on=MONDAY, owner=officer, subject="Kowalski, Ben")
    remind_of_queries(on=MONDAY)
    send_notices()
    (sent,) = mail.outbox
    assert (sent.to, "Kowalski" in f"{sent.subject} {sent.body}") == ([officer.email], False)
    assert "A school waits for an answer." in " ".join(sent.body.split())


def test_the_beat_starts_it():
    assert task.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    task()


@pytest.mark.parametrize("how", ["answered", "handed over", "due later"])
def test_reminder_that_waited_until_its_cause_ended_is_not_sent(officer, how):
    query = QueryFactory(category="bands", due_on=MONDAY, owner=officer)
    remind_of_queries(on=MONDAY)
    if how == "answered":
        reply_to_query(query=query, text="The reference date.", seen=1, by=officer)
    elif how == "handed over":
        take_query(query=query, seen=str(officer.pk), by=person(Role.SEND_OFFICER))
    else:
        Query.objects.update(due_on=MONDAY + 7 * DAY)
    send_notices()
    assert officer.email not in {to for sent in mail.outbox for to in sent.to}
    assert not Notice.objects.get(kind="query_due").by_mail


def test_query_somebody_has_taken_on_meanwhile_is_not_told_to_everybody(officer):
    query = QueryFactory(category="bands", due_on=MONDAY)
    remind_of_queries(on=MONDAY + DAY)
    take_query(query=query, by=officer)
    assert (send_notices(), mail.outbox) == (0, [])
