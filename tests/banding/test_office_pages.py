"""The authority's pages: frameworks, collections, joiners, exceptional requests."""

import datetime as dt
import re
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.changes.services import account_for
from banding.choices import RequestState, ReturnState
from banding.exceptional.services import ask_for_exception, withdraw_request
from banding.joiners.services import place_joiner
from banding.models import Collection, ExceptionalRequest
from banding.returns.services import return_for_correction, submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.words import short_day
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.races import at_once
from tests.banding.rounds import open_round, pupil_at
from tests.banding.test_joiners import joiner_on
from tests.factories import (
    FrameworkFactory,
    PupilFactory,
    ReturnFactory,
)
from tests.schools.training import trained, training

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def address(name, *args):
    return reverse(f"banding:{name}", args=args)


def page(client, name, *args):
    response = client.get(address(name, *args))
    assert response.status_code == 200, response
    return response.content.decode()


def date_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


# Lists take the same queries for any number


@pytest.mark.parametrize("count", [1, 3])
def test_framework_list_queries(officer, count, django_assert_num_queries):
    for number in range(count):
        FrameworkFactory(code=f"framework-{number}")
    with django_assert_num_queries(6):
        page(officer, "framework_list")


@pytest.mark.parametrize("count", [1, 3])
def test_collection_list_queries(officer, count, django_assert_num_queries):
    for _ in range(count):
        ReturnFactory()
    with django_assert_num_queries(5):
        page(officer, "collection_list")


@pytest.mark.parametrize("count", [1, 3])
def test_collection_overview_queries(officer, count, django_assert_num_queries):
    first, _ = submitted_return()
    for _ in range(count):
        return_with_pupils(2, collection=first.collection)
        submitted_return(collection=first.collection)
    with django_assert_num_queries(18):  # One asks whether training has begun.
        page(officer, "collection_detail", first.collection_id)


@pytest.mark.parametrize("count", [1, 3])
def test_collection_overview_counts_schools_with_nobody_trained(
    officer, count, django_assert_num_queries
):
    training(title="The descriptors")
    first, _ = submitted_return()
    for _ in range(count):
        submitted_return(collection=first.collection)
    trained(senco_of(first))
    with django_assert_num_queries(16):
        text = page(officer, "collection_detail", first.collection_id)
    noun = "school" if count == 1 else "schools"
    assert f"{count} {noun} with nobody trained" in " ".join(text.split())


@pytest.mark.parametrize("count", [1, 3])
def test_joiner_list_queries(officer, count, django_assert_num_queries):
    for _ in range(count):
        joiner_on(return_with_pupils(0)[0])
    with django_assert_num_queries(8):
        page(officer, "joiner_list")


@pytest.mark.parametrize("count", [1, 3])
def test_exceptional_request_list_queries(officer, count, django_assert_num_queries):
    for _ in range(count):
        pupil_return, (row,) = return_with_pupils()
        ask_for_exception(return_pupil=row, reason="A nurse", by=senco_of(pupil_return))
    with django_assert_num_queries(8):
        page(officer, "exceptional_list")


@pytest.mark.parametrize(
    "name", ["framework_list", "collection_list", "joiner_list", "exceptional_list"]
)
def test_empty_list_says_what_will_appear(officer, name):
    assert "empty-state" in page(officer, name)


# Frameworks


def test_framework_page_explains_bands_rule_and_descriptors(officer, framework):
    text = page(officer, "framework_detail", framework.pk)
    assert "The highest band among the levels chosen is suggested." in text
    assert "Cognition and learning, level 3." in text
    assert "Not used yet" in text


def test_framework_in_use_is_shown_as_frozen(officer, framework):
    submitted_return(collection__framework=framework)
    assert "In use, cannot change" in page(officer, "framework_detail", framework.pk)


# Collections


def collection_answers(framework, **given):
    answers = {
        "name": "Autumn 2026",
        "code": "autumn-2026",
        "kind": "exercise",
        "framework": str(framework.pk),
        "sectors": ["mainstream", "special"],
        **date_of("reference_date", TODAY),
        **date_of("opens_on", TODAY),
        **date_of("deadline", TODAY + dt.timedelta(days=30)),
    }
    return answers | given


def test_collection_is_previewed_then_opened(sign_in, framework, school):
    PupilFactory(school=school)
    client = sign_in(Role.ADMINISTRATOR)
    answers = collection_answers(framework)
    text = client.post(address("collection_create"), answers).content.decode()
    assert "Nothing has been opened yet." in text
    assert "Mainstream, Special" in text
    assert text.count('name="sectors"') == 2
    assert Collection.objects.count() == 0
    response = client.post(address("collection_create"), answers | {"open": "1"})
    collection = Collection.objects.get()
    assert response.url == address("collection_detail", collection.pk)
    assert [r.school for r in collection.returns.all()] == [school]


