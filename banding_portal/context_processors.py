"""What the frame of every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from banding_portal.kept_forms.holding import mark_of
from banding_portal.navigation import navigation_for
from banding_portal.sessions import seconds_left


def portal(request: HttpRequest) -> dict[str, Any]:
    """The authority's name, whether this is the demonstration, and the person's sections.

    `session` is for its script: how long the person is still signed in, and as whom.
    `own_schools` are those the person works for, in order of name; `acting_school` is set by
    views of one school, and by this where the person works for one school only.
    """
    context: dict[str, Any] = {"LA_NAME": settings.LA_NAME, "DEMO": settings.DEMO}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    session = {"seconds": seconds_left(request.session), "person": mark_of(user)}
    schools = SimpleLazyObject(lambda: schools_of(user))
    return context | {
        "session": session,
        "navigation": SimpleLazyObject(lambda: navigation_for(user.roles, request.path)),
        "own_schools": schools,
        "acting_school": SimpleLazyObject(lambda: schools[0] if len(schools) == 1 else None),
    }


def schools_of(user: Any) -> list[Any]:
    """The schools of the person's memberships, each once."""
    found = {m.school_id: m.school for m in user.current_memberships if m.school_id}
    return sorted(found.values(), key=str)
