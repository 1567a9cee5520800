"""What reminders say: the date they are sent counts, and no pupil is in them (R1, R3)."""

import datetime as dt

import pytest
from django.core import mail

from banding.choices import RecipientKind, ReturnState
from banding.reminders.mail import digest_mail, reminder_mail
from banding.reminders.services import send_due_reminders
from banding_portal.roles import Role
from tests.banding.helpers import decide
from tests.banding.reminded import DAY_AFTER, DEADLINE, WEEK_BEFORE, collection_due, owing_return
from tests.banding.rounds import open_round, pupil_at, return_of
from tests.factories import PupilFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db


def autumn():
    return collection_due(name="Autumn banding exercise")


def mail_on(day, pupil_return, kind=RecipientKind.SENCO):
    return reminder_mail(pupil_return, kind, "Sam Carter", day)


def test_reminder_says_what_is_left_until_when_and_where(settings):
    settings.PORTAL_URL = "https://banding.example.org"
    school = SchoolFactory(name="Alderbrook School")
    pupil_return, senco, _ = owing_return(autumn(), pupils=3, school=school)
    decide(pupil_return.pupils.first(), senco)
    found = mail_on(WEEK_BEFORE, pupil_return)
    assert found.subject == "Autumn banding exercise: due in 7 days, Alderbrook School"
    assert found.text == (
        "Hello Sam Carter,\n\n"
        "The return of Alderbrook School for Autumn banding exercise is due in 7 days, "
        "on 30 November 2026.\n\n"
        "2 of 3 pupils still need a band or an explanation.\n\n"
        "Carry on where you left off:\n\n"
        f"https://banding.example.org/returns/{pupil_return.pk}/\n\n"
        "If you need more time, please tell the authority before the deadline. "
        "If somebody has submitted the return today, please ignore this message.\n\n"
        "Banding portal of Westmere County Council\n"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 28), "is due in 2 days, on 30 November 2026"),
        (dt.date(2026, 11, 29), "is due tomorrow, 30 November 2026"),
        (DEADLINE, "is due today, 30 November 2026"),
        (DAY_AFTER, "was due yesterday, 30 November 2026"),
        (dt.date(2026, 12, 4), "was due 4 days ago, 30 November 2026"),
    ],
)
def test_reminder_goes_by_the_date_it_is_sent(day, words):
    pupil_return, *_ = owing_return()
    assert words in " ".join(mail_on(day, pupil_return).text.split())


def test_reminder_after_the_deadline_says_how_to_get_more_time():
    pupil_return, *_ = owing_return()
    assert "The return is closed now." in mail_on(DAY_AFTER, pupil_return).text
    assert "Carry on" not in mail_on(DAY_AFTER, pupil_return).text


def test_reminder_of_a_round_asks_for_what_has_changed():
    pupil_at(school := SchoolFactory())
    pupil_return = return_of(open_round(), school)
    text = " ".join(mail_on(WEEK_BEFORE, pupil_return).text.split())
    assert "Your pupils carry on with the bands they have. Tell us what has changed" in text
    assert "Every pupil on it is done" not in text


def test_reminder_of_a_school_that_only_has_to_submit_says_so():
    pupil_return, senco, _ = owing_return()
    decide(pupil_return.pupils.get(), senco)
    assert "Every pupil on it is done." in mail_on(WEEK_BEFORE, pupil_return).text


def test_reminder_of_a_return_sent_back_says_so():
    pupil_return, *_ = owing_return(state=ReturnState.RETURNED)
    assert "sent it back" in mail_on(WEEK_BEFORE, pupil_return).text


def test_reminder_names_a_school_with_an_ampersand_and_a_line_break_safely():
    school = SchoolFactory(name="St John's &\nSt Mary's")
    pupil_return, *_ = owing_return(school=school)
    found = mail_on(WEEK_BEFORE, pupil_return)
    assert found.subject.endswith("St John's & St Mary's")
    assert "&amp;" not in found.text


def test_digest_lists_the_schools_to_chase_and_counts_those_with_more_time():
    collection = autumn()
    owing_return(collection, school=SchoolFactory(name="Beckford School"))
    owing_return(collection, pupils=2, school=SchoolFactory(name="Alderbrook School"))
    owing_return(collection, extended_to=dt.date(2026, 12, 14))
    found = digest_mail(collection, "Ola Officer", DAY_AFTER)
    assert found.subject == "Autumn banding exercise: 2 schools to chase"
    assert "* Alderbrook School: 2 pupils left\n* Beckford School: 1 pupil left\n" in found.text
    assert "1 more school has an extension" in found.text


def test_no_pupil_in_any_mail_log_or_record(caplog, settings):
    """A canary pupil on the return; every kind of reminder, and mail that fails (Q8)."""
    caplog.set_level("INFO")
    pupil_return, *_ = owing_return(pupils=0)
    pupil_return.pupils.create(pupil=_canary(pupil_return.school), plan_type="EHCP")
    person(Role.SEND_OFFICER)
    for day in (WEEK_BEFORE, DEADLINE):
        send_due_reminders(day)
    settings.EMAIL_BACKEND = "tests.banding.reminded.DroppingBackend"
    send_due_reminders(DAY_AFTER)
    settings.EMAIL_BACKEND = "tests.banding.reminded.RefusingBackend"
    send_due_reminders(DAY_AFTER)
    assert len(mail.outbox) == 4
    said = "".join(message.message().as_string() for message in mail.outbox) + caplog.text
    assert [word for word in CANARY if word in said] == []


CANARY = ("Zebedee", "Quillfeather", "Z801200001001", "CANARY-1", "2017")


def _canary(school):
    return PupilFactory(
        school=school,
        surname="Quillfeather",
        forename="Zebedee",
        upn="Z801200001001",
        reference="CANARY-1",
        date_of_birth=dt.date(2017, 5, 4),
    )
