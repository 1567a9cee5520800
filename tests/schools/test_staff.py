"""Headteachers keep the SENCOs and finance contacts of their own school."""

import threading

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Membership, User
from schools.services import staff as service
from schools.services.people import end_role
from tests.factories import SchoolFactory, UserFactory, person

pytestmark = pytest.mark.django_db
EMAIL = "sam.coe@example.org"


@pytest.fixture
def head(sign_in, school):
    return sign_in(Role.HEADTEACHER, school=school, name="Hedda Teach")


def page_of(school):
    return reverse("schools:staff_list", args=[school.pk])


def invite(client, school, **fields):
    data = {"name": "Sam Coe", "email": EMAIL, "role": Role.SENCO} | fields
    return client.post(page_of(school), data, follow=True)


def roles_of(user):
    return {(m.role, m.school_id) for m in user.memberships.current()}


@pytest.mark.parametrize("role", [Role.SENCO, Role.SCHOOL_FINANCE])
def test_headteacher_invites_to_their_school(head, school, role):
    page = invite(head, school, role=role)
    assert f"An email was sent to {EMAIL}" in page.text
    sam = User.objects.get(email=EMAIL)
    assert (sam.name, roles_of(sam)) == ("Sam Coe", {(role, school.pk)})
    assert sam.has_usable_password() is False
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert "/invitations/" in mail.outbox[0].body


def test_administrators_are_told_of_an_invitation(head, school, settings):
    settings.PORTAL_URL = "https://banding.example.gov.uk"
    ada = person(Role.ADMINISTRATOR)
    person(Role.ADMINISTRATOR, is_active=False)
    person(Role.SEND_OFFICER)
    invite(head, school)
    invited, told = mail.outbox
    assert (invited.to, told.to) == ([EMAIL], [ada.email])
    assert "Hedda Teach" in told.body
    assert "has invited somebody" in told.body
    sam = User.objects.get(email=EMAIL)
    assert f"https://banding.example.gov.uk/people/{sam.pk}/" in told.body


def test_administrators_have_it_on_home_and_of_a_role_that_was_ended(head, school):
    ada = person(Role.ADMINISTRATOR)
    invite(head, school)
    [membership] = User.objects.get(email=EMAIL).memberships.all()
    end_role(membership=membership, by=head.user)
    assert [(each.title, each.school) for each in ada.notices.order_by("pk")] == [
        ("Hedda Teach added Sam Coe as SENCO", school.name),
        ("Hedda Teach ended the role of Sam Coe as SENCO", school.name),
    ]


def test_what_an_administrator_does_is_no_news(school):
    ada, other = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    [membership] = person(Role.SENCO, school=school).memberships.all()
    end_role(membership=membership, by=other)
    assert ada.notices.count() == 0


def test_who_has_an_account_keeps_name_and_roles(head, school):
    elsewhere = SchoolFactory()
    sam = person(Role.SENCO, school=elsewhere, email=EMAIL, last_login=timezone.now(), name="Sam C")
    invite(head, school, name="Somebody Else")
    sam = User.objects.get(pk=sam.pk)
    assert sam.name == "Sam C"
    assert roles_of(sam) == {(Role.SENCO, elsewhere.pk), (Role.SENCO, school.pk)}
    (told,) = mail.outbox
    assert "has given you a role" in told.body
    assert "/invitations/" not in told.body


def test_closed_account_is_opened_by_an_administrator_alone(head, school):
    sam = UserFactory(email=EMAIL, is_active=False)
    assert "Ask an administrator to open it again" in invite(head, school).text
    assert roles_of(sam) == set()
    assert mail.outbox == []


def test_role_held_already_is_refused(head, school):
    person(Role.SENCO, school=school, email=EMAIL)
    assert "has this role already" in invite(head, school).text


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.SENCO, Role.SCHOOL_FINANCE}))
def test_no_other_role_is_given(head, school, role):
    invite(head, school, role=role)
    assert not User.objects.filter(email=EMAIL).exists()
    with pytest.raises(RefusalError):
        service.invite_to_school(school=school, email=EMAIL, name="S", role=role, by=head.user)


