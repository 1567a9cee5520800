"""A page that needs no sign-in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.generic import View

from banding_portal.pages.base import Found, Page
from banding_portal.roles import EVERYONE


@method_decorator(login_not_required, name="dispatch")
class OpenPage(Page[Found], abstract=True):
    """For everybody, signed in or not, with a role or without: what is said to all alike."""

    allowed_roles = EVERYONE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        return View.dispatch(self, request, *args, **kwargs)
