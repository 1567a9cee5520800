"""The log of emails: every one once and on record, whatever the mail server does (R6)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.models import Reminder
from banding.reminders.services import send_due_reminders
from banding_portal.mails.choices import UNSEEN
from banding_portal.mails.due import due_items
from banding_portal.mails.letters import recorded
from banding_portal.mails.log import Mail, mail_of, mails
from banding_portal.mails.models import MAX_REFUSALS, MAX_UNSEEN, Letter, MailAway
from banding_portal.mails.services import send_again
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.log import TOO_OLD
from banding_portal.notices.services import SEND_WITHIN, Happening, notify, send_notices
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.services.letters import send_letter
from tests.banding.races import at_once
from tests.banding.reminded import WEEK_BEFORE, owing_return
from tests.factories import PupilFactory, SchoolFactory, UserFactory, person
from tests.pages import flat
from tests.smtp_server import mail_server, use

pytestmark = pytest.mark.django_db
NOBODY_LISTENS = 1


def tell(*people, key="1", title="A return is accepted"):
    happening = Happening([each.pk for each in people], key=key, title=title, path="/")
    notify(NoticeKind.ACCEPTED, [happening])


def states(**wanted):
    return [row["state"] for row in mails(wanted)]


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR)


def test_every_kind_of_email_is_in_the_log_with_how_it_went(settings):
    pupil_return, senco, _ = owing_return()
    tell(senco)
    with mail_server() as box:
        use(settings, box.port)
        send_due_reminders(WEEK_BEFORE)
        send_notices()
        send_letter("role_given", senco.email, name=senco.name, role="SENCO", url="/")
    found = {row["mail_kind"]: Mail(row) for row in mails({})}
    assert set(found) == {"reminder", "news", "account"}
    assert {each.state for each in found.values()} == {"sent"}
    assert {(each.who, each.address) for each in found.values()} == {(senco.name, senco.email)}
    about = f"{pupil_return.collection}: {pupil_return.school}"
    assert found["reminder"].what == about
    assert box.received == [senco.email] * 3


def test_server_that_is_away_waits_says_so_and_loses_nothing(settings, administrator, client):
    senco = UserFactory()
    tell(senco)
    use(settings, NOBODY_LISTENS)
    assert [send_notices() for _ in range(12)] == [0] * 12
    assert states() == ["queued"]
    assert Notice.objects.get().attempts == 0
    (item,) = due_items(administrator)
    assert "1 email waiting" in item.text
    client.force_login(administrator)
    page = flat(client.get(reverse("mail_list")).content.decode())
    assert "The mail server has not answered since" in page
    assert "1 email waits. Nothing is lost" in page
    with mail_server() as box:
        use(settings, box.port)
        assert send_notices() == 1
    assert (box.received, states()) == ([senco.email], ["sent"])
    assert not MailAway.objects.exists()
    assert due_items(administrator) == []


def test_since_when_it_is_away_stays_as_it_was_first_seen(settings):
    tell(UserFactory())
    use(settings, NOBODY_LISTENS)
    send_notices()
    long_ago = timezone.now() - dt.timedelta(hours=3)
    MailAway.objects.update(since=long_ago)
    send_notices()
    assert MailAway.objects.get().since == long_ago


def test_bounced_address_is_shown_with_what_the_server_said(settings):
    good, bad = UserFactory(), UserFactory()
    tell(good, bad)
    with mail_server() as box:
        box.refused = {bad.email}
        use(settings, box.port)
        for _ in range(MAX_REFUSALS + 2):
            send_notices()
        assert box.received == [good.email]
    (row,) = mails({"state": "bounced"})
    assert (row["address"], row["why"]) == (bad.email, "550 No such person")


def test_address_that_refuses_its_last_email_is_put_before_the_administrator(client, administrator):
    good, bad = UserFactory(), UserFactory(email="old@example.org")
    tell(good, bad)
    assert due_items(administrator) == []
    Notice.objects.filter(recipient=bad).update(bounced=True, problem="550 No such person")
    Notice.objects.filter(recipient=good).update(sent_at=timezone.now())
    (item,) = due_items(administrator)
    assert item.text == "Emails to 1 person come back"
    assert due_items(person(Role.AUDITOR)) == []
    client.force_login(administrator)
    assert "old@example.org" in client.get(item.url).text
    page = reverse("schools:person_detail", args=[bad.pk])
    assert "“550 No such person”" in flat(client.get(page).text)
    assert "Emails to" not in client.get(reverse("schools:person_detail", args=[good.pk])).text
    tell(bad, key="2")
    assert due_items(administrator) == [item]
    Notice.objects.filter(recipient=bad, key="2").update(sent_at=timezone.now())
    assert due_items(administrator) == []
    assert "Emails to" not in client.get(page).text


def test_address_that_is_put_right_is_no_longer_told(administrator):
    bad = UserFactory()
    tell(bad)
    Notice.objects.update(bounced=True)
    assert len(due_items(administrator)) == 1
    bad.email, bad.address_changed_at = "new@example.org", timezone.now()
    bad.save()
    assert due_items(administrator) == []


def test_email_is_sent_again_with_another_number(settings, administrator):
    senco = UserFactory()
    tell(senco)
    with mail_server() as box:
        use(settings, box.port)
        send_notices()
        key = str(Notice.objects.get().pk)
        assert send_again(source="notice", row=key, by=administrator) == senco.email
        assert states() == ["queued"]
        send_notices(), send_notices()
    assert box.received == [senco.email] * 2
    assert len(set(box.numbers)) == 2


def test_reminder_is_sent_again_while_something_is_owed(settings, administrator):
    _, senco, _ = owing_return()
    with mail_server() as box:
        use(settings, box.port)
        send_due_reminders(WEEK_BEFORE)
        key = str(Reminder.objects.get().pk)
        send_again(source="reminder", row=key, by=administrator)
        later = WEEK_BEFORE + dt.timedelta(days=1)
        assert send_due_reminders(later).sent == 1
        assert send_due_reminders(later).sent == 0
    assert box.received == [senco.email] * 2


def test_what_waits_is_done_or_opens_an_account_is_not_sent_again(administrator):
    tell(UserFactory())
    notice, letter = Notice.objects.get(), Letter.objects.create(to="a@example.org")
    wrong = [("notice", notice.pk), ("letter", letter.pk), ("notice", 0), ("nothing", 1)]
    for source, row in wrong:
        with pytest.raises(RefusalError):
            send_again(source=source, row=str(row), by=administrator)
    with pytest.raises(RefusalError):
        send_again(source="notice", row=str(notice.pk), by=person(Role.AUDITOR))


def test_letter_that_could_not_go_out_is_on_record_and_its_words_are_not():
    with pytest.raises(OSError), recorded("ada@example.org", "Your account"):  # noqa: PT011
        raise ConnectionRefusedError
    (row,) = mails({"state": "failed"})
    assert (row["what"], row["address"]) == ("Your account", "ada@example.org")
    assert "text" not in {field.name for field in Letter._meta.fields}


def test_mail_of_signing_in_is_on_record(client):
    senco = person(Role.SENCO, school=SchoolFactory())
    senco.set_password("westmere-in-autumn")
    senco.save()
    client.post(reverse("account_reset_password"), {"email": senco.email})
    (row,) = mails({"kind": "account"})
    assert (row["address"], row["state"]) == (senco.email, "sent")
    assert row["what"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2),
        ({"q": "nadia"}, 1),
        ({"q": "example.org"}, 2),
        ({"q": "sheet"}, 1),
        ({"kind": "news"}, 2),
        ({"kind": "reminder"}, 0),
        ({"state": "queued"}, 2),
        ({"since": "tomorrow"}, 0),
        ({"until": "today"}, 2),
    ],
)
def test_log_is_searched(client, administrator, wanted, count):
    tell(UserFactory(name="Nadia Bright", email="n@example.org"))
    tell(UserFactory(name="Owen", email="o@example.org"), key="2", title="An information sheet")
    given = {}
    for name, value in wanted.items():
        if name in {"since", "until"}:
            day = timezone.localdate() + dt.timedelta(days=value == "tomorrow")
            given |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
        else:
            given[name] = value
    client.force_login(administrator)
    page = client.get(reverse("mail_list"), given)
    assert page.context["page_obj"].paginator.count == count


@pytest.mark.parametrize(
    ("given", "state", "why"),
    [
        ({"attempts": MAX_UNSEEN}, "failed", UNSEEN),
        ({"created_at": timezone.now() - SEND_WITHIN * 2}, "failed", TOO_OLD),
        ({"refusals": MAX_REFUSALS, "attempts": 8, "problem": "554 No"}, "failed", "554 No"),
        ({"bounced": True, "refusals": 1, "problem": "550 No"}, "bounced", "550 No"),
        ({}, "queued", ""),
    ],
)
def test_log_says_why_an_email_is_not_out(given, state, why):
    tell(UserFactory())
    Notice.objects.update(**given)
    (row,) = mails({})
    assert (row["state"], row["why"]) == (state, why)


@pytest.mark.parametrize("count", [1, 3])
def test_log_takes_as_many_queries_for_one_as_for_three(client, count, django_assert_num_queries):
    auditor = person(Role.AUDITOR)
    for each in range(count):
        tell(UserFactory(), key=str(each))
    client.force_login(auditor)
    with django_assert_num_queries(6):
        page = client.get(reverse("mail_list"))
    assert "Send it again" not in page.content.decode()


def test_log_names_no_pupil():
    pupil_return, *_ = owing_return()
    pupil = PupilFactory(school=pupil_return.school, surname="Quillon")
    send_due_reminders(WEEK_BEFORE)
    for row in mails({}):
        assert "Quillon" not in str(row)
        assert pupil.reference not in str(row)


def test_one_email_is_found_by_its_key():
    tell(UserFactory())
    notice = Notice.objects.get()
    found = mail_of("notice", str(notice.pk))
    assert found is not None
    assert found.what == notice.title
    assert mail_of("notice", "x") is None


@pytest.mark.django_db(transaction=True)
def test_eight_workers_and_a_server_that_counts_send_each_once(settings):
    people = [UserFactory() for _ in range(6)]
    tell(*people)
    with mail_server() as box:
        use(settings, box.port)
        at_once([send_notices for _ in range(8)])
    assert sorted(box.received) == sorted(each.email for each in people)


def test_administrator_reads_what_an_email_says_and_is_asked_before_it_goes_again(
    client, administrator
):
    _, senco, _ = owing_return()
    send_due_reminders(WEEK_BEFORE)
    send_letter("role_given", senco.email, name=senco.name, role="SENCO", url="/secret")
    client.force_login(administrator)
    shown = flat(client.get("/emails/").text)
    assert "Send it again" not in shown, "what went out already is not sent by one press"
    (row,) = mails({"kind": "reminder"})
    page = flat(client.get(reverse("mail_detail", args=["reminder", row["row"]])).text)
    assert f"Hello {senco.name}," in page
    assert "gets it a second time" in page
    assert "Send it again" in page
    (letter,) = mails({"kind": "account"})
    page = client.get(reverse("mail_detail", args=["letter", letter["row"]])).text
    assert "/secret" not in page
    assert "The text of this email is not kept" in page
    client.force_login(person(Role.AUDITOR))
    assert client.get(reverse("mail_detail", args=["reminder", row["row"]])).status_code == 403
