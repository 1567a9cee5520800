"""People: invitations, roles, and who may change them."""

import datetime as dt
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import User
from schools.services import people as service
from schools.services.people import InvitationError
from tests.factories import (
    CollectionFactory,
    QuadrantFactory,
    SchoolFactory,
    UserFactory,
    person,
)
from tests.moderation.world import decided, given_case, moderator
from tests.races import until_waiting

LIST = "/people/"
PASSWORD = "three-green-pebbles"


@pytest.fixture
def admin(client, db):
    """An administrator who has just confirmed it is them."""
    user = person(Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    user.save()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.user = user
    return client


def invite(client, **fields):
    data = {"name": "Sam Coe", "email": "Sam.Coe@example.org", "role": Role.MODERATION_LEAD}
    return client.post("/people/invite/", data | fields, follow=True)


def link_in_mail():
    return re.search(r"/invitations/\S+", mail.outbox[-1].body).group()


def test_invitation_from_mail_to_home(admin, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert "A link was sent to sam.coe@example.org" in invite(admin).text
    client.logout()
    link = link_in_mail()
    assert "Choose your password" in client.get(link).text
    page = client.post(link, {"password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/"
    user = User.objects.get(email="sam.coe@example.org")
    assert (page.context["user"], user.roles) == (user, {Role.MODERATION_LEAD})
    client.logout()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_invited_person_sets_up_a_second_factor_where_demanded(admin, client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    invite(admin)
    settings.REQUIRE_SECOND_FACTOR = True
    client.logout()
    page = client.post(link_in_mail(), {"password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_index")


@pytest.mark.django_db
def test_link_does_not_pass_the_second_factor(client, settings):
    """Whoever reads somebody's mail has not their telephone."""
    settings.REQUIRE_SECOND_FACTOR = True
    user = UserFactory()
    totp.TOTP.activate(user, totp.generate_totp_secret())
    link = reverse("schools:invitation", args=[service.invitation_token(user)])
    answer = client.post(link, {"password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/").url.startswith(reverse("account_login"))


@pytest.mark.django_db
def test_mail_names_the_person_and_nothing_else():
    user = UserFactory(name="Sam Coe", email="sam.coe@example.org")
    service.send_invitation(person=user, by=person(Role.ADMINISTRATOR))
    message = mail.outbox[0]
    assert (message.to, "Hello Sam Coe" in message.body) == (["sam.coe@example.org"], True)
    link = link_in_mail()
    assert "sam" not in link.lower()
    assert "example" not in link


@pytest.mark.django_db
def test_link_works_once(client):
    service.send_invitation(person=UserFactory(), by=person(Role.ADMINISTRATOR))
    link = link_in_mail()
    client.post(link, {"password": PASSWORD})
    client.logout()
    again = client.post(link, {"password": "another-green-pebble"})
    assert (again.status_code, "no longer works" in again.text) == (410, True)


@pytest.mark.django_db
def test_newer_link_replaces_the_older():
    user = UserFactory()
    service.send_invitation(person=user, by=person(Role.ADMINISTRATOR))
    old = service.invitation_token(user)
    service.send_invitation(person=user, by=person(Role.ADMINISTRATOR))
    with pytest.raises(InvitationError):
        service.invited_person(old)
    assert service.invited_person(service.invitation_token(user)) == user


@pytest.mark.django_db
def test_link_runs_out(settings):
    user = UserFactory()
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        token = service.invitation_token(user)
    with time_machine.travel(dt.datetime(2026, 3, 8, 11, 59, tzinfo=dt.UTC), tick=False):
        assert service.invited_person(token) == user
    late = dt.datetime(2026, 3, 8, 12, 1, tzinfo=dt.UTC)
    with time_machine.travel(late, tick=False), pytest.raises(InvitationError):
        service.invited_person(token)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a.b.c", "a.b.c.d"])
def test_made_up_link_is_refused(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 410


@pytest.mark.django_db
def test_link_of_a_deactivated_person_is_refused():
    user = UserFactory()
    token = service.invitation_token(user)
    service.deactivate_person(person=user, by=person(Role.ADMINISTRATOR))
    with pytest.raises(InvitationError):
        service.invited_person(token)


@pytest.mark.django_db
def test_weak_password_is_refused(client):
    user = UserFactory()
    link = reverse("schools:invitation", args=[service.invitation_token(user)])
    page = client.post(link, {"password": "short"})
    assert "Enter a password of at least 12 characters" in page.text
    assert "<title>Error: " in page.text


@pytest.mark.django_db(transaction=True)
def test_link_used_eight_times_at_once_sets_one_password():
    user = UserFactory()
    token, barrier, outcomes = service.invitation_token(user), threading.Barrier(8), []

    def use(number):
        barrier.wait()
        try:
            service.accept_invitation(token=token, password=f"{PASSWORD}-{number}")
            outcomes.append(number)
        except InvitationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    user.refresh_from_db()
    (won,) = outcomes
    assert user.check_password(f"{PASSWORD}-{won}")


@pytest.mark.django_db(transaction=True)
def test_page_of_a_link_used_up_meanwhile_says_so():
    """Two find the link good; both wait for the person's row, and the later one comes too late."""
    user = UserFactory()
    link = reverse("schools:invitation", args=[service.invitation_token(user)])

    def use():
        answer = Client().post(link, {"password": PASSWORD})
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            answers = [threads.submit(use) for _ in range(2)]
            until_waiting(2)
        assert sorted(answer.result() for answer in answers) == [302, 410]


def test_address_that_is_there_already_is_refused(admin):
    UserFactory(email="sam.coe@example.org")
    assert "There is a person with this email address already" in invite(admin).text
    assert mail.outbox == []


def test_role_needs_its_school(admin):
    page = invite(admin, role=Role.SENCO)
    assert "Choose the school this role is for" in page.text
    assert not User.objects.filter(name="Sam Coe").exists()


def test_school_that_is_not_found_is_one_mistake(admin):
    page = invite(admin, role=Role.SENCO, school="zzzz")
    assert len(page.context["form"].errors["school"]) == 1
    assert "Choose the school this role is for" not in page.text


def test_mail_that_fails_says_so_and_keeps_the_person(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "could not be sent" in invite(admin).text
    assert User.objects.filter(email="sam.coe@example.org").exists()


def test_role_is_given_and_ended(admin, school):
    user = UserFactory(name="Sam Coe")
    url = reverse("schools:person_detail", args=[user.pk])
    data = {"action": "give", "role": Role.SENCO, "school": school.pk}
    assert f"Sam Coe is now SENCO, {school}" in admin.post(url, data, follow=True).text
    assert "has this role already" in admin.post(url, data).text
    membership = user.memberships.get()
    end = reverse("schools:role_end", args=[membership.pk])
    assert "End this role of Sam Coe?" in admin.get(end).text
    assert "is no longer SENCO" in admin.post(end, follow=True).text
    membership.refresh_from_db()
    assert membership.ended_on is not None


def test_own_administration_cannot_be_ended(admin):
    membership = admin.user.memberships.get()
    page = admin.post(reverse("schools:role_end", args=[membership.pk]), follow=True)
    assert "You cannot end your own role" in page.text
    membership.refresh_from_db()
    assert membership.ended_on is None


def test_deactivated_person_is_signed_out_and_comes_back(admin, client):
    user = person(Role.AUDITOR)
    url = reverse("schools:person_detail", args=[user.pk])
    asked = reverse("schools:person_deactivate", args=[user.pk])
    assert asked in admin.get(url).text
    assert "<li>Auditor</li>" in admin.get(asked).text
    assert "can no longer sign in" in admin.post(asked, follow=True).text
    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.roles) == (False, frozenset())
    assert "can sign in again" in admin.post(url, {"action": "reactivate"}, follow=True).text


def test_open_work_is_named_before_somebody_is_deactivated(admin):
    school = SchoolFactory(quadrant=QuadrantFactory())
    judge = moderator(school.quadrant)
    given_case(decided(CollectionFactory(), school), judge)
    page = admin.get(reverse("schools:person_deactivate", args=[judge.pk]))
    assert "Open work they leave behind" in page.text
    assert "Cases: 1 case left to judge" in page.text


def test_nobody_deactivates_themselves(db):
    user = person(Role.ADMINISTRATOR)
    with pytest.raises(RefusalError, match="You cannot deactivate yourself"):
        service.deactivate_person(person=user, by=user)


@pytest.mark.django_db
def test_others_are_told_who_can(sign_in):
    client = sign_in(Role.SEND_OFFICER)
    person_url = reverse("schools:person_detail", args=[client.user.pk])
    for url in (LIST, "/people/invite/", person_url):
        assert client.get(url).status_code == 403
    asked = reverse("schools:person_deactivate", args=[client.user.pk])
    assert client.post(asked).status_code == 403


def test_list_is_searched_and_filtered(admin):
    school = SchoolFactory(name="Alderbrook")
    person(Role.SENCO, school=school, name="Sam Coe")
    person(Role.AUDITOR, name="Au Ditor", is_active=False)

    def names(**filters):
        return [p.name for p in admin.get(LIST, filters).context["page_obj"]]

    assert names(q="alderb") == names(role="senco") == names(state="waiting") == ["Sam Coe"]
    assert names(state="invited") == []
    assert names(state="inactive") == names(q="ditor") == ["Au Ditor"]
    assert names(state="active") == [admin.user.name]


def test_who_has_not_signed_in_for_long_is_found(admin):
    now = timezone.now()
    for days, name in ((20, "Lately"), (40, "Month"), (400, "Year")):
        UserFactory(name=name, last_login=now - dt.timedelta(days=days))
    UserFactory(name="Never", joined_at=now - dt.timedelta(days=95))
    UserFactory(name="Invited today")
    UserFactory(name="Ended", is_active=False, last_login=now - dt.timedelta(days=400))

    def names(days):
        return [p.name for p in admin.get(LIST, {"quiet": days}).context["page_obj"]]

    assert names("30") == ["Month", "Never", "Year"]
    assert names("90") == ["Never", "Year"]
    assert names("180") == names("365") == ["Year"]
    assert names("ever") == ["Invited today", "Never"]
    assert len(names("")) == len(names("7")) == 7


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_are_constant(admin, rows, django_assert_num_queries):
    for _ in range(rows):
        person(Role.SENCO, school=SchoolFactory())
    with django_assert_num_queries(6):
        admin.get(LIST)


def test_account_page_shows_roles(sign_in, school):
    page = sign_in(Role.SENCO, school=school).get("/account/").text
    assert f"SENCO, {school}" in page
    assert reverse("account_change_password") in page


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.AUDITOR, "An auditor works for the whole authority: leave the school empty"),
        (Role.MODERATOR, "A quadrant moderator works in a quadrant: leave the school empty"),
    ],
)
def test_school_for_a_role_without_one_is_not_dropped_in_silence(admin, role, words):
    page = invite(admin, role=role, school=SchoolFactory().pk)
    assert words in page.text
    assert not User.objects.filter(email="sam.coe@example.org").exists()
