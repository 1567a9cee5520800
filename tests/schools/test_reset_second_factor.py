"""The command for an administrator who has lost the second factor."""

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command

from banding_portal.commands import RefusedCommandError
from banding_portal.roles import Role
from tests.factories import person
from tests.schools.test_accounts import give_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    user = person(Role.ADMINISTRATOR)
    give_second_factor(user)
    return user


def reset(user):
    out = StringIO()
    call_command("reset_second_factor", user.email, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_administrator_alone_gets_in_again_and_is_told(admin):
    assert reset(admin) == {"email": admin.email, "mailed": True}
    assert not Authenticator.objects.filter(user_id=admin.pk).exists()
    [sent] = mail.outbox
    assert sent.to == [admin.email]
    assert "was reset on its server" in sent.body
    assert "tell whoever runs the server at once" in sent.body


def test_it_is_on_record_and_ends_every_session(admin):
    reset(admin)
    admin.refresh_from_db()
    assert admin.second_factor_reset_at is not None
    event = admin.events.order_by("-pgh_id").first()
    assert event.second_factor_reset_at is not None
    assert event.pgh_context.metadata["user"] == str(admin.pk)


def test_mail_that_is_away_stops_nothing(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert reset(admin)["mailed"] is False
    assert not Authenticator.objects.filter(user_id=admin.pk).exists()


def refused(user) -> str:
    with pytest.raises(RefusedCommandError) as refusal:
        call_command("reset_second_factor", user.email, stdout=StringIO(), stderr=StringIO())
    return str(refusal.value)


def test_anybody_else_is_helped_by_an_administrator(db):
    user = person(Role.SEND_OFFICER)
    give_second_factor(user)
    refused(user)
    assert Authenticator.objects.filter(user_id=user.pk).exists()


def test_administrator_without_a_second_factor_needs_no_help(db):
    refused(person(Role.ADMINISTRATOR))


def test_unknown_address_is_wrong_usage(db):
    with pytest.raises(CommandError, match="Nobody has the email address"):
        call_command("reset_second_factor", "nobody@example.org")
