"""The pages on which a school answers in a round say what is so (B10)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.collections.services import sync_return_pupils
from banding.models import Collection
from banding.returns.services import confirm_nothing_to_tell
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import BandDecisionFactory, FrameworkFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
YEAR_5 = dt.date(2016, 10, 1)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def autumn(school):
    """A round with two pupils who carry on."""
    for _ in range(2):
        pupil_at(school, date_of_birth=YEAR_5)
    return open_round()


@pytest.fixture
def senco(client, school):
    by = person(Role.SENCO, school=school)
    client.force_login(by)
    return by


def get(client, name, pk):
    return flat(client.get(reverse(f"banding:{name}", args=[pk])).text)


def test_grid_of_a_round_says_what_was_entered(client, school, autumn, senco):
    pupil_return = return_of(autumn, school)
    text = get(client, "return_grid", pupil_return.pk)
    assert "Nothing entered yet: everybody stands as on your lists" in text
    assert "Every pupil is done" not in text
    decide(pupil_return.pupils.first(), senco)
    text = get(client, "return_grid", pupil_return.pk)
    assert "1 band chosen on this return. The others stand as on your lists" in text


def choose(client, row):
    typed = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "next", "version": ""}
    url = reverse("banding:decision_edit", args=[row.pk])
    return client.post(url, typed)


def test_saving_in_a_round_leads_back_to_the_lists_and_says_so(client, school, autumn, senco):
    pupil_return = return_of(autumn, school)
    row = pupil_return.pupils.first()
    assert "Save and go back to the lists" in get(client, "decision_edit", row.pk)
    response = choose(client, row)
    assert response.url == reverse("banding:return_detail", args=[pupil_return.pk])
    text = get(client, "return_detail", pupil_return.pk)
    assert "saved. It counts once you have submitted the return." in text


def test_saving_leads_to_who_still_needs_a_band(client, school, autumn, senco):
    waiting = pupil_at(school, date_of_birth=YEAR_5, band="")
    sync_return_pupils(autumn)
    row = return_of(autumn, school).pupils.exclude(pupil=waiting).first()
    assert "Save and go to next pupil" in get(client, "decision_edit", row.pk)
    address = reverse("banding:decision_edit", args=[row_of(autumn, waiting).pk])
    assert choose(client, row).url == address


def test_last_pupil_of_an_exercise_leads_to_checking(client):
    pupil_return, (first, last) = return_with_pupils(2)
    by = person(Role.SENCO, school=pupil_return.school)
    client.force_login(by)
    assert "Save and go to next pupil" in get(client, "decision_edit", first.pk)
    decide(first, by)
    assert "Save and check answers" in get(client, "decision_edit", last.pk)
    # Who is done already goes on to whom something is missing.
    assert "Save and go to next pupil" in get(client, "decision_edit", first.pk)


def test_last_time_is_offered_only_where_it_can_be_filled_in(client):
    pupil_return, (row,) = return_with_pupils()
    Collection.objects.update(allows_no_change=True)
    client.force_login(person(Role.SENCO, school=pupil_return.school))
    last = {"return_pupil": None, "collection": None, "school": pupil_return.school}
    last |= {"effective_from": dt.date(2025, 9, 1)}
    BandDecisionFactory(pupil=row.pupil, framework=FrameworkFactory(code="old"), **last)
    assert "Fill in last time’s" not in get(client, "return_grid", pupil_return.pk)
    BandDecisionFactory(pupil=row.pupil, framework=pupil_return.collection.framework, **last)
    assert "Fill in last time’s" in get(client, "return_grid", pupil_return.pk)


def test_officer_reads_no_words_meant_for_the_school(client, school, autumn):
    pupil_return = return_of(autumn, school)
    client.force_login(person(Role.SEND_OFFICER))
    text = get(client, "return_detail", pupil_return.pk)
    assert "Tell us only if" not in text
    assert "Please tell us" not in text
    by = person(Role.SENCO, school=school)
    confirm_nothing_to_tell(pupil_return=pupil_return, by=by)
    for name in ("return_detail", "return_check"):
        text = get(client, name, pupil_return.pk)
        assert "take the return back" not in text
        assert "ask the authority" not in text
    client.force_login(by)
    assert "take the return back" in get(client, "return_check", pupil_return.pk)
