"""Schools are told on the day of feedback that they can see what moderation said (M11)."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision, Collection
from banding.returns.telling import tell_school
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice, NoticeRefusal
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from moderation.feedback.selectors import outcome_key
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
    pupil_return = held_till(today - late * DAY, since=today if not late else None)
    if not late:  # Recorded on the day itself: told at once.
        tell_school(pupil_return, NoticeKind.OUTCOME, outcome_key(pupil_return))
    tell_feedback(on=today)
    assert told() == []


@pytest.mark.django_db
@pytest.mark.parametrize("earlier", [0, 2])
def test_day_that_is_brought_forward_is_told_as_well(earlier):
    """To today, or to a day before the outcome was recorded."""
    today = timezone.localdate()
    pupil_return = held_till(today + 3 * DAY, since=today)
    person(Role.HEADTEACHER, school=pupil_return.school)
    assert tell_feedback(on=today) == 0
    Collection.objects.update(feedback_on=today - earlier * DAY)
    assert tell_feedback(on=today) == 1
    assert told() != []


@pytest.mark.django_db
def test_return_leads_to_its_outcomes_from_the_day_on(sign_in):
    today = timezone.localdate()
    pupil_return = held_till(today + DAY, since=today)
    letter = reverse("moderation:outcome_letter", args=[pupil_return.pk])
    page = reverse("banding:return_detail", args=[pupil_return.pk])
    at_school = sign_in(Role.SENCO, school=pupil_return.school)
    assert letter not in at_school.get(page).text
    Collection.objects.update(feedback_on=today)
    assert letter in at_school.get(page).text
    assert letter not in sign_in(Role.SEND_OFFICER).get(page).text


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
