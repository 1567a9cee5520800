"""Which pages and mails of django-allauth are in use, and what its mails say."""

import re

import pytest
from django.core import mail
from django.urls import URLPattern, get_resolver, reverse

from banding_portal.account_urls import switched_off
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OFF = {
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
}
IN_USE = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
}
ADDRESSES_OFF = (
    "/accounts/signup/",
    "/accounts/signup/passkey/",
    "/accounts/login/code/",
    "/accounts/email/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/MQ:abc/",
    "/accounts/login/code/confirm/",
)


def test_addresses_of_allauth_are_mounted_one_by_one():
    """None by `include`: what a release of it adds is not open."""
    mounted = get_resolver("banding_portal.account_urls").url_patterns
    assert all(isinstance(each, URLPattern) for each in mounted)
    assert {each.name for each in mounted} == IN_USE | OFF
    assert {each.name for each in mounted if each.callback == switched_off} == OFF


def test_addresses_in_use_are_where_allauth_has_them():
    for name in IN_USE - {"account_reset_password_from_key"}:
        given = [7] if name in {"mfa_remove_webauthn", "mfa_edit_webauthn"} else []
        assert reverse(name, args=given) == f"/accounts{reverse(name, 'allauth.urls', given)}"


@pytest.mark.parametrize("address", ADDRESSES_OFF)
@pytest.mark.parametrize("method", ["get", "post"])
def test_switched_off_page_is_not_found(client, address, method):
    assert getattr(client, method)(address).status_code == 404
    client.force_login(UserFactory())
    assert getattr(client, method)(address).status_code == 404


def test_nobody_makes_another_address_their_own(client):
    person, colleague = UserFactory(), UserFactory()
    client.force_login(person)
    for action in ("action_add", "action_primary"):
        given = {"email": colleague.email, action: ""}
        assert client.post("/accounts/email/", given).status_code == 404
    before = person.email
    person.refresh_from_db()
    assert person.email == before


def test_mail_about_a_new_password_names_the_portals_own_address(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PORTAL_URL = "https://banding.example.gov.uk"
    person = UserFactory()
    given = {"email": person.email}
    client.post("/accounts/password/reset/", given, headers={"host": "evil.example"})
    [sent] = mail.outbox
    assert sent.subject == "Choose a new password for the banding portal"
    assert sent.to == [person.email]
    assert "evil.example" not in sent.subject + sent.body
    hosts = set(re.findall(r"https?://[^/\s]+", sent.body))
    assert hosts == {"https://banding.example.gov.uk"}
    assert settings.LA_NAME in sent.body


def test_link_in_the_mail_opens_the_page_for_a_new_password(client, settings):
    person = UserFactory()
    client.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    assert page.status_code == 200
    assert "New password again" in page.content.decode()


def test_unknown_address_gets_no_mail_and_the_same_answer(client):
    known = client.post("/accounts/password/reset/", {"email": UserFactory().email})
    mail.outbox.clear()
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@school.example"})
    assert mail.outbox == []
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
