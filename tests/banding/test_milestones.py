"""The days of a collection, in order, in a calendar file, and what they hold back (M11)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import DecisionSource
from banding.collections.milestones import (
    events_of,
    milestones_of,
    problems_of_order,
)
from banding.decisions.outcomes import record_moderated_band
from banding.decisions.selectors import decisions_over_time
from banding.models import Collection
from banding.reminders.mail import reminder_mail
from banding.returns.progress import line_of
from banding.returns.services import submit_return
from banding_portal.calendars import calendar_of
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import band_of, decide, submitted_return
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import FrameworkFactory, person

NORFOLK = {
    "opens": dt.date(2019, 9, 27),
    "deadline": dt.date(2019, 10, 30),
    "processing": dt.date(2019, 10, 31),
    "moderation": dt.date(2019, 11, 11),
    "feedback": dt.date(2019, 12, 2),
}


def test_calendar_holds_each_day_and_the_whole_week_of_moderation():
    made = dt.datetime(2019, 9, 1, 12, tzinfo=dt.UTC)
    lines = calendar_of(events_of("Autumn", "x@banding", milestones_of(**NORFOLK)), made).split(
        "\r\n"
    )
    starts = [line for line in lines if line.startswith("DTSTART")]
    assert starts == [f"DTSTART;VALUE=DATE:{day:%Y%m%d}" for day in NORFOLK.values()]
    at = lines.index("UID:x@banding-moderation")
    assert lines[at + 1 : at + 5] == [
        "DTSTAMP:20190901T120000Z",
        "DTSTART;VALUE=DATE:20191111",
        "DTEND;VALUE=DATE:20191116",
        "SUMMARY:Autumn: Moderation week",
    ]
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_text_is_escaped_and_no_line_is_too_long():
    made, name = dt.datetime(2019, 9, 1, tzinfo=dt.UTC), "Round; one, two\nEND:VEVENT " + "é" * 60
    text = calendar_of(events_of(name, "x", milestones_of(opens=dt.date(2019, 9, 1))), made)
    assert "\\; one\\, two END:VEVENT" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "é" * 60 in text.replace("\r\n ", "")


EARLY = dt.date(2019, 10, 1)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, {}),
        ({"processing": EARLY}, {"processing": "the deadline"}),
        ({"moderation": None, "feedback": EARLY}, {"feedback": "processing"}),
        ({"processing": NORFOLK["deadline"]}, {}),
        (
            {"processing": EARLY, "moderation": EARLY, "feedback": EARLY},
            dict.fromkeys(["processing", "moderation", "feedback"], "the deadline"),
        ),
    ],
)
def test_days_follow_each_other(changed, wrong):
    found = problems_of_order(**(NORFOLK | changed))
    assert found.keys() == wrong.keys()
    assert all(found[code].endswith(f" before {before}") for code, before in wrong.items())


@pytest.mark.django_db
def test_round_with_its_days_out_of_order_is_not_opened():
    today = timezone.localdate()
    FrameworkFactory()
    with pytest.raises(RefusalError, match="The day of feedback must not come before the deadline"):
        open_round(reference=today, deadline=today, feedback_on=today - dt.timedelta(days=1))


@pytest.mark.django_db
def test_day_of_feedback_at_the_end_of_the_calendar_is_refused():
    """Its calendar file would need the day after."""
    FrameworkFactory()
    today = timezone.localdate()
    with pytest.raises(RefusalError, match="Enter dates between 1900 and 2199"):
        open_round(reference=today, feedback_on=dt.date(9999, 12, 31))


@pytest.mark.django_db
def test_days_are_on_the_page_in_the_reminder_and_in_the_file(client, school):
    today = timezone.localdate()
    feedback = today + dt.timedelta(days=90)
    pupil_at(school, band="")
    pupil_return = return_of(open_round(reference=today, feedback_on=feedback), school)
    client.force_login(person(Role.SENCO, school=school))
    page = client.get(reverse("banding:return_detail", args=[pupil_return.pk])).content.decode()
    address = reverse("banding:collection_calendar", args=[pupil_return.collection_id])
    assert (address in page, "Feedback to schools" in page) == (True, True)
    assert f"{feedback:%Y%m%d}" in client.get(address).content.decode()
    mail = reminder_mail(pupil_return, "senco", "Sam", today)
    assert "Feedback to schools: " in mail.text


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "sources"), [(1, ["school"]), (0, ["moderation", "school"])])
def test_outcome_is_the_schools_to_see_from_the_day_of_feedback(days, sources):
    pupil_return, (row,) = submitted_return()
    collection = pupil_return.collection
    collection.feedback_on = timezone.localdate() + dt.timedelta(days=days)
    collection.save()
    officer = person(Role.SEND_OFFICER)
    record_moderated_band(
        decision=row.decisions.get(),
        band=band_of(row, "C"),
        effective_from=collection.reference_date,
        reason="More help",
        by=officer,
    )
    senco = person(Role.SENCO, school=pupil_return.school)
    assert sorted(d.source for d in decisions_over_time(row.pupil, senco)) == sources
    assert len(decisions_over_time(row.pupil, officer)) == 2
    assert DecisionSource.MODERATION in {d.source for d in decisions_over_time(row.pupil, officer)}


@pytest.mark.django_db
def test_lists_of_a_round_do_not_tell_a_held_outcome(school):
    today = timezone.localdate()
    pupil_at(school, plan_type="SEN_SUPPORT", band="")
    collection = open_round(reference=today)
    pupil_return = return_of(collection, school)
    row = pupil_return.pupils.get()
    by = person(Role.SENCO, school=school)
    decide(row, by)
    submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
    settle = {"effective_from": today, "reason": "More help", "by": person(Role.SEND_OFFICER)}
    record_moderated_band(decision=row.decisions.get(), band=band_of(row, "C"), **settle)
    shown = []
    for feedback in (today + dt.timedelta(days=90), today):
        Collection.objects.update(feedback_on=feedback)
        line = line_of(row_of(collection, row.pupil))
        shown.append((line.band_shown.code, line.rests_on.partition(",")[0]))
    assert shown == [
        ("B", "Chosen and submitted on this return"),
        ("C", "Moderation outcome"),
    ]
