"""The pages on which a collection is opened, changed, closed and deleted."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.collections.life import close_collection
from banding.collections.terms import WORDS
from banding.models import Collection
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, senco_of, submitted_return
from tests.banding.test_office_pages import _plain_http, date_of  # noqa: F401
from tests.factories import FrameworkFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def address(name, collection):
    return reverse(f"banding:collection_{name}", args=[collection.pk])


def typed(collection, **changes):
    """What the form of a collection sends."""
    values = {name: getattr(collection, name) for name in WORDS} | changes
    sent = {"reason": "The half term"}
    for name, value in values.items():
        if isinstance(value, dt.date):
            sent |= date_of(name, value)
        elif value not in (None, False):
            sent[name] = value
    return sent


def test_change_is_shown_before_it_is_done(officer):
    pupil_return, _ = return_with_pupils()
    collection = pupil_return.collection
    senco_of(pupil_return)
    later = collection.deadline + dt.timedelta(days=7)
    sent = typed(collection, deadline=later)
    shown = officer.post(address("edit", collection), sent)
    text = flat(shown.content.decode())
    assert "Nothing has been done yet." in text
    assert "1 SENCO or headteacher is told" in text
    assert 'type="submit" class="govuk-button" data-module="govuk-button"' in text
    assert 'type="submit" class="govuk-button govuk-button--warning"' not in text
    collection.refresh_from_db()
    assert collection.deadline != later
    confirmed = dict(shown.context["given"]) | {"confirm": "yes"}
    officer.post(address("edit", collection), confirmed)
    collection.refresh_from_db()
    assert collection.deadline == later
    page = flat(officer.get(address("detail", collection)).content.decode())
    assert "The half term" in page


def test_what_is_wrong_stands_at_its_field(officer):
    collection = return_with_pupils()[0].collection
    sent = typed(collection, deadline=collection.opens_on - dt.timedelta(days=1), reason="")
    form = officer.post(address("edit", collection), sent).context["form"]
    assert set(form.errors) == {"deadline", "reason"}


def test_all_days_before_the_deadline_are_told_at_once_each_at_its_field(officer):
    collection = return_with_pupils()[0].collection
    later = ("processing_from", "moderation_from", "feedback_on")
    early = dict.fromkeys(later, collection.deadline - dt.timedelta(days=1))
    form = officer.post(address("edit", collection), typed(collection, **early)).context["form"]
    assert set(form.errors) == set(later)


def test_closed_collection_offers_to_open_it_again_and_nothing_else(officer):
    collection = return_with_pupils()[0].collection
    close_collection(collection=collection, reason="Enough", by=person(Role.SEND_OFFICER))
    page = flat(officer.get(address("detail", collection)).content.decode())
    assert "Open it again" in page
    assert "Change name, dates and sectors" not in page
    assert officer.get(address("edit", collection)).status_code == 302


def test_deleted_collection_leads_to_the_list(officer):
    collection = return_with_pupils()[0].collection
    sent = {"reason": "Wrong dates", "confirm": "yes"}
    response = officer.post(address("delete", collection), sent)
    assert response["Location"] == reverse("banding:collection_list")
    assert not Collection.objects.exists()


def test_opening_tells_versions_apart_and_warns_of_money(officer, framework):
    submitted_return(collection__framework=framework)
    newer = FrameworkFactory(code="other", version="2", name="New bands")
    form = officer.get(reverse("banding:collection_create")).context["form"]
    assert "New bands, version 2, from " in str(form["framework"])
    like = return_with_pupils(collection__framework=framework)[0].collection
    sent = typed(like) | {"code": "new", "kind": "exercise", "framework": newer.pk}
    response = officer.post(reverse("banding:collection_create"), sent)
    (warning,) = response.context["warnings"]
    assert f"pupils there have bands under {framework.name}. Once a band under New bands" in warning
