"""A name, an address and a lost second factor, put right by an administrator."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import User
from schools.services import accounts as service
from schools.services.people import deactivate_person
from tests.factories import UserFactory, person
from tests.races import until_waiting

pytestmark = pytest.mark.django_db
PASSWORD = "three-green-pebbles"
NEW = "sam.new@example.org"


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def sam():
    """Somebody who has signed in before."""
    return user_who_signed_in(name="Sam Coe", email="sam.coe@example.org")


def user_who_signed_in(**fields):
    user = UserFactory(last_login=timezone.now(), **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def edit(admin, user, **fields):
    url = reverse("schools:person_edit", args=[user.pk])
    data = {"name": user.name, "email": user.email} | fields
    return admin.post(url, data, follow=True)


def link_in(message):
    return re.search(r"/(?:addresses|invitations)/\S+", message.body).group()


def sign_in_with(email):
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def give_second_factor(user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    RecoveryCodes.activate(user)


# Name and address


def test_name_is_changed_and_nobody_is_written_to(admin, sam):
    assert "Sam Cole is saved." in edit(admin, sam, name="Sam Cole ").text
    sam.refresh_from_db()
    assert (sam.name, sam.email, sam.new_email) == ("Sam Cole", "sam.coe@example.org", "")
    assert mail.outbox == []


def test_new_address_waits_for_its_confirmation(admin, sam):
    page = edit(admin, sam, email=NEW.upper())
    assert f"A link was sent to {NEW}" in page.text
    assert "New address, not confirmed yet" in page.text
    sam.refresh_from_db()
    assert (sam.email, sam.new_email) == ("sam.coe@example.org", NEW)
    assert (sign_in_with("sam.coe@example.org"), sign_in_with(NEW)) == (True, False)


def test_new_address_is_asked_and_the_old_one_told(admin, sam, settings):
    settings.PORTAL_URL = "https://banding.example.gov.uk"
    edit(admin, sam, email=NEW)
    asked, told = mail.outbox
    assert (asked.to, told.to) == ([NEW], ["sam.coe@example.org"])
    assert "https://banding.example.gov.uk/addresses/" in asked.body
    assert "Ada Min wants to use another email address" in told.body
    # Whoever reads the old mailbox learns neither the link nor where it went.
    assert "/addresses/" not in told.body
    assert NEW not in told.body


def test_link_takes_the_new_address(admin, sam, client):
    edit(admin, sam, email=NEW)
    client.logout()
    link = link_in(mail.outbox[0])
    assert f"Is {NEW} your email address?" in client.get(link).text
    assert f"From now on you sign in with {NEW}" in client.post(link, follow=True).text
    assert (sign_in_with("sam.coe@example.org"), sign_in_with(NEW)) == (False, True)
    again = client.post(link)
    assert (again.status_code, "no longer works" in again.text) == (410, True)


def test_opening_the_link_alone_changes_nothing(admin, sam, client):
    """Mail filters open every link."""
    edit(admin, sam, email=NEW)
    client.get(link_in(mail.outbox[0]))
    sam.refresh_from_db()
    assert sam.email == "sam.coe@example.org"


def test_address_is_on_record_as_taken_by_the_person(admin, sam, client):
    edit(admin, sam, email=NEW)
    client.post(link_in(mail.outbox[0]))
    event = sam.events.order_by("-pgh_id").first()
    assert (event.email, event.pgh_context.metadata["user"]) == (NEW, str(sam.pk))


def test_old_mailbox_gets_no_new_password_afterwards(admin, sam, client):
    EmailAddress.objects.create(user=sam, email=sam.email, verified=True, primary=True)
    edit(admin, sam, email=NEW)
    client.logout()
    client.post(link_in(mail.outbox[0]))
    mail.outbox.clear()
    client.post("/accounts/password/reset/", {"email": "sam.coe@example.org"})
    assert mail.outbox == []
    client.post("/accounts/password/reset/", {"email": NEW})
    assert [message.to for message in mail.outbox] == [[NEW]]


def test_present_address_takes_the_request_back(admin, sam, client):
    edit(admin, sam, email=NEW)
    edit(admin, sam, email=sam.email)
    sam.refresh_from_db()
    assert sam.new_email == ""
    assert client.get(link_in(mail.outbox[0])).status_code == 410


def test_later_request_ends_the_earlier_link(admin, sam, client):
    edit(admin, sam, email=NEW)
    edit(admin, sam, email="sam.newer@example.org")
    assert client.post(link_in(mail.outbox[0])).status_code == 410
    assert client.post(link_in(mail.outbox[2])).status_code == 302


def test_address_of_somebody_else_is_refused_when_asked(admin, sam):
    other = UserFactory()
    assert "There is a person with this email address" in edit(admin, sam, email=other.email).text
    sam.refresh_from_db()
    assert (sam.new_email, mail.outbox) == ("", [])


def test_address_somebody_else_got_meanwhile_is_refused(admin, sam, client):
    edit(admin, sam, email=NEW)
    UserFactory(email=NEW)
    page = client.post(link_in(mail.outbox[0]))
    assert (page.status_code, "There is a person with this" in page.text) == (410, True)
    sam.refresh_from_db()
    assert sam.email == "sam.coe@example.org"


def test_link_ends_with_the_account(admin, sam, client):
    edit(admin, sam, email=NEW)
    deactivate_person(person=sam, by=admin.user)
    assert client.post(link_in(mail.outbox[0])).status_code == 410


def test_link_runs_out(sam):
    sam.new_email = NEW
    sam.save()
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        token = service.address_token(sam)
    with time_machine.travel(dt.datetime(2026, 3, 8, 11, 59, tzinfo=dt.UTC), tick=False):
        assert service.person_of_address(token) == sam
    late = dt.datetime(2026, 3, 8, 12, 1, tzinfo=dt.UTC)
    with time_machine.travel(late, tick=False), pytest.raises(service.AddressLinkError):
        service.confirm_address(token=token)


@pytest.mark.parametrize("token", ["x", "a.b.c", "a.b.c.d"])
def test_made_up_link_is_refused(client, token):
    assert client.get(f"/addresses/{token}/").status_code == 410


def test_wrong_address_of_an_invitation_is_put_right_at_once(admin, client):
    """They cannot get in but by the link, which proves the address."""
    user = UserFactory(name="Sam Coe", email="sma.coe@example.org", invited_at=timezone.now())
    edit(admin, user, email=NEW)
    user.refresh_from_db()
    assert (user.email, user.new_email) == (NEW, "")
    invited, told = mail.outbox
    assert (invited.to, told.to) == ([NEW], ["sma.coe@example.org"])
    client.logout()
    assert "Choose your password" in client.get(link_in(invited)).text


def test_mail_that_fails_says_so(admin, sam, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "the email could not be sent" in edit(admin, sam, email=NEW).text


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_one_address_at_once_get_it_once():
    people = [UserFactory(new_email=NEW) for _ in range(2)]
    links = [reverse("schools:address", args=[service.address_token(user)]) for user in people]
    assert sorted(confirmed_at_once(links, people)) == [302, 410]
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.django_db(transaction=True)
def test_link_confirmed_twice_at_once_works_once():
    user = UserFactory(new_email=NEW)
    link = reverse("schools:address", args=[service.address_token(user)])
    assert sorted(confirmed_at_once([link, link], [user])) == [302, 410]


def confirmed_at_once(links, people):
    """Both requests have found their link good and wait for a row when it is let go."""

    def use(link):
        answer = Client().post(link)
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            list(User.objects.select_for_update().filter(pk__in=[user.pk for user in people]))
            answers = [threads.submit(use, link) for link in links]
            until_waiting(2)
        return [answer.result() for answer in answers]


# Invited again


def test_link_is_sent_again_to_who_has_signed_in(admin, sam, client):
    page = reverse("schools:person_detail", args=[sam.pk])
    assert "A link was sent to" in admin.post(page, {"action": "invite"}, follow=True).text
    (sent,) = mail.outbox
    assert "choose a new password" in sent.body
    assert "has made an account for you" not in sent.body
    client.logout()
    client.post(link_in(sent), {"password": "another-green-pebble"})
    assert client.session["_auth_user_id"] == str(sam.pk)


def test_no_link_for_who_is_deactivated(admin, sam):
    deactivate_person(person=sam, by=admin.user)
    page = reverse("schools:person_detail", args=[sam.pk])
    told = admin.post(page, {"action": "invite"}, follow=True).text
    assert "Let them sign in again first" in told
    assert mail.outbox == []


# A lost second factor


def reset(admin, user):
    page = reverse("schools:person_detail", args=[user.pk])
    return admin.post(page, {"action": "reset"}, follow=True)


def test_reset_takes_away_the_app_and_the_recovery_codes(admin, sam):
    give_second_factor(sam)
    colleague = UserFactory()
    give_second_factor(colleague)
    assert "sets up a new second factor" in reset(admin, sam).text
    assert {row.user_id for row in Authenticator.objects.all()} == {colleague.pk}


def test_reset_is_told_to_the_person(admin, sam):
    give_second_factor(sam)
    reset(admin, sam)
    (sent,) = mail.outbox
    assert sent.to == ["sam.coe@example.org"]
    assert "Ada Min has reset the second factor" in sent.body
    assert admin.user.email in sent.body


def test_reset_is_on_record_with_who_did_it(admin, sam):
    give_second_factor(sam)
    reset(admin, sam)
    event = sam.events.order_by("-pgh_id").first()
    assert event.second_factor_reset_at is not None
    assert event.pgh_context.metadata["user"] == str(admin.user.pk)


def test_reset_ends_the_sessions_of_the_person_alone(admin, sam):
    """The lost phone may be signed in."""
    phone, colleague = Client(), Client()
    phone.force_login(sam)
    colleague.force_login(user_who_signed_in())
    give_second_factor(sam)
    reset(admin, sam)
    assert phone.get("/account/").status_code == 302
    assert colleague.get("/account/").status_code in {200, 403}
    assert admin.get("/account/").status_code == 200


def test_person_signs_in_without_a_code_and_must_set_up_another(admin, sam, settings):
    give_second_factor(sam)
    reset(admin, sam)
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    given = {"login": sam.email, "password": PASSWORD}
    page = client.post("/accounts/login/", given, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_index")


def test_sign_in_that_waits_for_the_code_begins_anew(admin, sam, settings):
    """The person has tried, and rings up with the page still open."""
    settings.REQUIRE_SECOND_FACTOR = True
    give_second_factor(sam)
    client = Client()
    given = {"login": sam.email, "password": PASSWORD}
    assert client.post("/accounts/login/", given).url == reverse("mfa_authenticate")
    settings.REQUIRE_SECOND_FACTOR = False
    reset(admin, sam)
    page = client.get("/accounts/login/", follow=True)
    assert page.status_code == 200
    assert "Your second step has been reset" in page.text
    assert "_auth_user_id" not in client.session
    client.post("/accounts/login/", given)
    assert client.session["_auth_user_id"] == str(sam.pk)


def test_code_sent_after_the_reset_lets_nobody_in(admin, sam):
    give_second_factor(sam)
    client = Client()
    client.post("/accounts/login/", {"login": sam.email, "password": PASSWORD})
    reset(admin, sam)
    client.post(reverse("mfa_authenticate"), {"code": "123456"})
    assert "_auth_user_id" not in client.session


def test_second_reset_has_nothing_to_take(admin, sam):
    give_second_factor(sam)
    reset(admin, sam)
    assert "has no second factor" in reset(admin, sam).text
    assert len(mail.outbox) == 1


def test_nobody_resets_their_own(db):
    user = person(Role.ADMINISTRATOR)
    give_second_factor(user)
    with pytest.raises(RefusalError, match="You cannot reset your own"):
        service.reset_second_factor(person=user, by=user)


def test_reset_stands_when_the_mail_fails(admin, sam, settings):
    give_second_factor(sam)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Tell them yourself" in reset(admin, sam).text
    assert not Authenticator.objects.filter(user=sam).exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SEND_OFFICER, Role.HEADTEACHER])
def test_others_reset_and_change_nobody(sign_in, school, sam, role):
    by = person(role, school=school if role == Role.HEADTEACHER else None)
    give_second_factor(sam)
    with pytest.raises(RefusalError):
        service.reset_second_factor(person=sam, by=by)
    with pytest.raises(RefusalError):
        service.change_person(person=sam, name="X", email=sam.email, by=by)


@pytest.mark.django_db(transaction=True)
def test_person_ended_while_they_sign_in_is_not_in():
    """The sign-in has checked the password and waits to note the time; the end comes first."""
    user, admin, client = user_who_signed_in(), person(Role.ADMINISTRATOR), Client()

    def enter():
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            deactivate_person(person=user, by=admin)
            entered = threads.submit(enter)
            until_waiting(1)
        entered.result()
    assert client.get("/account/").status_code == 302
    user.refresh_from_db()
    assert user.is_active is False
