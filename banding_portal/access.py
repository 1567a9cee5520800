"""Who may open a page. Every view inherits PortalView and names its roles.

A view that forgot its roles fails when it is imported. Which rows a person sees is decided
by each model's `visible_to`; here only the kind of page is decided. Wrong role: 403, with
who can. Out of scope: 404, because `visible_to` did not find the row.
"""

import time
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.generic import View
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    # To mypy the model that AUTH_USER_MODEL names; this package may not import it.
    from django.contrib.auth.models import _User

ON_THE_PAGE = 30 * 60
"""Seconds a page that asked who it is may be filled in before it asks again."""
OPENED = "opened_for_sure"
"""Key in the session: when each such page was opened, by its path."""


class WrongRole(PermissionDenied):
    """Raised where the person's roles do not open a page; the 403 page names those that do."""

    def __init__(self, allowed_roles: Collection[str]) -> None:
        super().__init__("Wrong role")
        self.allowed_roles = tuple(allowed_roles)


class PortalRequest(HttpRequest):
    """What reaches the methods of a PortalView: somebody has signed in."""

    user: "_User"
    htmx: HtmxDetails
    kept: Any
    """What the person typed on this page and has not saved; only of pages with a form."""
    page: "PortalView"
    """Who answers, for the frame around the page."""


class PortalView(View):
    """The base of every page. `allowed_roles` are role values; `EVERYONE` opens to all.

    `write_roles` narrows the methods that change something, where reading is wider.
    """

    allowed_roles: Collection[str]
    write_roles: Collection[str] | None = None

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not getattr(cls, "allowed_roles", None):
            raise ImproperlyConfigured(f"{cls.__module__}.{cls.__qualname__} has no allowed_roles.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        roles = self.allowed_roles if self.is_reading else (self.write_roles or self.allowed_roles)
        if not cast("PortalRequest", request).user.roles & frozenset(roles):
            raise WrongRole(roles)
        self.prepare()
        cast("PortalRequest", request).page = self
        return self.answer_first() or super().dispatch(request, *args, **kwargs)

    def school_of_page(self) -> Any:
        """The school a page is about, where it is about one: the frame names it."""
        return None

    def at_other_schools(self, schools: Collection[Any]) -> Mapping[UUID, str]:
        """Where the same page is for others of the person’s schools, by the school."""
        return {}

    def answer_first(self) -> HttpResponseBase | None:
        """Runs after `prepare`: an answer in place of the method's, for what many pages take."""
        return None

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Django's answer is empty; ours says what happened and leads on."""
        answer = super().http_method_not_allowed(request, *args, **kwargs)
        # The frame names no school: whether the person may see it was perhaps not looked at.
        vars(request).pop("page", None)
        page = render(request, "405.html", status=answer.status_code)
        page["Allow"] = answer.headers["Allow"]
        return page

    @property
    def is_reading(self) -> bool:
        return self.request.method in ("GET", "HEAD", "OPTIONS")

    def prepare(self) -> None:
        """Runs once the role is right, before the method: what is out of scope ends here (404)."""


class ConfirmsWho(View):
    """Asks who it is again, where a second factor is demanded and some time has passed (Q4).

    For what matters most: publishing, changing roles. Named after PortalView among the bases, so
    that only those with the role are asked, and before the page opens: whoever came to it has
    some more time to fill it in (ON_THE_PAGE). What is sent later than that, or without having
    opened the page, is not done; the page shows again what was typed.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.REQUIRE_SECOND_FACTOR and self.asks(request) and not self.is_sure(request):
            self.before_asking()
            return ask_who(request)
        return super().dispatch(request, *args, **kwargs)

    def asks(self, request: HttpRequest) -> bool:
        """Override for a page that some only read."""
        return True

    def before_asking(self) -> None:
        """A page with a form keeps what was sent."""

    def is_sure(self, request: HttpRequest) -> bool:
        opened: dict[str, float] = request.session.get(OPENED, {})
        if request.method == "POST" and time.time() - opened.get(request.path, 0) < ON_THE_PAGE:
            return True
        try:
            known_for_sure(request)
        except ReauthenticationRequired:
            return False
        if request.method == "GET":
            kept = {path: at for path, at in opened.items() if time.time() - at < ON_THE_PAGE}
            request.session[OPENED] = kept | {request.path: time.time()}
        return True


@reauthentication_required
def known_for_sure(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired when the person confirmed who they are too long ago."""


def ask_who(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        messages.info(request, "Nothing has been changed yet. First confirm that it is you.")
    ways = get_adapter().get_reauthentication_methods(request.user)
    back = urlencode({REDIRECT_FIELD_NAME: request.path})
    return redirect(f"{ways[0]['url']}?{back}")
