"""Headers on every response, and the second factor before any page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST_ADDRESS = 4_000
"""Characters. The server refuses twice as many by itself (Procfile)."""
NULL = "\0"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def headers(get_response: Handler) -> Handler:
    """Adds what Django has no setting for; a signed-in page is never kept by a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


class WithoutNulls:
    """Takes null characters out of what was sent: nobody types them, and PostgreSQL refuses them.

    In `process_view`, where the check before this one has read the form already.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, *_: Any) -> None:
        request.GET = without_nulls(request.GET)
        if request.method == "POST":
            request.POST = without_nulls(request.POST)


def without_nulls(sent: QueryDict) -> QueryDict:
    if not any(NULL in text for name, texts in sent.lists() for text in (name, *texts)):
        return sent
    clean = QueryDict(mutable=True)
    for name, texts in sent.lists():
        clean.setlist(name.replace(NULL, ""), [text.replace(NULL, "") for text in texts])
    return clean


def long_address(get_response: Handler) -> Handler:
    """Answers an address that can only be a mistake with a page that leads on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return render(request, "414.html", status=414)
        return get_response(request)

    return middleware


def second_factor(get_response: Handler) -> Handler:
    """Sends a person without a second factor to set one up, where the setting demands one."""
    from allauth.mfa.utils import is_mfa_enabled

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            settings.REQUIRE_SECOND_FACTOR
            and request.user.is_authenticated
            and not request.path.startswith(("/accounts/", settings.STATIC_URL))
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return get_response(request)

    return middleware
