"""The home page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from banding_portal.access import PortalView
from banding_portal.context_processors import schools_of
from banding_portal.roles import EVERYONE


class HomeView(PortalView):
    """Answers “what is due from me next?” with one button to it."""

    allowed_roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        """With `?school=<id>`, a person of several schools sees what that one owes."""
        sources = [import_string(path) for path in settings.HOME_SOURCES]
        items = sorted((i for due in sources for i in due(request.user)), key=lambda i: i.order)
        chosen = request.GET.get("school", "")
        own = {str(school.pk): school for school in schools_of(request.user)}
        context: dict[str, Any] = {}
        if chosen in own:
            context["acting_school"] = own[chosen]
            items = [item for item in items if item.school in ("", str(own[chosen]))]
        context |= {"next_item": items[0] if items else None, "later_items": items[1:]}
        return render(request, "home.html", context)
