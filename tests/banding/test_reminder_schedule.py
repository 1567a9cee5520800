"""The schedule of a collection's reminders: days, who gets them, words of one's own (R1, R3)."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding.choices import RecipientKind
from banding.models import ReminderStep
from banding.reminders.calendar import Mark, months_of
from banding.reminders.forms import STANDARD
from banding.reminders.overview import planned_reminders
from banding.reminders.scheduling import remove_reminder, set_reminder
from banding.reminders.selectors import due_reminders, steps_of
from banding.reminders.services import send_due_reminders
from banding.reminders.steps import Step, problems_of_day
from banding.reminders.wording import filled, problems_of_words
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.reminded import DEADLINE, WEEK_BEFORE, collection_due, owing_return
from tests.factories import person
from tests.pages import flat

SENCO, HEAD, DIGEST = RecipientKind
OWN = "{name}: {school}, {collection}. {left} {link}"


def coming(**fields):
    """A collection due in thirty days, open now."""
    today = timezone.localdate()
    return collection_due(today + dt.timedelta(days=30), opens_on=today, **fields)


@pytest.mark.parametrize(
    ("subject", "text", "problems"),
    [
        ("", "", {}),
        ("{collection} for {school}", OWN, {}),
        ("{pupil}", "", {"subject": [("There is no placeholder {pupil} here. "
         "You can use {school}, {collection} and {deadline}")]}),
        ("", "{left} {link}", {"text": [("Every reminder must say {collection} and {school}. "
         "Add that to the text")]}),
        ("", OWN + " }", {"text": [("There is a lone brace. "
         "Write a placeholder like {school}, or no brace")]}),
    ],
)  # fmt: skip
def test_words_are_checked(subject, text, problems):
    assert problems_of_words(subject, text) == problems


def test_unknown_placeholders_of_a_text_are_each_named_once():
    found = problems_of_words("", OWN + " {upn} {band} {upn}")
    assert [each.split("}")[0] for each in found["text"]] == [
        "There is no placeholder {upn",
        "There is no placeholder {band",
    ]


def test_a_value_is_not_read_for_placeholders():
    assert filled("{school} {link}", {"school": "{link}", "link": "x"}) == "{link} x"


@pytest.mark.parametrize(
    ("offset", "problem"),
    [
        (-7, "There is a reminder 7 days before the deadline already. Change that one."),
        (0, "There is a reminder on the deadline already. Change that one."),
        (-121, "A reminder is at most 120 days before or after the deadline."),
        (-70, ("70 days before the deadline means 21 September 2026, "
              "before the collection opens on 1 October 2026.")),
        (-12, "12 days before the deadline means 18 November 2026, which has passed."),
        # A Saturday: it would go on Friday the 20th.
        (-9, "9 days before the deadline means 20 November 2026, which has passed."),
        (-3, ""),
        (5, ""),
    ],
)  # fmt: skip
def test_days_that_repeat_or_cannot_be_are_refused(offset, problem):
    opens, today = dt.date(2026, 10, 1), dt.date(2026, 11, 21)
    found = problems_of_day(offset, {-7, 0}, opens=opens, deadline=DEADLINE, today=today)
    assert found == ([problem] if problem else [])


def test_months_run_from_the_first_mark_to_the_last():
    mark = Mark("Due", "Deadline", "due")
    months = months_of([(dt.date(2026, 11, 30), Mark("−21", "")), (dt.date(2027, 1, 4), mark)],
                       dt.date(2026, 12, 25))  # fmt: skip
    assert [each.name for each in months] == ["November 2026", "December 2026", "January 2027"]
    days = {each.day: each for month in months for week in month.weeks for each in week if each}
    assert len(days) == 30 + 31 + 31
    assert [day.day for day, each in days.items() if each.kind == "today"] == [25]
    christmas = days[dt.date(2026, 12, 28)]
    assert (christmas.kind, days[dt.date(2027, 1, 4)].marks) == ("off", (mark,))
    assert months_of([], dt.date(2026, 1, 1)) == []


@pytest.mark.django_db
def test_reminder_is_added_changed_and_taken_out():
    collection, by = coming(), person(Role.ADMINISTRATOR)
    set_reminder(collection=collection, was=None, step=Step(-14, (SENCO, HEAD)), by=by)
    collection.refresh_from_db()
    assert collection.reminder_offsets == [-21, -14, -7, -2, 0, 1, 5]
    assert steps_of(collection)[-14].kinds == (SENCO, HEAD)
    set_reminder(collection=collection, was=-14, step=Step(-10, (SENCO,)), by=by)
    collection.refresh_from_db()
    assert list(steps_of(collection)) == [-21, -10, -7, -2, 0, 1, 5]
    # What is as R1 has it needs no row.
    assert not ReminderStep.objects.exists()
    remove_reminder(collection=collection, offset=-10, by=by)
    collection.refresh_from_db()
    assert -10 not in collection.reminder_offsets
    with pytest.raises(RefusalError, match="removed in the meantime"):
        remove_reminder(collection=collection, offset=-10, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "field", "problem"),
    [
        (Step(-7, (SENCO,)), "days", "already"),
        (Step(-5, ()), "kinds", "Choose at least one group of people"),
        (Step(-5, (SENCO,), "{upn}"), "subject", "no placeholder"),
        (Step(-60, (SENCO,)), "days", "before the collection opens"),
    ],
)
def test_what_cannot_be_planned_changes_nothing(step, field, problem):
    collection, by = coming(), person(Role.ADMINISTRATOR)
    with pytest.raises(RefusalError, match=problem) as refused:
        set_reminder(collection=collection, was=None, step=step, by=by)
    assert refused.value.field == field
    collection.refresh_from_db()
    assert (collection.reminder_offsets, ReminderStep.objects.count()) == (
        [-21, -7, -2, 0, 1, 5],
        0,
    )


@pytest.mark.django_db
def test_reminder_sent_stays_on_its_day_but_its_words_may_change():
    pupil_return, *_ = owing_return()
    collection, by = pupil_return.collection, person(Role.SEND_OFFICER)
    send_due_reminders(WEEK_BEFORE)
    with pytest.raises(RefusalError, match="sent already"):
        remove_reminder(collection=collection, offset=-7, by=by)
    with pytest.raises(RefusalError, match="sent already"):
        set_reminder(collection=collection, was=-7, step=Step(-6, (SENCO,)), by=by)
    set_reminder(collection=collection, was=-7, step=Step(-7, (SENCO,), "{school}"), by=by)
    assert steps_of(collection)[-7].subject == "{school}"


@pytest.mark.django_db
def test_reminders_go_to_whom_the_schedule_names_in_its_words(settings):
    settings.PORTAL_URL = "https://banding.example.org"
    pupil_return, senco, head = owing_return()
    collection, officer = pupil_return.collection, person(Role.SEND_OFFICER)
    words = {"subject": "{school}: please finish", "text": OWN}
    rows = [(-7, [HEAD, DIGEST], words), (-2, [DIGEST], {})]
    for offset, recipients, own in rows:
        collection.reminder_steps.create(offset=offset, recipients=recipients, **own)
    send_due_reminders(WEEK_BEFORE)
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == sorted([head.email, officer.email])
    school = pupil_return.school
    assert sent[head.email].subject == f"{school}: please finish"
    assert sent[head.email].body == (
        f"Hana Patel: {school}, {collection}. 1 of 1 pupils still needs a band or an "
        f"explanation. Your SENCO has had reminders too. "
        f"https://banding.example.org/returns/{pupil_return.pk}/\n"
    )
    # What goes to the authority alone does not stand before an earlier one for the school.
    due = {(each.offset, each.recipient_id) for each in due_reminders(dt.date(2026, 11, 27))}
    assert due == {(-7, head.pk), (-2, officer.pk)}
    assert senco.pk not in {recipient for _, recipient in due}


@pytest.mark.django_db
def test_planned_reminders_show_who_and_whose_words():
    collection = collection_due()
    collection.reminder_steps.create(offset=-7, recipients=[HEAD], text=OWN)
    found = {each.step.offset: each for each in planned_reminders(collection, WEEK_BEFORE)}
    assert (found[-7].step.who, found[-7].words) == ("Headteacher", "Own")
    assert (found[-2].step.who, found[-2].words) == ("SENCO", "Standard")


def typed(**given):
    start = {"side": "before", "days": "10", "kinds": ["senco"], "subject": "", "text": ""}
    return start | given


@pytest.mark.django_db
def test_administrator_looks_at_the_email_and_then_keeps_the_reminder(sign_in):
    collection = coming(name="Autumn round")
    pupil_return, *_ = owing_return(collection)
    client = sign_in(Role.ADMINISTRATOR)
    url = reverse("banding:reminder_create", args=[collection.pk])
    wish = typed(text=STANDARD, subject="{school} and the {collection}")
    looked = flat(client.post(url, wish | {"preview": "1"}).text)
    assert "Nothing has been saved yet." in looked
    assert f"{pupil_return.school} and the Autumn round" in looked
    assert "The return of" in looked
    assert "1 of 1 pupils still needs a band" in looked
    assert not ReminderStep.objects.exists()
    kept = flat(client.post(url, wish, follow=True).text)
    assert "The reminder 10 days before the deadline is saved." in kept
    edit = reverse("banding:reminder_edit", args=[collection.pk, -10])
    assert edit in kept
    assert "{school} and the {collection}" in client.get(edit).text
    remove = reverse("banding:reminder_remove", args=[collection.pk, -10])
    assert "is removed" in flat(client.post(remove, follow=True).text)
    assert client.get(edit).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"days": "7"}, "There is a reminder 7 days before the deadline already."),
        ({"days": ""}, "Enter the number of days"),
        ({"kinds": []}, "Choose at least one recipient"),
        ({"text": "Hello {pupil}"}, "There is no placeholder {pupil} here."),
        ({"side": "on"}, "There is a reminder on the deadline already."),
    ],
)
def test_bad_input_is_answered_and_nothing_is_kept(sign_in, given, problem):
    collection = coming()
    url = reverse("banding:reminder_create", args=[collection.pk])
    page = sign_in(Role.SEND_OFFICER).post(url, typed(**given))
    assert (page.status_code, problem in flat(page.text)) == (200, True)
    collection.refresh_from_db()
    assert collection.reminder_offsets == [-21, -7, -2, 0, 1, 5]


@pytest.mark.django_db
def test_schedule_of_a_closed_collection_stays(sign_in):
    collection = coming(closed_at=timezone.now())
    client = sign_in(Role.ADMINISTRATOR)
    url = reverse("banding:reminder_create", args=[collection.pk])
    said = flat(client.get(url, follow=True).text)
    assert f"{collection} is closed." in said
    assert "Add a reminder" not in said
