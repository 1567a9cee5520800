"""The one of a person’s several schools that a page is about: in the address, never the session.

A page about something of a school says so itself (`school_of_page`); on any other the address
does (`?school=`). The frame names it in the title and the header, and its links go on with it.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

ASKED = "school"


def schools_of(user: Any) -> list[Any]:
    """The schools of the person's memberships, each once, in order of name."""
    found = {m.school_id: m.school for m in user.current_memberships if m.school_id}
    return sorted(found.values(), key=str)


def own_school(user: Any, asked: str) -> Any:
    """The one of the person’s several schools that an address asks for, by its identifier."""
    return chosen_of(schools_of(user), asked) if asked else None


def chosen_of(schools: Sequence[Any], asked: str) -> Any:
    return next((each for each in schools if str(each.pk) == asked and len(schools) > 1), None)


def acting_of(schools: Sequence[Any], request: HttpRequest) -> Any:
    """The school the page shows: the only one, the one it is about, or the one it asks for."""
    if len(schools) < 2:
        return schools[0] if schools else None
    page = getattr(request, "page", None)
    about = page.school_of_page() if page else None
    if about is None:
        return chosen_of(schools, request.GET.get(ASKED, ""))
    return next((each for each in schools if each.pk == about.pk), None)


def with_school(url: str, school: Any) -> str:
    """The address that goes on with a school, unless it names one already."""
    if not school or "school=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({ASKED: school.pk})}"


def address_at(url: str, school: Any, user: Any) -> str:
    """For where a page leads: with the school, for somebody of several."""
    return with_school(url, school) if len(schools_of(user)) > 1 else url
