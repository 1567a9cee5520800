"""Keeps what happens at the door (quality.md Q9), as django-allauth tells it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from banding_portal.sign_in.choices import SignInKind
from banding_portal.sign_in.models import SignIn

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

QUIET = timedelta(minutes=5)
"""In which tries that are refused from one computer at one account are kept once."""


def keep(kind: SignInKind, request: HttpRequest | None, user: "_User | None") -> None:
    address = get_adapter().get_client_ip(request) if request else None
    SignIn.objects.create(kind=kind, user=user, address=address)


def keep_refused(request: HttpRequest, email: str, *, too_many: bool) -> None:
    """A wrong password, or one that was not looked at. What was typed is not kept: it may be a
    password in the wrong box.
    """
    user = get_user_model().objects.filter(email=email.strip().lower()).first()
    if not too_many:
        keep(SignInKind.WRONG_PASSWORD, request, user)
        return
    address = get_adapter().get_client_ip(request)
    since = timezone.now() - QUIET
    lately = SignIn.objects.filter(kind=SignInKind.TOO_MANY, at__gt=since)
    if not lately.filter(user=user, address=address).exists():
        keep(SignInKind.TOO_MANY, request, user)


@receiver(user_logged_in)
def keep_sign_in(request: HttpRequest, user: "_User", **_: Any) -> None:
    keep(SignInKind.SIGNED_IN, request, user)


@receiver(user_logged_out)
def keep_sign_out(request: HttpRequest, user: "_User | None", **_: Any) -> None:
    if user is not None:
        keep(SignInKind.SIGNED_OUT, request, user)


@receiver(authentication_failed)
def keep_wrong_code(request: HttpRequest, user: "_User", **_: Any) -> None:
    keep(SignInKind.WRONG_CODE, request, user)


@receiver([password_changed, password_reset, password_set])
def keep_new_password(request: HttpRequest, user: "_User", **_: Any) -> None:
    keep(SignInKind.NEW_PASSWORD, request, user)


@receiver(authenticator_added)
def keep_factor(request: HttpRequest, user: "_User", **_: Any) -> None:
    keep(SignInKind.FACTOR_ADDED, request, user)


@receiver(authenticator_removed)
def keep_factor_removed(request: HttpRequest, user: "_User", **_: Any) -> None:
    keep(SignInKind.FACTOR_REMOVED, request, user)
