"""Every list says what it shows where it has no rows, filtered or not (templates/list.html)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from banding_portal.pages import ListPage

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def list_pages(patterns=None):
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(each, URLPattern):
            yield from list_pages(each.url_patterns)
        elif issubclass(view := getattr(each.callback, "view_class", object), ListPage):
            yield view


def blocks_of(view):
    """The blocks of a list's template; None where the page is of another shape."""
    text = (TEMPLATES / view.template_name).read_text(encoding="utf-8")
    if '{% extends "list.html" %}' not in text:
        return None
    return set(re.findall(r"{% block (\w+) %}", text))


SHAPED = [view for view in dict.fromkeys(list_pages()) if blocks_of(view)]


def test_most_lists_have_the_one_shape():
    assert len(SHAPED) >= 15


@pytest.mark.parametrize("view", SHAPED, ids=lambda view: view.__name__)
def test_list_says_why_it_is_empty(view):
    blocks = blocks_of(view)
    assert {"title", "heading", "rows"} <= blocks
    assert ("none_fits" in blocks) == (view.filter_class is not None)
    assert "empty" in blocks or view.__name__ == "PersonList"  # whoever reads it stands in it
