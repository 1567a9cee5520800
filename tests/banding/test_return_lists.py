"""The list of a long return: search, what is shown, order, page by page."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from banding.changes.services import account_for
from banding.choices import PupilChange, ReturnState
from banding.collections.selectors import returns_for_list
from banding.models import Return
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


def shown(client, pupil_return, **query):
    response = client.get(reverse("banding:return_detail", args=[pupil_return.pk]), query)
    return response.content.decode()


def names(text):
    """Of the pupils; the table of what happened to the return comes after them."""
    pupils, *_ = text.partition("History of this return")
    return re.findall(r'<th scope="row">\s*([^<]+?)\s*</th>', pupils)


def test_joiner_link_stands_before_the_pupils(senco, school):
    pupil_return, (row,) = return_with_pupils(1, school=school)
    text = shown(senco, pupil_return)
    assert text.count("Add a pupil who joined") == 1
    assert text.index("Add a pupil who joined") < text.index(f">{row.pupil.display_name}<")


def test_long_list_comes_page_by_page(senco, school):
    pupil_return, _ = return_with_pupils(26, school=school)
    assert len(names(shown(senco, pupil_return))) == 25
    second = shown(senco, pupil_return, page=2)
    assert len(names(second)) == 1
    assert "0 of 26 pupils done" in second


def test_short_list_has_no_filters(senco, school):
    pupil_return, _ = return_with_pupils(3, school=school)
    assert 'name="show"' not in shown(senco, pupil_return)


def test_each_pupil_is_to_do_ready_or_leaving(senco, school):
    pupil_return, (waits, ready, leaves, *_) = return_with_pupils(12, school=school)
    decide(ready)
    change = {"change": PupilChange.NOT_OURS, "reason": "At another school"}
    account_for(return_pupil=leaves, by=senco_of(pupil_return), **change)
    text = shown(senco, pupil_return)
    for words in ("All (12)", "To do (10)", "Ready (1)", "Leaving (1)"):
        assert words in text
    assert waits.pupil.display_name in names(shown(senco, pupil_return, show="to_do"))
    assert names(shown(senco, pupil_return, show="ready")) == [ready.display_name]
    assert names(shown(senco, pupil_return, show="leaving")) == [leaves.display_name]


def test_search_finds_words_of_a_name_folded_and_says_when_none_fits(senco, school):
    pupil_return, _ = return_with_pupils(11, school=school)
    zoe = PupilFactory(forename="Zoë", surname="O’Testa")
    ReturnPupilFactory(pupil_return=pupil_return, pupil=zoe)
    assert names(shown(senco, pupil_return, q="o'testa zoe")) == [zoe.display_name]
    text = shown(senco, pupil_return, q="nobody at all")
    assert names(text) == []
    assert "No pupils to show" in text


def test_order_stands_in_the_address_and_keeps_with_the_pages(senco, school):
    pupil_return, rows = return_with_pupils(26, school=school)
    first = names(shown(senco, pupil_return))[0]
    decide(next(row for row in rows if row.pupil.display_name == first))
    sorted_text = shown(senco, pupil_return, sort="status")
    assert first not in names(sorted_text)
    assert "sort=status&amp;page=2" in sorted_text


def test_unknown_order_is_left_out_and_told(senco, school):
    pupil_return, _ = return_with_pupils(11, school=school)
    text = shown(senco, pupil_return, sort="height", show="ready")
    assert "This list cannot be sorted in that way" in text
    assert names(text) == []


def test_returns_sent_back_stand_before_the_others(senco, school):
    made = [
        ReturnFactory(school=school, state=state, collection__deadline=day)
        for state, day in (
            (ReturnState.IN_PROGRESS, dt.date(2027, 3, 1)),
            (ReturnState.NOT_STARTED, dt.date(2027, 2, 1)),
            (ReturnState.RETURNED, dt.date(2027, 1, 1)),
        )
    ]
    begun, owed, returned = made
    found = returns_for_list(Return.objects.filter(school=school))
    assert list(found) == [returned, owed, begun]
