"""Everybody who waits is invited at once: one working link each, whatever happens on the way."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import JobState
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import Invited
from schools.models import InvitationRound, User
from schools.services.invitations import start_invitations
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, person
from tests.jobs import work_on
from tests.races import until_waiting

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=8)


@pytest.fixture
def admin(db):
    return person(Role.ADMINISTRATOR, last_login=timezone.now())


def waiting(**fields):
    user = UserFactory(**fields)
    MembershipFactory(user=user, role=Role.SENCO, school=SchoolFactory())
    return user


def addresses():
    return sorted(to for message in mail.outbox for to in message.to)


def open_link(client, message):
    return client.get(re.search(r"https?://[^/]+(/invitations/\S+)", message.body).group(1))


def test_everybody_not_invited_yet_gets_a_link_that_works(admin, client):
    one, two = waiting(email="one@x.example"), waiting(email="two@x.example")
    waiting(email="asked@x.example", invited_at=timezone.now())
    waiting(email="in@x.example", last_login=timezone.now())
    waiting(email="gone@x.example", is_active=False)
    UserFactory(email="norole@x.example")
    job = work_on(start_invitations(whom=Invited.NEW, by=admin))
    assert (job.state, job.preview) == (JobState.DONE, {"sent": 2, "refused": 0})
    assert addresses() == [one.email, two.email]
    assert all("Choose your password" in open_link(client, each).text for each in mail.outbox)


def test_whoever_has_not_answered_for_a_week_is_reminded(admin, client):
    late = waiting(email="late@x.example", invited_at=timezone.now() - LONG_AGO)
    waiting(email="new@x.example")
    waiting(email="soon@x.example", invited_at=timezone.now() - dt.timedelta(days=6))
    work_on(start_invitations(whom=Invited.UNANSWERED, by=admin))
    assert addresses() == [late.email]
    assert open_link(client, mail.outbox[0]).status_code == 200


def test_where_nobody_waits_nothing_is_started(admin):
    for whom in Invited.values:
        with pytest.raises(RefusalError, match="There are no people who have not"):
            start_invitations(whom=whom, by=admin)
    assert not InvitationRound.objects.exists()


def test_only_administrators_invite(db):
    waiting()
    with pytest.raises(RefusalError):
        start_invitations(whom=Invited.NEW, by=person(Role.AUDITOR))


def test_round_done_twice_leaves_both_links_open(admin, client):
    waiting()
    job = start_invitations(whom=Invited.NEW, by=admin)
    work_on(job)
    InvitationRound.objects.update(state=JobState.WAITING)
    work_on(job)
    first, second = mail.outbox
    assert open_link(client, first).status_code == 200
    assert open_link(client, second).status_code == 200


def test_who_has_answered_meanwhile_or_was_invited_alone_gets_no_second_mail(admin):
    answered, alone, kept = waiting(), waiting(), waiting(email="kept@x.example")
    job = start_invitations(whom=Invited.NEW, by=admin)
    User.objects.filter(pk=answered.pk).update(last_login=timezone.now())
    User.objects.filter(pk=alone.pk).update(invited_at=timezone.now() + dt.timedelta(seconds=1))
    work_on(job)
    assert addresses() == [kept.email]


def test_cancelled_round_leaves_no_dead_link_and_nobody_is_lost(admin, client):
    waiting()
    job = start_invitations(whom=Invited.NEW, by=admin)
    cancel_job(job, by=admin)
    assert (work_on(job).state, mail.outbox) == (JobState.CANCELLED, [])
    User.objects.exclude(invited_at=None).update(invited_at=timezone.now() - LONG_AGO)
    work_on(start_invitations(whom=Invited.UNANSWERED, by=admin))
    assert open_link(client, mail.outbox[0]).status_code == 200


def test_whom_the_mail_server_refuses_waits_again(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    refused = waiting(email="far@x.example")
    job = work_on(start_invitations(whom=Invited.NEW, by=admin))
    assert (job.state, job.preview) == (JobState.DONE, {"sent": 0, "refused": 1})
    assert [warning["who"] for warning in job.warnings] == ["far@x.example"]
    refused.refresh_from_db()
    assert refused.invited_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_rounds_at_once_one_finds_nobody():
    admin = person(Role.ADMINISTRATOR, last_login=timezone.now())
    for _ in range(3):
        waiting()

    def start():
        try:
            return start_invitations(whom=Invited.NEW, by=admin)
        except RefusalError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            list(User.objects.select_for_update())
            started = [threads.submit(start) for _ in range(2)]
            until_waiting(2)
        outcomes = sorted(type(each.result()).__name__ for each in started)
    assert outcomes == ["InvitationRound", "RefusalError"]
    moments = set(User.objects.exclude(pk=admin.pk).values_list("invited_at", flat=True))
    assert moments == {InvitationRound.objects.get().invited_at}


def test_page_says_how_many_wait_follows_the_round_and_tells_what_was_sent(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    for _ in range(2):
        waiting()
    page = client.get(reverse("schools:invite_all"))
    assert "People who have not been invited yet: 2" in page.text
    assert "People who have not answered for a week: 0" in page.text
    followed = client.post(reverse("schools:invite_all"), {"whom": "new"}, follow=True)
    assert "You can leave this page; the emails go on." in followed.text
    work_on(InvitationRound.objects.get())
    done = client.get(followed.redirect_chain[-1][0], follow=True)
    assert "2 invitations sent." in done.text
    again = client.post(reverse("schools:invite_all"), {"whom": "new"})
    assert "There are no people who have not been invited yet" in again.text
