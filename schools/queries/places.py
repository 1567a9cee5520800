"""From which page a query was asked, and about which collection and pupil that page is.

The setting QUERY_PLACES names functions `(page, user) -> About | None`, one of each app with pages
about a collection or a pupil; the first that knows the page answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.module_loading import import_string

from banding_portal.help.topics import topic_of_page
from schools.models import Pupil, School, User

LONGEST = 200


@dataclass(frozen=True)
class About:
    """What a page is about, as far as the person sees it."""

    school: School | None = None
    collection: str = ""
    pupil_reference: str = ""
    category: str = ""
    subject: str = ""
    attached: str = ""
    """What of the page goes with the query, in words, as it is at that time."""


@dataclass(frozen=True)
class Place:
    """A page of the portal: its address without any filter, its title, what it is about."""

    path: str = ""
    title: str = ""
    about: About = About()


def place_of(path: str, user: User) -> Place:
    """The page of an address; an empty place where the portal has no such page."""
    path = path.partition("?")[0].partition("#")[0]
    match = match_of(path)
    if match is None or len(path) > LONGEST:
        return Place()
    topic = topic_of_page().get(match.view_name)
    return Place(path, topic.title if topic else "", next(known(match, user), About()))


def may_open(path: str, user: User) -> bool:
    """Whether a person’s roles open the page of an address."""
    match = match_of(path)
    view: Any = getattr(match.func, "view_class", None) if match else None
    return bool(view and user.has_role(*view.allowed_roles))


def match_of(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def known(match: ResolverMatch, user: User) -> Iterator[About]:
    for source in settings.QUERY_PLACES:
        about: About | None = import_string(source)(match, user)
        if about is not None:
            yield about


def collection_names(user: User) -> list[str]:
    """The collections that a query may be about, as the app that has them tells."""
    names: list[str] = import_string(settings.QUERY_COLLECTIONS)(user)
    return names


def about_page(match: Any, user: User) -> About | None:
    """Of the pages of a school or a pupil."""
    pk = match.kwargs.get("pk")
    if not pk or match.namespace != "schools":
        return None
    if pupil := Pupil.objects.visible_to(user).filter(pk=pk).first():
        return About(pupil_reference=pupil.reference)
    school = School.objects.visible_to(user).filter(pk=pk).first()
    return About(school=school) if school else None
