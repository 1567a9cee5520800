"""How django-allauth fits the portal: people are invited, nobody signs up."""

from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from banding_portal.mails.letters import recorded
from banding_portal.mails.sending import numbered
from banding_portal.sign_in.record import keep_refused
from banding_portal.sign_in.tries import Tries

log = structlog.get_logger(__name__)
NOBODYS_ADDRESS = "0.0.0.0"  # noqa: S104 (no server listens to it)

BY_PASSWORD = "reauthenticate"  # noqa: S105 (the name of a way, not a password)
WRONG_CODE = "The code is not right. Type the newest one that your app shows."


class CodeAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Keep one way to sign in: add another before you remove it.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first.",
    }


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "The current password is not right.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link no longer works. Ask for a new one.",
        "invalid_or_expired_key": "This link no longer works. Ask for a new one.",
        "same_as_current": "Choose a password that is not the one you have now.",
        "account_inactive": "This account is closed. Ask your authority’s administrator.",
        "rate_limited": "That was tried too many times. Wait a minute, then try again.",
        "too_many_login_attempts": (
            "There have been too many wrong passwords. Wait five minutes, or choose “I have "
            "forgotten my password”: with the link we send you, you can sign in straight away."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor confirms with it: a password alone may be known to others."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != BY_PASSWORD] or ways

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the portal's own address: the host of a request is whatever its sender wrote."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.PORTAL_URL.rstrip("/") + path

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, as the outermost proxy of ours saw it; never an error."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            log.warning(
                "client unknown: TRUSTED_PROXIES does not fit the proxies", path=request.path
            )
            return request.META.get("REMOTE_ADDR") or NOBODYS_ADDRESS

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self.tries = Tries(request, credentials["email"])
        if self.tries.refused:
            keep_refused(request, credentials["email"], too_many=True)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        keep_refused(request, credentials["email"], too_many=False)

    def _rollback_login_failed_rl_usage(self) -> None:
        self.tries.forget()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        portal = {"la_name": settings.LA_NAME, "portal_url": settings.PORTAL_URL}
        with recorded(email) as letter:
            self.headers = numbered(letter.mail_id)
            super().send_mail(template_prefix, email, context | portal)
            letter.subject = self.subject

    def render_mail(self, template_prefix: str, email: str, *args: Any, **kwargs: Any) -> Any:
        message = super().render_mail(template_prefix, email, *args, **kwargs)
        self.subject = message.subject
        message.extra_headers |= self.headers
        return message
