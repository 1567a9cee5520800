"""Nothing leads in past the second factor, and nobody stays in who was let out."""

import re
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from tests.factories import person

pytestmark = pytest.mark.django_db
LOGIN, AGAIN = reverse("account_login"), reverse("account_reauthenticate")
CODE_AGAIN = reverse("mfa_reauthenticate")
PASSWORD, OTHER = "three-green-pebbles", "four-yellow-pebbles"
APPS = ("banding_portal", "schools", "banding", "moderation", "funding")
THROUGH_THE_STAGES = {"schools/views/account.py", "schools/views/demonstration.py"}
"""Who signs somebody in by allauth's `perform_login`, which asks for the second factor."""


def somebody(role=Role.ADMINISTRATOR):
    user = person(role, last_login=timezone.now())
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(role=Role.ADMINISTRATOR):
    user = somebody(role)
    user.secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, user.secret)
    return user


def code_of(user):
    now = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(user.secret, now))


def test_link_of_an_invitation_asks_for_the_code(client):
    user = with_app(Role.FINANCE_AUTHORISER)
    client.force_login(somebody())
    client.post(reverse("schools:person_detail", args=[user.pk]), {"action": "invite"})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    guest = Client()
    given = guest.post(link, {"password": OTHER, "password2": OTHER}, follow=True)
    assert given.redirect_chain == [(reverse("mfa_authenticate"), 302)]
    assert guest.get("/").url.startswith(LOGIN)


def test_link_for_a_new_password_does_not_sign_in(client):
    user = with_app()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": OTHER, "password2": OTHER})
    assert client.get("/").url.startswith(LOGIN)


@pytest.mark.django_db(transaction=True)
def test_who_has_a_second_factor_confirms_with_it_and_not_with_the_password(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user, page = with_app(), reverse("schools:person_invite")
    client.force_login(user)
    assert client.get(page).url.startswith(CODE_AGAIN)
    refused = client.post(f"{AGAIN}?next={page}", {"password": PASSWORD})
    assert refused.url.startswith(CODE_AGAIN)
    assert client.get(page).status_code == 302
    confirmed = client.post(f"{CODE_AGAIN}?next={page}", {"code": code_of(user)})
    assert (confirmed.status_code, confirmed.url) == (302, page)
    assert client.get(page).status_code == 200


def test_who_has_a_second_factor_needs_it_to_remove_it(client):
    client.force_login(with_app())
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        assert client.get(reverse(name)).url.startswith(CODE_AGAIN), name


def test_session_ends_for_good_when_its_person_is_deactivated(client):
    user, guest = person(Role.AUDITOR), Client()
    guest.force_login(user)
    assert guest.get("/").status_code == 200
    client.force_login(somebody())
    client.post(reverse("schools:person_deactivate", args=[user.pk]))
    client.post(reverse("schools:person_detail", args=[user.pk]), {"action": "reactivate"})
    assert guest.get("/").url.startswith(LOGIN)


def test_nothing_signs_in_past_the_stages():
    found = set()
    for app in APPS:
        for file in Path(django_settings.BASE_DIR, app).rglob("*.py"):
            text = file.read_text()
            assert not re.search(r"django\.contrib\.auth(?: import [^\n]*\blogin\b|\.login)", text)
            if "perform_login(" in text:
                found.add(str(file.relative_to(django_settings.BASE_DIR)))
    assert found == THROUGH_THE_STAGES
