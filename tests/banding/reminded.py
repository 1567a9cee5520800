"""Collections with people to remind, around a deadline on Monday 30 November 2026."""

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from banding_portal.roles import Role
from tests.factories import CollectionFactory, ReturnFactory, ReturnPupilFactory, person

DEADLINE = dt.date(2026, 11, 30)
WEEK_BEFORE = dt.date(2026, 11, 23)
DAY_AFTER = dt.date(2026, 12, 1)


def collection_due(deadline=DEADLINE, **fields):
    dates = {"opens_on": dt.date(2026, 10, 1), "reference_date": dt.date(2026, 10, 1)}
    return CollectionFactory(deadline=deadline, **(dates | fields))


def owing_return(collection=None, *, pupils=1, **fields):
    """A return somebody still owes, with a SENCO and a headteacher at its school."""
    pupil_return = ReturnFactory(collection=collection or collection_due(), **fields)
    for _ in range(pupils):
        ReturnPupilFactory(pupil_return=pupil_return)
    senco = person(Role.SENCO, school=pupil_return.school, name="Sam Carter")
    head = person(Role.HEADTEACHER, school=pupil_return.school, name="Hana Patel")
    return pupil_return, senco, head


def addressees():
    return sorted(message.to[0] for message in mail.outbox)


class RefusingBackend(EmailBackend):
    """Takes no email for anybody, for good."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such person")})


class BusyBackend(EmailBackend):
    """Asks to come back later."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (450, b"later")})


class AwayBackend(EmailBackend):
    """Is not there."""

    def open(self):
        raise ConnectionRefusedError


class DroppingBackend(EmailBackend):
    """Takes the email and drops the line before saying so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SMTPServerDisconnected("gone")
