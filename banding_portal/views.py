"""The home page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from banding_portal.access import PortalView
from banding_portal.navigation import EVERYONE


class HomeView(PortalView):
    """Answers “what is due from me next?” with one button to it."""

    allowed_roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        sources = [import_string(path) for path in settings.HOME_SOURCES]
        items = sorted((i for due in sources for i in due(request.user)), key=lambda i: i.order)
        context = {"next_item": items[0] if items else None, "later_items": items[1:]}
        return render(request, "home.html", context)
