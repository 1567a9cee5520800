"""The help that holds what somebody looks for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from banding_portal.finding.results import Found, Group, group_of
from banding_portal.help.topics import Topic, topics_holding

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def find(user: "_User", text: str) -> Iterator[Group]:
    more = f"{reverse('help')}?{urlencode({'q': text})}"
    yield from group_of("Help", topics_holding(text), shown, more)


def shown(topic: Topic) -> Found:
    return Found(topic.title, reverse("help_topic", args=[topic.slug]), topic.group)
