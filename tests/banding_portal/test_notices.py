"""Told, not watched for: one notice a person and thing that happened, on home and by email."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding_portal.models import Notice
from banding_portal.notices.choices import CHOOSABLE, GROUPS, HOME_ONLY, NoticeKind, offered_to
from banding_portal.notices.mails import told_by_mail
from banding_portal.notices.news import MANY, NEW_FOR
from banding_portal.notices.services import Happening, choose_mails, notify, send_notices
from banding_portal.roles import Role
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def senco():
    return person(Role.SENCO, school=SchoolFactory(name="Alderbrook"))


def tell(*people, kind=NoticeKind.ACCEPTED, key="1"):
    recipients = [each.pk for each in people]
    notify(kind, [Happening(recipients, key=key, title="Accepted", path="/returns/")])


def test_what_is_told_twice_is_one_notice(senco):
    tell(senco)
    tell(senco)
    assert Notice.objects.count() == 1


def test_email_goes_once_and_leads_to_the_page(senco):
    tell(senco)
    assert (send_notices(), send_notices()) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([senco.email], "Accepted")
    assert "/returns/\n" in sent.body


def test_email_says_what_happened_and_what_to_do_not_its_subject_again(senco):
    tell(senco, kind=NoticeKind.RETURNED)
    send_notices()
    (sent,) = mail.outbox
    assert "correct what it asks about, and submit the return again." in " ".join(sent.body.split())
    assert "Accepted" not in sent.body


@pytest.mark.parametrize("kind", sorted(set(NoticeKind) - HOME_ONLY))
def test_every_email_has_whole_sentences_of_its_own(kind):
    assert told_by_mail(kind).endswith(".")


def test_nobody_is_offered_what_cannot_happen_to_them(senco):
    labels = [kind.label for kind in offered_to(senco.roles)]
    assert [each for each in labels if "judge" in each or "panel" in each] == []
    assert NoticeKind.CASES in offered_to([Role.MODERATOR])
    assert NoticeKind.STATEMENT not in offered_to([Role.MODERATOR])


def test_every_email_one_may_do_without_stands_under_one_heading(client, senco):
    assert sorted(kind for _, kinds in GROUPS for kind in kinds) == sorted(CHOOSABLE)
    client.force_login(senco)
    page = client.get(reverse("notices"))
    shown = [tick.data["value"] for _, ticks in page.context["form"].groups() for tick in ticks]
    assert sorted(shown) == sorted(kind.value for kind in offered_to(senco.roles))
    assert page.text.count("<legend") == len(GROUPS)


def test_the_authority_is_not_said_to_get_the_emails_of_schools(client):
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("notices"))
    assert page.context["always"] == []
    assert "A return of your school is due" not in page.text


def test_nobody_is_written_to_whose_account_is_closed_or_after_a_week(senco):
    tell(senco)
    Notice.objects.update(created_at=timezone.now() - dt.timedelta(days=8))
    assert send_notices() == 0
    Notice.objects.update(created_at=timezone.now())
    senco.is_active = False
    senco.save()
    assert send_notices() == 0


def test_person_does_without_an_email_but_not_without_a_mandatory_one(senco):
    choose_mails(user=senco, wanted=[])
    tell(senco)
    tell(senco, kind=NoticeKind.RETURNED)
    assert send_notices() == 1
    assert set(Notice.objects.values_list("kind", "by_mail")) == {
        (NoticeKind.ACCEPTED, False),
        (NoticeKind.RETURNED, True),
    }


def test_page_keeps_the_choice(client, senco):
    client.force_login(senco)
    response = client.post(reverse("notices"), {"kinds": [NoticeKind.STATEMENT]})
    assert response.url == reverse("schools:account")
    form = client.get(reverse("notices")).context["form"]
    assert form.initial["kinds"] == [NoticeKind.STATEMENT]


def marks(client):
    return [line.is_new for line in client.get(reverse("home")).context["news"]]


def test_home_shows_it_as_new_until_it_is_opened(client, senco):
    tell(senco)
    tell(senco, key="2", kind=NoticeKind.QUERY)
    client.force_login(senco)
    assert [marks(client), marks(client)] == [[True, True]] * 2
    notice = Notice.objects.get(key="1")
    where = reverse("open_news", args=[notice.pk])
    assert f'href="{where}"' in client.get(reverse("home")).text
    assert client.get(where).url == notice.path
    assert marks(client) == [True, False]


def test_home_shows_it_as_new_for_a_day_and_to_nobody_else(client, senco):
    tell(senco)
    client.force_login(senco)
    assert marks(client) == [True]
    seen = timezone.now() - NEW_FOR + dt.timedelta(minutes=5)
    Notice.objects.update(seen_at=seen)
    assert marks(client) == [True]
    Notice.objects.update(seen_at=seen - dt.timedelta(minutes=6))
    assert marks(client) == [False]
    home = reverse("home")
    client.force_login(person(Role.ADMINISTRATOR))
    assert client.get(home).context["news"] == []
    other = reverse("open_news", args=[Notice.objects.get().pk])
    assert client.get(other).status_code == 404


def test_who_opens_the_line_of_many_has_seen_them_all(client, senco):
    for key in range(MANY):
        tell(senco, key=str(key))
    client.force_login(senco)
    client.get(reverse("open_news", args=[Notice.objects.latest("pk").pk]))
    assert marks(client) == [False]


@pytest.mark.parametrize("count", [1, 3])
def test_telling_takes_two_queries_for_any_number(senco, count, django_assert_num_queries):
    happenings = [Happening([senco.pk], key=str(n), title="x", path="/") for n in range(count)]
    with django_assert_num_queries(2):
        notify(NoticeKind.STATEMENT, happenings)
