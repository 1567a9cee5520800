"""“It is right anyway” holds for what stood beside it, and for nothing else."""

import pytest

from banding_portal.asking import ABOUT, BOX
from schools.training.forms import CancelForm
from tests.factories import PupilFactory

pytestmark = pytest.mark.django_db


def form(text, **given):
    return CancelForm({"reason": text} | given)


def box_of(asked):
    """What a browser sends on from a form that asks, once its box is ticked."""
    return {ABOUT: asked[ABOUT].value(), BOX: "on"}


def test_tick_is_for_the_name_that_was_asked_about():
    PupilFactory(forename="Amira", surname="Khan")
    PupilFactory(forename="Ben", surname="Kowalski")
    asked = form("Amira Khan speaks")
    assert not asked.is_valid()
    assert form("Amira Khan speaks", **box_of(asked)).is_valid()
    other = form("Ben Kowalski speaks", **box_of(asked))
    assert not other.is_valid()
    assert not other[BOX].value(), "the box stayed ticked for another name"
    assert form("Ben Kowalski speaks", **box_of(other)).is_valid()


def test_one_name_more_is_asked_about_as_well():
    PupilFactory(forename="Amira", surname="Khan")
    PupilFactory(forename="Ben", surname="Kowalski")
    asked = form("Amira Khan speaks")
    asked.is_valid()
    both = form("Amira Khan and Ben Kowalski speak", **box_of(asked))
    assert [error for error in both.errors["reason"] if "Amira" in error] == []
    assert [error for error in both.errors["reason"] if "Ben Kowalski" in error]


def test_title_is_one_line():
    from schools.information_sheets.forms import SheetForm

    found = SheetForm({"title": "Autumn\nBcc: somebody@example.org"})
    assert found.errors["title"] == ["The title must be on one line"]
