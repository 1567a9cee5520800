"""What the frame of every page shows."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from banding_portal.chosen_school import acting_of, schools_of
from banding_portal.demo.strip import strip_for
from banding_portal.help.topics import topic_of_page
from banding_portal.kept_forms.holding import mark_of
from banding_portal.navigation import navigation_for, switching_from
from banding_portal.public_pages import public_pages
from banding_portal.release import release
from banding_portal.roles import SCHOOL_ROLES
from banding_portal.sessions import seconds_left

ASKING = "schools:query_create"


def portal(request: HttpRequest) -> dict[str, Any]:
    """The authority's name, whether this is the demonstration, and the person's sections.

    `session` is for its script: how long the person is still signed in, and as whom.
    `own_schools` are those the person works for; `acting_school` is the one the page is about
    (banding_portal/chosen_school.py), and `chosen_school` the same of somebody with several.
    """
    context: dict[str, Any] = {"LA_NAME": settings.LA_NAME, "DEMO": settings.DEMO}
    context["RELEASE"] = release()
    context["public_pages"] = public_pages
    context["help_url"] = help_url_of(request)
    user = getattr(request, "user", None)
    context["demo_strip"] = SimpleLazyObject(lambda: strip_for(user)) if settings.DEMO else []
    if user is None or not user.is_authenticated:
        return context
    session = {"seconds": seconds_left(request.session), "person": mark_of(user)}
    schools: Any = SimpleLazyObject(lambda: schools_of(user))
    entries: Any = SimpleLazyObject(lambda: navigation_for(user.roles, request.path))
    acting = SimpleLazyObject(lambda: acting_of(schools, request))
    chosen = SimpleLazyObject(lambda: acting if len(schools) > 1 else None)
    return context | {
        "ask_url": SimpleLazyObject(lambda: ask_url_of(request, user, chosen)),
        "session": session,
        "navigation": entries,
        "switch_url": SimpleLazyObject(lambda: switching_from(entries, request)),
        "own_schools": schools,
        "chosen_school": chosen,
        "acting_school": acting,
    }


def ask_url_of(request: HttpRequest, user: Any, school: Any) -> str:
    """Where a school’s people ask about the page; nothing for others, and where they ask now."""
    if not user.roles & SCHOOL_ROLES or page_of(request) == ASKING:
        return ""
    about = {"page": request.path} | ({"school": school.pk} if school else {})
    return f"{reverse(ASKING)}?{urlencode(about, safe='/')}"


def page_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def help_url_of(request: HttpRequest) -> str:
    """Where there is help with the page; all help where the page has no text of its own."""
    topic = topic_of_page().get(page_of(request))
    return reverse("help_topic", args=[topic.slug]) if topic else reverse("help")