def test_answers_come_back_to_be_changed(sign_in, framework):
    client = sign_in(Role.ADMINISTRATOR)
    answers = collection_answers(framework, change="1")
    text = client.post(address("collection_create"), answers).content.decode()
    assert 'value="Autumn 2026"' in text
    assert "<title>Error" not in text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "Enter the name"),
        (date_of("deadline", TODAY - dt.timedelta(days=1)), "on or after the day it opens"),
        (date_of("reference_date", dt.date(2019, 1, 1)), "starts after the reference date"),
        ({"sectors": []}, "Choose at least one"),
    ],
)
def test_wrong_answer_about_a_collection_is_named(sign_in, framework, given, message):
    client = sign_in(Role.ADMINISTRATOR)
    answers = collection_answers(framework, **given)
    text = client.post(address("collection_create"), answers).content.decode()
    assert message in text
    assert Collection.objects.count() == 0


def test_code_in_use_is_named(sign_in, framework):
    client = sign_in(Role.ADMINISTRATOR)
    answers = collection_answers(framework, open="1")
    client.post(address("collection_create"), answers)
    other = answers | {"name": "Another"}
    text = client.post(address("collection_create"), other).content.decode()
    assert "There is a collection with the code autumn-2026 already" in text


def test_same_collection_sent_twice_leads_to_the_one_opened(sign_in, framework):
    """A double click."""
    client = sign_in(Role.ADMINISTRATOR)
    answers = collection_answers(framework, open="1")
    first, second = (client.post(address("collection_create"), answers) for _ in range(2))
    assert first.url == second.url
    assert Collection.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_collection_sent_twice_at_once_leads_to_the_one_opened(sign_in, framework):
    clients = [sign_in(Role.ADMINISTRATOR) for _ in range(2)]
    answers = collection_answers(framework, open="1")
    jobs = [partial(each.post, address("collection_create"), answers) for each in clients]
    first, second = at_once(jobs)
    assert first.url == second.url
    assert Collection.objects.count() == 1


def test_overview_counts_by_sector_and_quadrant_and_lists_whom_to_chase(officer):
    handed_in, _ = submitted_return()
    collection = handed_in.collection
    owing, _ = return_with_pupils(2, collection=collection, school__sector="special")
    text = page(officer, "collection_detail", collection.pk)
    assert "1 of 2 returns submitted" in text
    sectors = text.split("By sector<")[1].split("</table>")[0]
    assert re.findall(r">(\d of \d)</td>", sectors) == ["0 of 1", "2 of 2"]
    chase = text.split("Schools to chase</h2>")[1].split("Submitted returns</h2>")[0]
    assert owing.school.name in chase
    assert handed_in.school.name not in chase
    assert "0 of 2" in chase
    assert "Nobody named yet" in chase


def test_chase_list_says_whom_to_call_and_what_was_done_last(officer):
    pupil_return, (row, _) = return_with_pupils(2)
    decide(row)
    senco = senco_of(pupil_return)
    text = page(officer, "collection_detail", pupil_return.collection_id)
    chase = text.split("Schools to chase</h2>")[1].split("Submitted returns</h2>")[0]
    assert f"mailto:{senco.email}" in chase
    assert "Last activity" in chase
    assert short_day(TODAY) in chase


@pytest.mark.parametrize("name", ["collection_detail", "collection_returns"])
def test_lists_of_a_round_call_nobody_done_of_whom_the_school_has_not_spoken(officer, school, name):
    pupil_at(school)
    text = page(officer, name, open_round(reference=TODAY).pk)
    assert "Nothing reported yet" in text
    assert 'data-label="Pupils done"' not in text


def test_return_being_corrected_is_marked_among_those_to_chase(officer):
    pupil_return, (row,) = submitted_return()
    return_for_correction(pupil_return=pupil_return, by=officer.user, reason="Look again")
    decide(row, code="C", difference_reason="Epilepsy")
    text = page(officer, "collection_detail", pupil_return.collection_id)
    chase = text.split("Schools to chase</h2>")[1].split("Submitted returns</h2>")[0]
    assert "In progress" not in chase
    assert "Returned for correction" in chase


def test_pupils_who_came_since_are_added(officer, framework, school):
    PupilFactory(school=school)
    officer.post(address("collection_create"), collection_answers(framework, open="1"))
    PupilFactory(school=school)
    collection = Collection.objects.get()
    response = officer.post(address("collection_sync", collection.pk), follow=True)
    assert "1 pupil was added." in response.content.decode()


