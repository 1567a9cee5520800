"""Each list can be read in each order it names, both ways, and its columns show them all."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from banding_portal.pages import ListPage
from banding_portal.roles import Role
from tests.access.rules import RULES
from tests.access.walking import fill, patterns

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
LISTS = {
    name: view
    for name, pattern in patterns().items()
    if issubclass(view := pattern.callback.view_class, ListPage)
}
NOT_SORTED = {
    "audit",  # read from many tables at once, newest first, never counted
    "demo_mail_list",  # of the demonstration alone
    "banding:framework_list",  # a handful, the newest first
    "banding:return_similar",  # a chart, the lowest band first
    "schools:question_list",  # questions with their answers, read as text by what they are about
}


def text_of(template):
    """A template with those it includes."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return text + "".join(map(text_of, re.findall(r'{% include "([^"]+)"', text)))


def columns(template):
    heads = re.findall(r"{% list_heads (.*?) %}", text_of(template))
    words = [word for each in heads for word in re.findall(r'"([^"]+)"', each)]
    each_word = (word for found in words for word in found.rstrip(",").split(","))
    return {"_".join(re.findall(r"\w+", word.lower())) for word in each_word}


def test_every_list_is_sorted_but_for_those_named():
    unsorted = {name for name, view in LISTS.items() if not view.orders}
    assert unsorted == NOT_SORTED


@pytest.mark.parametrize("name", sorted(set(LISTS) - NOT_SORTED))
def test_list_is_read_in_each_of_its_orders(name, world):
    view = LISTS[name]
    rule = RULES[name]
    user = world.people[min(rule.roles, key=lambda role: role != Role.AUDITOR)]
    kwargs = {key: fill(world, "own", noun) for key, noun in rule.objects.items()}
    page = page_of(view, user, kwargs, "")
    orders = page.orders
    assert set(orders) <= columns(view.template_name)
    assert page.usual.removeprefix("-") in {"", *orders}
    usual = len(page.page_obj.object_list)
    for order in orders:
        for sign in ("", "-"):
            found = page_of(view, user, kwargs, sign + order).page_obj.object_list
            assert len(list(found)) == usual


def page_of(view, user, kwargs, sort):
    page = view()
    request = RequestFactory().get("/", {"sort": sort} if sort else {})
    request.user = user
    page.setup(request, **kwargs)
    return page
