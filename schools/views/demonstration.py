"""The demonstration's strip: one click signs a visitor in as another of its people."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.generic import View

from banding_portal.access import PortalView
from banding_portal.roles import EVERYONE
from schools.demo.people import person_of


@method_decorator([login_not_required, never_cache], name="dispatch")
class DemoSignIn(PortalView):
    """Without a password, and so in the demonstration alone and as its own accounts alone."""

    allowed_roles = EVERYONE
    http_method_names = ("post",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to all who look at the demonstration; elsewhere there is no such address."""
        if not settings.DEMO:
            raise Http404
        return View.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request.POST.get("role", ""))
        if person is None:
            return redirect("home")
        record_authentication(request, person, method="password", reauthenticated=True)
        return perform_login(request, person, redirect_url=self.next_url())

    def next_url(self) -> str:
        """The page of the portal that asked who may open it, else home."""
        page = self.request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        return page if is_ours else reverse("home")
