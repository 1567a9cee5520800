"""A form sent after its session had ended: held over the sign-in, for the same person alone.

Who that is, a cookie says that outlives the session and names nobody to a reader. What was sent
waits in the session of the sign-in, through the second factor, and goes with it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_datetime

from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.services import keep_form
from banding_portal.kept_forms.typed import (
    KEEP,
    TOO_LONG,
    WISH,
    TooMuchTypedError,
    address_of,
    typed_in,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

HELD = "held_form"
"""Key in the session."""
SECRETS = "form_secrets"
"""Key in the session: secrets of this sign-in’s forms, and of the same person’s before."""
HELD_FOR = timedelta(hours=1)
FILE_GONE = (
    "You had been signed out, so your file was not uploaded. Sign in, then choose the file again."
)
REST_KEPT = "What else you typed is kept, and is in the form again."
TEXT_KEPT = "You were signed out. What you typed is kept: sign in, and it is in the form again."
KEPT = "kept"
"""What the sign-in is told in its address, by the scripts too."""
SIGNED_OUT = "signed-out"
"""What the scripts are told where they asked for a part of a page."""


def mark_of(user: "_User") -> str:
    """Tells one person's pages from another's in one browser."""
    return salted_hmac("banding_portal.kept_forms", str(user.pk)).hexdigest()[:32]


def remember_person(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Leaves in the browser whose pages it shows, and carries on what is held for somebody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        held = request.held_before = request.session.get(HELD)  # type: ignore[attr-defined]
        response = get_response(request)
        # A new sign-in empties the session; what is held for somebody else waits on.
        if held and HELD not in request.session and not is_given(request, held):
            request.session[HELD] = held
        name = settings.PERSON_COOKIE_NAME
        if request.user.is_authenticated and request.COOKIES.get(name) != mark_of(request.user):
            response.set_cookie(
                name,
                mark_of(request.user),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Leads to the sign-in, and holds what was typed meanwhile."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.headers.get("HX-Request"):
            # A part of a page: the page itself stays as it is, with what is typed in it.
            return HttpResponse(status=204, headers={"HX-Trigger": SIGNED_OUT})
        if request.method == "POST":
            hold_form(request, getattr(view_func, "view_class", None))
        answer = super().handle_no_permission(request, view_func)
        if request.method == "GET" and is_kept_here(request):
            answer["Location"] += f"&{urlencode({WISH: KEPT})}"
        return answer


def is_kept_here(request: HttpRequest) -> bool:
    """Whether whose pages this browser showed last typed at this address what waits there."""
    mark = request.COOKIES.get(settings.PERSON_COOKIE_NAME, "")
    if not mark:
        return False
    kept = KeptForm.objects.filter(path=address_of(request)).select_related("user")
    return any(constant_time_compare(mark_of(each.user), mark) for each in kept)


def hold_form(request: HttpRequest, page: Any, mark: str = "") -> bool:
    """Keep what was sent to a page with a form, until somebody has signed in; whether it is.

    `mark` says whose it is where the cookie does not.
    """
    is_held = held_text(request, page, mark)
    if request.FILES:
        # The file itself is not held; what stands beside it is. One message says both.
        messages.warning(request, f"{FILE_GONE} {REST_KEPT}" if is_held else FILE_GONE)
    elif is_held:
        messages.info(request, TEXT_KEPT)
    return is_held


def held_text(request: HttpRequest, page: Any, mark: str) -> bool:
    mark = mark or request.COOKIES.get(settings.PERSON_COOKIE_NAME, "")
    may_keep = getattr(page, "may_keep", None)
    if not mark or may_keep is None or not may_keep() or request.POST.get(WISH) == KEEP:
        return False
    try:
        typed = typed_in(request.POST)
    except TooMuchTypedError:
        messages.warning(request, TOO_LONG)
        return False
    if typed:
        at = timezone.now().isoformat()
        request.session[HELD] = {
            "mark": mark,
            "path": address_of(request),
            "typed": typed,
            "at": at,
        }
    return bool(typed)


def is_given(request: HttpRequest, held: dict[str, Any]) -> bool:
    """Whether its owner has it by now, or the hour is over."""
    user, at = request.user, parse_datetime(held["at"])
    is_theirs = user.is_authenticated and constant_time_compare(held["mark"], mark_of(user))
    return is_theirs or at is None or timezone.now() - at >= HELD_FOR


@receiver(user_logged_in)
def give_back(*, request: HttpRequest, user: "_User", **kwargs: Any) -> None:
    """Hand what was held to who has signed in, if it is theirs and not old. For anybody else it
    waits on until the hour is over, and they see nothing of it.
    """
    held = request.session.get(HELD) or getattr(request, "held_before", None)
    if not held or not constant_time_compare(held["mark"], mark_of(user)):
        return
    request.session.pop(HELD, None)
    at = parse_datetime(held["at"])
    if at and timezone.now() - at < HELD_FOR:
        keep_form(user=user, path=held["path"], typed=held["typed"], typed_at=at)


@receiver(user_logged_in)
def remember_secrets(*, request: HttpRequest, user: "_User", **kwargs: Any) -> None:
    """For forms of pages that were open before (refused_tokens)."""
    secrets = [request.META.get("CSRF_COOKIE")]
    if constant_time_compare(request.COOKIES.get(settings.PERSON_COOKIE_NAME, ""), mark_of(user)):
        secrets.append(request.COOKIES.get(settings.CSRF_COOKIE_NAME))
    request.session[SECRETS] = [secret for secret in secrets if secret]
