"""The command that makes the first administrator."""

import json
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from banding_portal.commands import RefusedCommandError
from banding_portal.roles import Role
from schools.models import User
from schools.services.people import accept_invitation
from tests.factories import person

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"


def create(email="first@example.org", name="First Administrator"):
    out = StringIO()
    call_command("create_administrator", email, "--name", name, "--json", stdout=out)
    return json.loads(out.getvalue())


def token_of(link):
    return link.rstrip("/").rsplit("/", 1)[1]


def test_administrator_is_made_and_link_mailed(settings):
    settings.PORTAL_URL = "https://banding.example.org"
    told = create("First@Example.org")
    user = User.objects.get(email="first@example.org")
    assert user.roles == {Role.ADMINISTRATOR}
    assert (told["created"], told["mailed"]) == (True, True)
    assert told["link"].startswith("https://banding.example.org/")
    # The rest of the link is the second it was made in, and the signature.
    assert told["link"].rsplit(".", 2)[0] in mail.outbox[0].body


def test_link_lets_the_administrator_choose_a_password(client):
    token = token_of(create()["link"])
    assert client.get(reverse("schools:invitation", args=[token])).status_code in (200, 302)
    user = accept_invitation(token=token, password=PASSWORD)
    assert user.check_password(PASSWORD)


def test_link_is_printed_where_mail_is_away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    told = create()
    assert told["mailed"] is False
    assert accept_invitation(token=token_of(told["link"]), password=PASSWORD).name


def test_second_call_gives_a_new_link_until_a_password_is_chosen():
    first, second = create()["link"], create()
    assert (second["created"], User.objects.count()) == (False, 1)
    assert first != second["link"]
    accept_invitation(token=token_of(second["link"]), password=PASSWORD)
    with pytest.raises(RefusedCommandError):
        create()


def test_administrator_who_signs_in_elsewhere_gets_a_link_too():
    """Where the authority's own sign-in fails, this is the way in."""
    user = person(Role.ADMINISTRATOR, email="first@example.org", last_login=timezone.now())
    user.set_unusable_password()
    user.save()
    told = create()
    assert (told["created"], told["mailed"]) == (False, True)
    assert accept_invitation(token=token_of(told["link"]), password=PASSWORD) == user


def test_somebody_else_with_the_address_is_not_made_administrator(school):
    senco = person(Role.SENCO, school=school, email="sam@example.org")
    with pytest.raises(RefusedCommandError):
        create("sam@example.org")
    assert User.objects.get(pk=senco.pk).roles == {Role.SENCO}


def test_nonsense_is_refused():
    with pytest.raises(RefusedCommandError):
        create("nonsense")
    assert User.objects.count() == 0


def test_no_password_and_no_other_person_in_the_mail(school):
    person(Role.SENCO, school=school, name="Zebedee Quillfeather")
    create()
    text = mail.outbox[0].message().as_string()
    assert "Zebedee" not in text
    assert school.name not in text
