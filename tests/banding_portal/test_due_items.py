"""The line under what is due: school, what is left and when, as one sentence."""

import datetime as dt

import pytest

from banding_portal.due import DueItem

ITEM = {"title": "Run of Summer term 2026", "url": "/", "action": "Check the run"}


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"text": "waiting for you to check"}, "Waiting for you to check"),
        ({"text": "9 pupils left", "school": "Ash Primary"}, "Ash Primary · 9 pupils left"),
    ],
)
def test_hint_begins_like_a_sentence(given, hint):
    assert DueItem(**(ITEM | given)).hint == hint


def test_hint_says_when_it_is_due():
    item = DueItem(**ITEM, text="", due_on=dt.date(2020, 11, 30))
    assert item.hint.startswith("Due 30 November 2020 (")
