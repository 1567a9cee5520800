"""Schools are told on the day of feedback that they can see what moderation said (M11)."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision, Collection
from banding_portal.notices.models import Notice, NoticeRefusal
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from moderation.feedback.services import tell_feedback
from moderation.tasks import tell_of_feedback
from tests.banding.helpers import band_of, submitted_return
from tests.banding.races import at_once
from tests.factories import person

DAY = dt.timedelta(days=1)


def held_till(feedback, *, since=None):
    """A return with an outcome, recorded the day before its feedback unless `since` says when."""
    pupil_return, (row,) = submitted_return()
    record_moderated_band(
        decision=row.decisions.get(),
        band=band_of(row, "C"),
        effective_from=pupil_return.collection.reference_date,
        reason="More help",
        by=person(Role.SEND_OFFICER),
    )
    at = dt.datetime.combine(since or feedback - DAY, dt.time(12), timezone.get_current_timezone())
    BandDecision.objects.filter(source="moderation").update(submitted_at=at)
    Collection.objects.update(feedback_on=feedback)
    return pupil_return


def told():
    return list(Notice.objects.filter(kind="feedback"))


@pytest.mark.django_db
def test_senco_and_headteacher_are_told_once_on_the_day(mailoutbox):
    today = timezone.localdate()
    pupil_return = held_till(today)
    school = pupil_return.school
    head = person(Role.HEADTEACHER, school=school)
    person(Role.SCHOOL_FINANCE, school=school)
    without = person(Role.SENCO, school=school)
    NoticeRefusal.objects.create(user=without, kind="feedback")
    tell_feedback(on=today - DAY)
    assert told() == []
    for _ in range(2):
        tell_of_feedback()
    Collection.objects.update(name="Renamed")
    tell_feedback(on=today + DAY)
    sencos = set(school.memberships.filter(role=Role.SENCO).values_list("user", flat=True))
    assert {each.recipient_id for each in told()} == {head.pk, *sencos}
    assert len(told()) == len(sencos) + 1
    send_notices()
    mails = [mail for mail in mailoutbox if "the outcomes of moderation" in mail.subject]
    assert len(mails) == len(sencos)
    name = pupil_return.pupils.get().pupil
    assert not any(part in mail.body for mail in mails for part in (name.forename, name.surname))


@pytest.mark.django_db
@pytest.mark.parametrize("late", [0, 7])
def test_nobody_is_told_of_what_they_know_or_long_after(late):
    today = timezone.localdate()
    held_till(today - late * DAY, since=today - late * DAY if not late else None)
    tell_feedback(on=today)
    assert told() == []


@pytest.mark.django_db
def test_nobody_is_told_where_there_is_nothing_to_see():
    pupil_return, _ = submitted_return()
    Collection.objects.update(feedback_on=timezone.localdate())
    person(Role.HEADTEACHER, school=pupil_return.school)
    assert tell_feedback(on=timezone.localdate()) == 0
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_eight_workers_tell_once():
    today = timezone.localdate()
    held_till(today)
    assert at_once([lambda: tell_feedback(on=today)] * 8) == [1] * 8
    assert len(told()) == 1


def test_it_stands_in_the_schedule():
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tell_of_feedback.name in tasks
