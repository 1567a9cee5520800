"""The help that holds what somebody looks for."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import URLResolver, get_resolver, reverse

from banding_portal.finding.results import Found, Group, group_of
from banding_portal.help.topics import Topic, topics_holding

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def find(user: "_User", text: str) -> Iterator[Group]:
    more = f"{reverse('help')}?{urlencode({'q': text})}"
    open_ones = (each for each in topics_holding(text) if is_for(each, user))
    yield from group_of("Help", open_ones, shown, more)


def is_for(topic: Topic, user: "_User") -> bool:
    """Whether the person may open a page that it is about; one about none is everybody's."""
    views = [views_by_name().get(page) for page in topic.pages]
    opens = [frozenset(roles) for view in views if (roles := getattr(view, "allowed_roles", None))]
    return not opens or any(user.roles & roles for roles in opens)


@cache
def views_by_name() -> dict[str, Any]:
    """The class that answers each named address."""
    return dict(named_views(get_resolver().url_patterns, ""))


def named_views(patterns: Iterable[Any], space: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from named_views(each.url_patterns, inner)
        elif each.name:
            yield f"{space}{each.name}", getattr(each.callback, "view_class", None)


def shown(topic: Topic) -> Found:
    return Found(topic.title, reverse("help_topic", args=[topic.slug]), topic.group)
