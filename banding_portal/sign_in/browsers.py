"""Browsers in which somebody has signed in before, by a cookie that names nobody.

Wrong passwords typed by strangers do not keep a person out of a browser that is known to be
theirs (decision 0015). A new password makes every browser a stranger again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from allauth.account.signals import password_reset
from django.conf import settings
from django.contrib.auth import get_user_model
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

KEPT_FOR = timedelta(days=180)
MOST = 12
"""People remembered in one browser: a staff room's computer has some."""


def mark_of_browser(user: "_User") -> str:
    """What a browser keeps of a person; it cannot be made up, and ends with the password."""
    value = f"{user.pk}|{user.password}"
    return salted_hmac("banding_portal.browsers", value, algorithm="sha256").hexdigest()[:32]


def marks_in(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "").split(".")


def known_mark(request: HttpRequest, email: str) -> str | None:
    """The mark of the person with this address, where they have signed in in this browser."""
    user = get_user_model().objects.filter(email=email.strip().lower()).first()
    if user is None:
        return None
    mark = mark_of_browser(user)
    return mark if any(constant_time_compare(mark, each) for each in marks_in(request)) else None


@receiver(password_reset)
def trust_browser(request: HttpRequest, user: "_User", **_: Any) -> None:
    """Who read the mail and chose a new password is no stranger here."""
    request.proved_to_be = user  # type: ignore[attr-defined]


def remember_browser(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Leaves in the browser that this person signed in there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "proved_to_be", request.user)
        if user.is_authenticated:
            mark, marks = mark_of_browser(cast("_User", user)), marks_in(request)
            if mark not in marks:
                response.set_cookie(
                    settings.BROWSER_COOKIE_NAME,
                    ".".join([mark, *filter(None, marks)][:MOST]),
                    max_age=KEPT_FOR,
                    secure=settings.SESSION_COOKIE_SECURE,
                    httponly=True,
                    samesite="Lax",
                )
        return response

    return middleware
