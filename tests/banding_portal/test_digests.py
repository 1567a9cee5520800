"""One email a morning: what is due, what came in, what waits; none without anything (R5)."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding_portal.due import DueItem
from banding_portal.models import Notice
from banding_portal.notices import digests
from banding_portal.notices.choices import DIGEST_READERS, NoticeKind, offered_to
from banding_portal.notices.digests import tell_of_the_morning
from banding_portal.notices.services import Happening, choose_mails, notify, send_notices
from banding_portal.roles import Role
from banding_portal.tasks import send_digests
from schools.models import RegisterUpload
from tests.banding.races import at_once
from tests.factories import PupilFactory, QueryFactory, SchoolFactory, person
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
SATURDAY = dt.datetime(2026, 11, 28, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelled:
        yield travelled


def signed_in(role, **fields):
    return person(role, last_login=timezone.now(), **fields)


@pytest.fixture
def officer():
    return signed_in(Role.SEND_OFFICER, name="Rafael")


def happened(person, title="A school submitted its return", key="1"):
    notify(NoticeKind.SUBMITTED, [Happening([person.pk], key=key, title=title, path="/")])


def morning():
    return tell_of_the_morning(timezone.localdate())


def test_one_email_says_what_is_due_and_what_came_in(officer):
    QueryFactory(due_on=dt.date(2026, 12, 4))
    happened(officer)
    assert (morning(), send_notices()) == (1, 1)
    (sent,) = mail.outbox
    assert sent.subject == "Banding portal this morning: 1 due and 1 came in"
    assert "Due:\n* Queries to answer: 1 query, due 4 December 2026 (in 4 days)\n" in sent.body
    assert "Came in:\n* A school submitted its return (30 Nov 2026)\n" in sent.body
    assert sent.body.startswith("Hello Rafael,\n\nDue:\n")
    assert reverse("home") in sent.body


def test_sent_once_whatever_happens_to_the_worker(officer):
    happened(officer)
    for _ in range(3):
        send_digests()
        send_notices()
    assert len(mail.outbox) == 1


def test_nothing_is_sent_when_there_is_nothing_and_nobody_is_asked_about_twice(officer):
    assert morning() == 0
    happened(officer)
    assert (morning(), send_notices()) == (0, 0)


def test_next_morning_looks_back_to_the_last_one(officer, clock):
    morning()
    happened(officer)
    clock.move_to(MONDAY + dt.timedelta(days=1))
    assert morning() == 1
    clock.move_to(MONDAY + dt.timedelta(days=2))
    assert morning() == 0


@pytest.mark.parametrize(
    "day", [SATURDAY, dt.datetime(2026, 12, 25, 8, tzinfo=dt.UTC)], ids=["saturday", "christmas"]
)
def test_none_when_nobody_works(officer, clock, day):
    clock.move_to(day)
    happened(officer)
    assert morning() == 0


@pytest.mark.parametrize("role", sorted(Role.values))
def test_it_is_for_the_authority_and_partners_alone(role):
    school = SchoolFactory() if role in {"senco", "headteacher", "school_finance"} else None
    school = SchoolFactory() if role == Role.INCLUSION_PARTNER else school
    quadrant = SchoolFactory().quadrant if role == Role.MODERATOR else None
    happened(signed_in(role, school=school, quadrant=quadrant))
    assert morning() == (role in DIGEST_READERS)
    assert (NoticeKind.DIGEST in offered_to([role])) == (role in DIGEST_READERS)


def test_who_wants_none_never_signed_in_or_left_gets_none(officer):
    never, left = person(Role.SEND_OFFICER), signed_in(Role.AUDITOR, is_active=False)
    for each in (officer, never, left):
        happened(each)
    choose_mails(user=officer, wanted=[NoticeKind.SHEET])
    assert morning() == 0


def test_choice_of_a_senco_says_nothing_about_the_digest(client):
    senco = signed_in(Role.SENCO, school=SchoolFactory())
    client.force_login(senco)
    page = client.get(reverse("notices"))
    assert NoticeKind.DIGEST not in dict(page.context["form"].fields["kinds"].choices)
    client.post(reverse("notices"), {"kinds": []})
    senco.memberships.update(role=Role.SEND_OFFICER, school=None)
    happened(senco)
    assert morning() == 1


def test_it_says_nothing_of_a_pupil_or_of_what_people_typed(officer):
    pupil = PupilFactory(school=SchoolFactory(), surname="Quillon", forename="Zelda")
    QueryFactory(subject="About Zelda Quillon", pupil_reference=pupil.reference)
    upload = RegisterUpload(started_by=officer, state="ready")
    upload.set_file("Zelda Quillon.csv", as_csv([school_row(100001)]))
    upload.save()
    officer.memberships.create(role=Role.ADMINISTRATOR)
    assert morning() == 1
    text = Notice.objects.get(kind=NoticeKind.DIGEST).text
    assert "A file that you uploaded: nothing of the file has been saved yet" in text
    for secret in ("Zelda", "Quillon", pupil.reference, pupil.upn or "no UPN"):
        assert secret not in text


def test_trouble_with_one_person_leaves_the_others_their_email(officer, monkeypatch):
    other = signed_in(Role.SEND_OFFICER)
    for each in (officer, other):
        happened(each)

    def broken(who):
        if who == officer:
            raise ValueError("no")
        return [DueItem("Joiners", "1 pupil", "/", "Place")]

    with monkeypatch.context() as patched:
        patched.setattr(digests, "due_items", broken)
        assert morning() == 1
    assert morning() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_workers_in_the_morning_send_one_email():
    officer = signed_in(Role.SEND_OFFICER)
    happened(officer)
    at_once([morning for _ in range(8)])
    at_once([send_notices for _ in range(8)])
    assert Notice.objects.filter(kind=NoticeKind.DIGEST).count() == 1
    assert len(mail.outbox) == 1
