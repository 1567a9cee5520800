"""The home page, and when the session ends."""

from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils.module_loading import import_string

from banding_portal.access import PortalRequest, PortalView
from banding_portal.chosen_school import own_school
from banding_portal.due import due_items
from banding_portal.help.tour import tour_for
from banding_portal.kept_forms.holding import mark_of
from banding_portal.notices.news import News, news_of
from banding_portal.notices.selectors import recent_notices
from banding_portal.notices.services import mark_seen
from banding_portal.pages import Page
from banding_portal.remembering import remembering
from banding_portal.roles import EVERYONE
from banding_portal.sessions import seconds_left
from banding_portal.set_up import set_up_for
from banding_portal.standing import Standing


class HomeView(Page[None]):
    """Answers “what is due from me next?” with one button to it.

    With `?school=<id>`, a person of several schools sees what that one owes.
    """

    allowed_roles = EVERYONE
    template_name = "home.html"

    def context(self) -> dict[str, Any]:
        with remembering():
            return self.told()

    def told(self) -> dict[str, Any]:
        chosen = own_school(self.user, self.request.GET.get("school", ""))
        person = self.user.at(chosen.pk) if chosen else self.user
        items = due_items(person)
        own = [item for item in items if not item.is_for_others]
        return {
            "next_item": own[0] if own else None,
            "later_items": own[1:],
            "items_of_others": [item for item in items if item.is_for_others],
            "set_up": set_up_for(self.user),
            "standings": standings(person),
            "board": import_string(settings.BOARD_SOURCE)(self.user),
            "news": self.news(chosen.name if chosen else ""),
            "tour": tour_for(self.user),
        }

    def news(self, school: str) -> list[News]:
        """What was told lately; what is shown now is not new next time."""
        news = news_of(recent_notices(self.user, school))
        mark_seen([notice for line in news for notice in line.notices])
        return news


def standings(person: Any) -> list[Standing]:
    sources = [import_string(path) for path in settings.STANDING_SOURCES]
    return [each for standing_of in sources for each in standing_of(person)]


class SessionStatus(PortalView):
    """For the script of every page: how long one is still signed in, and as whom.

    The token is for pages that were opened before a new sign-in. Sending a POST lets the session
    begin anew.
    """

    allowed_roles = EVERYONE

    def get(self, request: PortalRequest) -> JsonResponse:
        return told(request, seconds_left(request.session))

    def post(self, request: PortalRequest) -> JsonResponse:
        request.session.modified = True
        return told(request, request.session.get_expiry_age())


def told(request: PortalRequest, seconds: int) -> JsonResponse:
    person, token = mark_of(request.user), get_token(request)
    return JsonResponse({"seconds": seconds, "person": person, "token": token})