def test_nobody_is_invited_to_another_school(head):
    other = SchoolFactory()
    assert invite(head, other).status_code == 404
    with pytest.raises(RefusalError):
        service.invite_to_school(school=other, email=EMAIL, name="S", role=Role.SENCO, by=head.user)


def test_former_headteacher_invites_nobody(head, school):
    end_role(membership=head.user.memberships.get(), by=person(Role.ADMINISTRATOR))
    assert head.get(page_of(school)).status_code == 403


def test_role_is_ended_and_administrators_are_told(head, school):
    ada = person(Role.ADMINISTRATOR)
    membership = person(Role.SENCO, school=school, name="Sam Coe").memberships.get()
    end = reverse("schools:role_end", args=[membership.pk])
    assert "End this role of Sam Coe?" in head.get(end).text
    page = head.post(end, follow=True)
    assert "Sam Coe is no longer SENCO" in page.text
    assert page.redirect_chain[-1][0] == page_of(school)
    membership.refresh_from_db()
    assert membership.ended_on == timezone.localdate()
    (told,) = mail.outbox
    assert (told.to, "has ended a role" in told.body) == ([ada.email], True)


def test_end_is_on_record_with_who_did_it(head, school):
    membership = person(Role.SENCO, school=school).memberships.get()
    head.post(reverse("schools:role_end", args=[membership.pk]))
    event = membership.events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["user"] == str(head.user.pk)


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.INCLUSION_PARTNER])
def test_other_roles_at_the_school_are_not_theirs_to_end(head, school, role):
    membership = person(role, school=school).memberships.get()
    assert head.post(reverse("schools:role_end", args=[membership.pk])).status_code == 404
    with pytest.raises(RefusalError):
        end_role(membership=membership, by=head.user)


def test_role_at_another_school_is_not_theirs_to_end(head):
    membership = person(Role.SENCO, school=SchoolFactory()).memberships.get()
    assert head.post(reverse("schools:role_end", args=[membership.pk])).status_code == 404
    with pytest.raises(RefusalError):
        end_role(membership=membership, by=head.user)


def test_administrators_are_not_written_to_about_what_they_do(sign_in, school):
    client = sign_in(Role.ADMINISTRATOR)
    membership = person(Role.SENCO, school=school).memberships.get()
    client.post(reverse("schools:role_end", args=[membership.pk]))
    assert mail.outbox == []


def test_page_shows_the_schools_people_alone(head, school):
    person(Role.SENCO, school=school, name="Sam Coe")
    person(Role.SENCO, school=SchoolFactory(), name="Stranger")
    person(Role.SENCO, school=school, name="Gone", is_active=False)
    page = head.get(page_of(school)).text
    assert "Sam Coe" in page
    assert "Stranger" not in page
    assert "Gone" not in page


def test_page_is_found_on_the_schools_page(head, school, sign_in):
    school_page = reverse("schools:school_detail", args=[school.pk])
    assert page_of(school) in head.get(school_page).text
    assert page_of(school) not in sign_in(Role.SENCO, school=school).get(school_page).text


def test_mail_that_fails_says_so(head, school, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "the email could not be sent" in invite(head, school).text
    assert User.objects.filter(email=EMAIL).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_queries_are_constant(head, school, rows, django_assert_num_queries):
    for _ in range(rows):
        person(Role.SENCO, school=school)
    with django_assert_num_queries(6):
        head.get(page_of(school))


@pytest.mark.django_db(transaction=True)
def test_two_headteachers_invite_one_person_at_once():
    heads = [person(Role.HEADTEACHER, school=SchoolFactory()) for _ in range(2)]
    barrier, failed = threading.Barrier(2), []

    def use(by):
        school = by.memberships.get().school
        barrier.wait()
        try:
            service.invite_to_school(school=school, email=EMAIL, name="Sam", role=Role.SENCO, by=by)
        except RefusalError as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=[by]) for by in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    sam = User.objects.get(email=EMAIL)
    assert Membership.objects.filter(user=sam).count() == 2
