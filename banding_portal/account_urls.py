"""The addresses of django-allauth: those in use, and those that are switched off.

allauth still builds links to some that are off, so each keeps its name and answers 404.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from banding_portal.sign_in.second_step import second_step

SWITCHED_OFF = ("email/", "confirm-email/", "confirm-email/<path:key>/", "login/code/confirm/")


@login_not_required
def switched_off(request: HttpRequest, key: str = "") -> HttpResponse:
    """Administrators change addresses here, and nobody signs in by a code in a mail."""
    raise Http404


urlpatterns = [
    *(path(each, switched_off, name=f"account_off_{n}") for n, each in enumerate(SWITCHED_OFF)),
    path("2fa/authenticate/", second_step, name="mfa_authenticate"),
    path("", include("allauth.urls")),
]
