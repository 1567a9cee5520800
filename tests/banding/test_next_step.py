"""The next step of a return stands at the top, in each state and for each person (B7, B10)."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from banding.choices import RecipientKind, ReturnMoveKind
from banding.due import due_items
from banding.models import Collection
from banding.reminders.mail import reminder_mail
from banding.returns.actions import return_actions
from banding.returns.services import tell_ready
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import person
from tests.pages import flat

pytestmark = pytest.mark.django_db
OCTOBER = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
YEAR_5 = dt.date(2016, 10, 1)
TELL, AGAIN = "Tell the headteacher that it is ready", "Tell the headteacher again"
CHECK, CONFIRM = "Check answers and submit", "We have nothing to report: confirm and submit"


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(OCTOBER):
        yield


@pytest.fixture
def by_head(school):
    """The return of a round that a headteacher submits, with two pupils who carry on."""
    for _ in range(2):
        pupil_at(school, date_of_birth=YEAR_5)
    return return_of(open_round(needs_headteacher=True), school)


@pytest.fixture
def by_senco(by_head):
    Collection.objects.update(needs_headteacher=False)
    by_head.collection.refresh_from_db()
    return by_head


@pytest.fixture
def senco(by_head):
    return senco_of(by_head)


@pytest.fixture
def head(school):
    return person(Role.HEADTEACHER, school=school)


def page_of(client, user, pupil_return, name="return_detail"):
    client.force_login(user)
    return client.get(reverse(f"banding:{name}", args=[pupil_return.pk])).text


def green(client, user, pupil_return, name="return_detail"):
    """The green buttons of the page, each with whether it stands above the first table."""
    page = page_of(client, user, pupil_return, name)
    page = page.split("<main", 1)[1]
    above = page.split("<table", 1)[0]
    found = re.findall(r'<(?:a|button)[^>]*class="govuk-button"[^>]*>(.*?)</', page, re.DOTALL)
    return [(flat(words).strip(), words in above) for words in found]


def test_silent_round_is_confirmed_at_the_top(client, by_senco, senco):
    assert green(client, senco, by_senco) == [(CONFIRM, True)]


def test_round_with_something_told_is_submitted_at_the_top(client, by_senco, senco, head):
    decide(by_senco.pupils.first(), senco)
    for user in (senco, head):
        assert green(client, user, by_senco) == [(CHECK, True)]


def test_headteacher_is_told_at_the_top_then_submits(client, by_head, senco, head):
    assert green(client, senco, by_head) == [(TELL, True)]
    assert green(client, head, by_head) == [(CONFIRM, True)]
    decide(by_head.pupils.first(), senco)
    assert green(client, senco, by_head) == [(TELL, True)]
    assert green(client, senco, by_head, "return_check") == [(TELL, False)]
    tell_ready(pupil_return=by_head, by=senco)
    for name in ("return_detail", "return_check"):
        assert green(client, senco, by_head, name) == []
        page = flat(page_of(client, senco, by_head, name))
        assert f"{senco.name} told them on 20 Oct 2026, 1:00pm that it is ready." in page
        assert "Tell them that it is ready" not in page
    assert green(client, head, by_head) == [(CHECK, True)]


def test_exercise_is_submitted_at_the_top_once_every_pupil_is_done(client):
    pupil_return, (row,) = return_with_pupils()
    senco = senco_of(pupil_return)
    assert [words for words, _ in green(client, senco, pupil_return)] == [
        f"Start with {row.pupil.spoken_name}"
    ]
    decide(row, senco)
    assert green(client, senco, pupil_return) == [(CHECK, True)]
    pupil_return.collection.needs_headteacher = True
    pupil_return.collection.save()
    assert green(client, senco, pupil_return) == [(TELL, True)]


def test_telling_the_headteacher_is_in_the_history_once_a_day(client, by_head, senco, head):
    decide(by_head.pupils.first(), senco)
    tell_ready(pupil_return=by_head, by=senco)
    with pytest.raises(RefusalError, match="told them on 20 Oct 2026"):
        tell_ready(pupil_return=by_head, by=senco)
    told = by_head.moves.filter(kind=ReturnMoveKind.READY)
    assert [move.moved_by for move in told] == [senco]
    assert "Headteacher told that it is ready" in page_of(client, senco, by_head)
    with time_machine.travel(OCTOBER + dt.timedelta(days=1), tick=False):
        can = return_actions(by_head, senco)
        assert [(can["ready"].words, can["ready"].is_possible)] == [(AGAIN, True)]
        assert green(client, senco, by_head) == []


def test_without_a_headteacher_nothing_is_in_the_history(by_head, senco):
    decide(by_head.pupils.first(), senco)
    with pytest.raises(RefusalError, match="has no headteacher"):
        tell_ready(pupil_return=by_head, by=senco)
    assert not by_head.moves.filter(kind=ReturnMoveKind.READY).exists()


def said_on_home(user):
    [item] = due_items(user)
    return item.text, item.action


def test_home_says_who_has_the_next_step(by_head, senco, head):
    nothing = "Tell us what has changed, or the headteacher that nothing has"
    assert said_on_home(senco) == (nothing, "See your lists")
    decide(by_head.pupils.first(), senco)
    assert said_on_home(senco) == ("Every pupil is done", TELL)
    tell_ready(pupil_return=by_head, by=senco)
    assert said_on_home(senco) == (
        "Headteacher told on 20 October 2026 that it is ready",
        "See the return",
    )
    assert said_on_home(head) == ("Every pupil is done", CHECK)


def mail_to(kind, pupil_return):
    return flat(reminder_mail(pupil_return, kind, "Sam", OCTOBER.date()).text)


def test_reminder_asks_of_each_what_they_may_do(by_head, senco, head):
    assert "one click" not in mail_to(RecipientKind.SENCO, by_head)
    assert "one click" in mail_to(RecipientKind.HEADTEACHER, by_head)
    decide(by_head.pupils.first(), senco)
    by_head.refresh_from_db()
    tell = "The headteacher has to check and submit it: tell them that it is ready."
    assert tell in mail_to(RecipientKind.SENCO, by_head)
    assert "It only has to be checked and submitted" in mail_to(RecipientKind.HEADTEACHER, by_head)
    tell_ready(pupil_return=by_head, by=senco)
    told = "told on 20 October 2026 that it is ready, and has to check and submit it."
    assert told in mail_to(RecipientKind.SENCO, by_head)
