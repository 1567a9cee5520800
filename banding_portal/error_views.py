"""What a page that cannot be shown says instead, and what may be done next."""

import sys
from uuid import uuid4

import structlog
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from banding_portal.demo.strip import guests_with
from banding_portal.roles import ADMINISTRATOR

log = structlog.get_logger(__name__)


def wrong_role(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, naming the roles that open the page; to somebody without any, who gives them."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and not user.roles:
        asked = get_user_model().objects.filter(
            is_active=True, memberships__role__in=ADMINISTRATOR, memberships__ended_on=None
        )
        return render(request, "no_roles.html", {"administrators": asked}, status=403)
    roles = frozenset(getattr(exception, "allowed_roles", ()))
    choices = apps.get_model("schools", "Membership")._meta.get_field("role").flatchoices
    labels = [label for value, label in choices if value in roles]
    # In the demonstration one click makes a visitor somebody who can.
    guests = guests_with(roles) if settings.DEMO and request.method == "GET" else []
    context = {"allowed_roles": labels, "guests": guests, "page": request.get_full_path()}
    return render(request, "403.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a reference that is in the log too. Asks nothing of the database."""
    reference = uuid4().hex[:8].upper()
    kind = sys.exc_info()[0]
    log.error("page failed", reference=reference, error=kind.__name__ if kind else None)
    context = {"reference": reference, "LA_NAME": settings.LA_NAME, "DEMO": settings.DEMO}
    return HttpResponseServerError(render_to_string("500.html", context))
