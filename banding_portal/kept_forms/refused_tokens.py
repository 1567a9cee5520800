"""A form of a page from before the same person signed in again, in another tab: kept like one
whose session had ended, and shown again filled in.

The session remembers the secret that the pages of this sign-in carry, and that of the sign-in
before where it was the same person's. Where all cookies are gone the form says itself whose page
it is on, with or without its script, and is believed if the browser says that it comes from this
site. Any other form is somebody else's, or another site's.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import _does_token_match  # type: ignore[attr-defined]
from django.shortcuts import redirect, render

from banding_portal.kept_forms.holding import SECRETS, hold_form, mark_of
from banding_portal.kept_forms.services import keep_form
from banding_portal.kept_forms.typed import (
    KEEP,
    PERSON,
    TOO_LONG,
    WISH,
    TooMuchTypedError,
    address_of,
    typed_in,
)

MASKED, BARE = 64, 32
"""Lengths of a token as a form and as a cookie has it."""
SAID = (
    "This page had been open since before you signed in again, or for a long time, so this has "
    "not been saved. Check what you typed and send it again."
)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django’s CSRF_FAILURE_VIEW: nothing is done, and what was typed is not lost.

    The script that keeps it quietly asks for a new token and tries again.
    """
    is_held = False
    match = request.resolver_match
    page = getattr(match.func, "view_class", None) if match else None
    if not request.user.is_authenticated:
        mark = claimed_by(request)
        if mark and hold_form(request, page, mark):
            return redirect_to_login(address_of(request))
    elif request.POST.get(WISH) != KEEP and keeps_refused(request, page):
        messages.info(request, SAID)
        return redirect(address_of(request))
    elif (mark := claimed_by(request)) and mark != mark_of(request.user):
        is_held = hold_form(request, page, mark)
        list(messages.get_messages(request))  # For who signs in, not for who is signed in.
    return render(request, "403_csrf.html", {"is_held": is_held}, status=403)


def keeps_refused(request: HttpRequest, page: Any) -> bool:
    """Keep what was sent, where the page keeps such and it came from this person's own page."""
    may_keep = getattr(page, "may_keep", None)
    if may_keep is None or not may_keep() or not request.user.is_authenticated:
        return False
    own = claimed_by(request) == mark_of(request.user) or has_known_token(request)
    try:
        typed = typed_in(request.POST) if own else {}
    except TooMuchTypedError:
        messages.warning(request, TOO_LONG)
        return False
    if typed:
        keep_form(user=request.user, path=address_of(request), typed=typed)
    return bool(typed)


def claimed_by(request: HttpRequest) -> str:
    """The mark of the person whose page sent this, as the page says; of a page of ours alone."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return request.POST.get(PERSON, "") if is_ours else ""


def has_known_token(request: HttpRequest) -> bool:
    token = request.POST.get("csrfmiddlewaretoken", "")
    if len(token) not in (MASKED, BARE) or not token.isalnum():
        return False
    known = request.session.get(SECRETS, ())
    return any(len(each) == BARE and _does_token_match(token, each) for each in known)
