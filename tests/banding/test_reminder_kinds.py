"""The page of every kind of reminder, why one was not sent, and all in the log of emails."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from banding.choices import ReturnState
from banding.models import Reminder
from banding.reminders.overview import explained, planned_reminders, reminders_of, words_of_state
from banding.reminders.selectors import due_reminders
from banding.reminders.services import promise
from banding_portal.mails.log import mails
from banding_portal.models import Notice
from banding_portal.notices.choices import REMINDER_KEYS, NoticeKind
from banding_portal.notices.schedules import schedules, shown
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import Role
from schools.queries.services.reminding import remind_of_queries
from tests.banding.reminded import DEADLINE, WEEK_BEFORE, collection_due, owing_return
from tests.factories import QueryFactory, UserFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 20)
URL = "/reminders/"
WANTED = [
    "Returns",
    "Queries of schools",
    "Evidence that a school is asked for",
    "Outcomes that a school can challenge",
    "Panels of moderation",
    "Calibration of moderators",
    "Runs that stay drafts",
    "Digest of the morning",
]


def test_page_shows_every_kind_with_when_to_whom_and_its_words(sign_in):
    pupil_return, *_ = owing_return(collection_due(name="Autumn exercise"))
    page = flat(sign_in(Role.ADMINISTRATOR).get(URL).text)
    heads = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert [head for head in heads if head in WANTED] == WANTED
    assert reverse("banding:reminder_list", args=[pupil_return.collection.pk]) in page
    assert "2 working days before the answer is due" in page
    assert "SENCOs and headteachers of the school" in page
    assert "Nobody is paid from a draft." in page
    assert "/emails/?kind=reminders" in page


def test_page_without_a_collection_says_what_will_come(sign_in):
    page = sign_in(Role.AUDITOR).get(URL)
    assert b"No collection is open" in page.content


def test_preview_counts_from_the_day_it_would_go():
    by_subject = {
        each.mail.subject
        for one in schedules()
        for step in one.steps
        for each in [shown(step, FRIDAY)]
    }
    assert {
        "[collection]: evidence about one of your pupils is due on 24 November 2026",
        "[collection]: until 24 November 2026 you can challenge an outcome",
        "Your panel meets on 24 November 2026",
        "Your answer to a query is due on 23 November 2026",
        "Your answer to a query was due on 19 November 2026",
        "Your calibration for [framework] lapses on 23 November 2026",
        "Run of [period]: still a draft, as it has been since 13 November 2026",
    } <= by_subject


def test_reminders_of_every_kind_are_found_in_the_log_of_emails(sign_in):
    senco = UserFactory()
    for number, (kind, (_, beginnings)) in enumerate(REMINDER_KEYS.items()):
        key = f"{beginnings[0]}{number}"
        notify(kind, [Happening([senco.pk], key=key, title=f"About {kind}", path="/")])
    notify(NoticeKind.OUTCOME, [Happening([senco.pk], key="1", title="An outcome", path="/")])
    owing_return()
    promise(due_reminders(WEEK_BEFORE))
    told = {row["what"] for row in mails({"kind": "reminders"})}
    assert {title for title in told if title.startswith("About")} == {
        f"About {kind}" for kind in REMINDER_KEYS
    }
    assert len(told) == len(REMINDER_KEYS) + 1
    assert "An outcome" not in told
    rows = mails({"kind": "reminder_calibration"})
    assert [row["what"] for row in rows] == ["About cases"]
    page = sign_in(Role.ADMINISTRATOR).get("/emails/?kind=reminder_query").text
    assert "About query_due" in page
    assert "About draft" not in page


def test_what_reminds_of_queries_has_the_keys_of_a_reminder():
    QueryFactory(due_on=FRIDAY, owner=None, category="bands")
    person(Role.SEND_OFFICER)
    remind_of_queries(on=dt.date(2026, 11, 23))
    told = Notice.objects.filter(kind=NoticeKind.QUERY_DUE).values_list("title", flat=True)
    assert {row["mail_kind"] for row in mails({}) if row["what"] in told} == {"reminder_query"}


def accept(collection):
    at = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)
    by = UserFactory()
    collection.returns.update(state=ReturnState.ACCEPTED, submitted_at=at, submitted_by=by)


def test_a_reminder_of_the_schedule_that_was_not_sent_says_why():
    pupil_return, *_ = owing_return()
    collection = pupil_return.collection

    def words():
        planned = explained(collection, planned_reminders(collection, dt.date(2026, 12, 1)))
        return {each.step.offset: each.state_words for each in planned}[-7]

    assert words() == "Not sent: nobody was to be reminded then"
    promise(due_reminders(WEEK_BEFORE))
    assert words() == "Not sent: see below"
    Reminder.objects.all().delete()
    accept(collection)
    assert words() == "Not sent: every return was in"
    collection.closed_at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    assert words() == "Not sent: the collection was closed"


def test_a_reminder_of_a_person_that_was_not_sent_says_why():
    pupil_return, *_ = owing_return()
    promise(due_reminders(WEEK_BEFORE))

    def words(day):
        return {words_of_state(each, day) for each in reminders_of(pupil_return.collection)}

    assert words(WEEK_BEFORE) == {"Waiting"}
    late = DEADLINE + dt.timedelta(days=30)
    assert words(late) == {"Not sent: it could not be sent within 7 days"}
    accept(pupil_return.collection)
    assert words(WEEK_BEFORE) == {"Not sent: the return came in before"}


def test_a_reminder_whose_day_has_passed_is_not_changed(sign_in):
    collection = collection_due(dt.date(2026, 11, 19))
    url = reverse("banding:reminder_edit", args=[collection.pk, -7])
    answer = sign_in(Role.ADMINISTRATOR).get(url, follow=True)
    assert "It was due on 12 November 2026, which has passed" in flat(answer.text)
    assert url not in answer.text