# Returns in the authority's hands


def test_officer_accepts_and_sends_back(officer):
    pupil_return, _ = submitted_return()
    officer.post(address("return_accept", pupil_return.pk))
    pupil_return.refresh_from_db()
    assert pupil_return.state == ReturnState.ACCEPTED
    url = address("return_send_back", pupil_return.pk)
    assert "Say what the school should correct" in officer.post(url, {}).content.decode()
    officer.post(url, {"reason": "Look at Amira again"})
    pupil_return.refresh_from_db()
    assert (pupil_return.state, pupil_return.returned_reason) == ("returned", "Look at Amira again")
    text = page(officer, "return_detail", pupil_return.pk)
    assert "The school is asked to correct this return" in text
    assert "The authority asks you" not in text


def test_officer_is_warned_of_joiners_before_accepting(officer):
    pupil_return, (row,) = return_with_pupils()
    decide(row)
    joiners = [joiner_on(pupil_return, forename=name) for name in ("Amira", "Ben")]
    senco = senco_of(pupil_return)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    assert "2 joiners wait to be placed." in page(officer, "return_detail", pupil_return.pk)
    place_joiner(joiner=joiners[0], pupil=None, by=officer.user)
    text = page(officer, "return_detail", pupil_return.pk)
    assert "1 joiner waits to be placed. 1 placed joiner is not on the list" in text


def test_officer_reads_why_pupils_need_no_band_before_accepting(officer):
    pupil_return, rows = return_with_pupils(2)
    senco = senco_of(pupil_return)
    for row, change in zip(rows, ("no_band", "staying_on"), strict=True):
        account_for(return_pupil=row, change=change, reason=f"Because {change}", by=senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    text = page(officer, "return_detail", pupil_return.pk)
    for row, said, change in (
        (rows[0], "need no band", "no_band"),
        (rows[1], "are staying on", "staying_on"),
    ):
        listed = text.split(f"Pupils the school says {said}")[-1].split("</table>")[0]
        assert row.pupil.surname in listed
        assert f"Because {change}" in listed


def test_accepting_twice_says_what_is(officer):
    pupil_return, _ = submitted_return()
    url = address("return_accept", pupil_return.pk)
    officer.post(url)
    assert "cannot become" in officer.post(url, follow=True).content.decode()


def test_administrator_gives_more_time(sign_in):
    pupil_return, _ = return_with_pupils()
    client = sign_in(Role.ADMINISTRATOR)
    url = address("return_extend", pupil_return.pk)
    why = {"reason": "The SENCO is ill"}
    text = client.post(url, why | date_of("until", TODAY)).content.decode()
    assert "the deadline for everybody" in text
    later = TODAY + dt.timedelta(days=40)
    client.post(url, why | date_of("until", later))
    pupil_return.refresh_from_db()
    assert pupil_return.extended_to == later


# Exceptional requests


def asked_for():
    pupil_return, (row,) = return_with_pupils()
    return ask_for_exception(return_pupil=row, reason="A nurse", by=senco_of(pupil_return))


def test_officer_answers_a_request_and_the_school_reads_it(officer, client):
    asked = asked_for()
    url = address("exceptional_detail", asked.pk)
    assert "Enter the answer" in officer.post(url, {}).content.decode()
    officer.post(url, {"outcome": "refused", "answer": "The band secures a nurse"})
    asked.refresh_from_db()
    assert asked.state == RequestState.REFUSED
    client.force_login(senco_of(asked.return_pupil.pupil_return))
    text = page(client, "decision_edit", asked.return_pupil_id)
    assert "The band secures a nurse" in text


def test_asking_again_changes_the_waiting_request():
    asked = asked_for()
    by = asked.asked_by
    again = ask_for_exception(return_pupil=asked.return_pupil, reason="Two nurses", by=by)
    assert again == asked
    assert ExceptionalRequest.objects.get().reason == "Two nurses"


def test_withdrawn_request_is_not_answered_or_withdrawn_again(officer):
    asked = asked_for()
    senco = senco_of(asked.return_pupil.pupil_return)
    asked = withdraw_request(request=asked, by=senco)
    with pytest.raises(RefusalError, match="withdrawn"):
        withdraw_request(request=asked, by=senco)
    given = {"outcome": "refused", "answer": "Yes"}
    text = officer.post(address("exceptional_detail", asked.pk), given)
    assert "This request is “withdrawn”" in text.content.decode()


def test_request_needs_a_reason():
    pupil_return, (row,) = return_with_pupils()
    with pytest.raises(RefusalError, match="Say which provision"):
        ask_for_exception(return_pupil=row, reason=" ", by=senco_of(pupil_return))
