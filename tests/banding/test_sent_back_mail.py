"""The email of a return sent back has the message, unless it may say who a pupil is (R3)."""

import datetime as dt

import pytest

from banding.joiners.services import add_joiner
from banding.returns.services import return_for_correction, submit_return
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import message_of
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.caseload_files import upn
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.factories import PlacementFactory, PupilFactory, person

pytestmark = pytest.mark.django_db

PLAIN = "Please say for each pupil why the band differs from last time.\n\nThank you."
AT_LEAST = "Its message is on the page of the return. It is not in this email because it may say"


def mail_for(pupil_return, reason, **more):
    officer = person(Role.SEND_OFFICER)
    return_for_correction(pupil_return=pupil_return, by=officer, reason=reason, **more)
    notice = Notice.objects.filter(kind=NoticeKind.RETURNED).first()
    mail = message_of(notice)
    return f"{mail.subject}\n{mail.body}"


@pytest.fixture
def sent():
    pupil_return, rows = submitted_return()
    pupil = rows[0].pupil
    pupil.surname, pupil.forename, pupil.date_of_birth = "Khan", "Amira", dt.date(2018, 3, 4)
    pupil.save()
    senco_of(pupil_return)
    return pupil_return


def test_message_that_names_nobody_is_in_the_email(sent):
    mail = mail_for(sent, PLAIN, about=list(sent.pupils.all()))
    assert f"This is what it wrote:\n\n{PLAIN}\n\nCorrect what it asks about" in mail
    assert "Khan" not in mail


@pytest.mark.parametrize(
    "reason",
    [
        "Look at Amira’s level again",
        "Khan needs a rationale",
        "Look at Amria again",
        "AK: no rationale",
        f"{upn(1)} has no rationale",
        "The one of 4 March 2018 has no rationale",
        "The pupil born 4/3/18 has no rationale",
    ],
)
def test_message_that_may_name_a_pupil_is_not(sent, reason):
    mail = mail_for(sent, reason)
    assert reason not in mail
    assert AT_LEAST in mail


def test_former_name_keeps_the_message_back(sent):
    pupil = sent.pupils.get().pupil
    pupil.surname = "Lowe"
    pupil.save()
    assert AT_LEAST in mail_for(sent, "Khan needs a rationale")


def test_name_of_who_was_there_before_keeps_the_message_back(sent):
    left = PupilFactory(surname="Kowalski", forename="Ben")
    PlacementFactory(pupil=left, school=sent.school, end=dt.date(2026, 7, 31))
    assert Placement.objects.filter(pupil=left).exists()
    assert AT_LEAST in mail_for(sent, "Is Kowalski still with you?")


def test_full_name_of_any_pupil_keeps_the_message_back(sent):
    PupilFactory(surname="Achebe", forename="Chidi")
    assert AT_LEAST in mail_for(sent, "Has Chidi Achebe joined you?")


def test_name_of_a_joiner_keeps_the_message_back():
    pupil_return, rows = return_with_pupils()

    decide(rows[0])
    senco = senco_of(pupil_return)
    add_joiner(
        pupil_return=pupil_return,
        by=senco,
        surname="Popescu",
        forename="Ileana",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=dt.date(2026, 9, 1),
        plan_type="EHCP",
    )
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    pupil_return.refresh_from_db()
    assert AT_LEAST in mail_for(pupil_return, "What is the UPN of Ileana?")
