"""“It is right anyway” holds for what stood beside it, and for nothing else."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.asking import ABOUT, BOX
from banding_portal.roles import Role
from schools.training.forms import CancelForm
from tests.banding.reminded import collection_due
from tests.factories import PupilFactory
from tests.schools.test_training_pages import filled

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


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


def test_name_never_goes_out_whatever_is_ticked(sign_in):
    PupilFactory(forename="Imogen", surname="Abara")
    collection = collection_due(TODAY + dt.timedelta(days=40), opens_on=TODAY)
    given = {
        "side": "before",
        "days": "9",
        "kinds": ["senco"],
        "text": "Imogen Abara of {school}: {collection} {left} {link}",
        "sure": "on",
    }
    client = sign_in(Role.ADMINISTRATOR)
    page = client.post(reverse("banding:reminder_create", args=[collection.pk]), given)
    assert "No email and no title names a pupil" in str(page.context["form"].errors["text"])
    page = client.post(reverse("schools:training_create"), filled(title="Imogen Abara", sure="on"))
    assert "Take out the name Imogen Abara" in str(page.context["form"].errors["title"])
    collection.refresh_from_db()
    assert 9 not in map(abs, collection.reminder_offsets)
