"""How django-allauth fits the portal: people are invited, nobody signs up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "incorrect_password": "The password is not right.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the portal's own address: the host of a request is whatever its sender wrote."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.PORTAL_URL.rstrip("/") + path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        portal = {"la_name": settings.LA_NAME, "portal_url": settings.PORTAL_URL}
        super().send_mail(template_prefix, email, context | portal)
