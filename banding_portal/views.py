"""The home page."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.context_processors import schools_of
from banding_portal.due import DueItem
from banding_portal.pages import Page
from banding_portal.roles import EVERYONE


class HomeView(Page[None]):
    """Answers “what is due from me next?” with one button to it.

    With `?school=<id>`, a person of several schools sees what that one owes.
    """

    allowed_roles = EVERYONE
    template_name = "home.html"

    def context(self) -> dict[str, Any]:
        items = self.due_items()
        own = {str(school.pk): school for school in schools_of(self.user)}
        chosen = own.get(self.request.GET.get("school", ""))
        if chosen:
            items = [item for item in items if item.school in ("", str(chosen))]
        shown = {"next_item": items[0] if items else None, "later_items": items[1:]}
        return shown | {"acting_school": chosen} if chosen else shown

    def due_items(self) -> list[DueItem]:
        sources = [import_string(path) for path in settings.HOME_SOURCES]
        return sorted((i for due in sources for i in due(self.user)), key=lambda i: i.order)
