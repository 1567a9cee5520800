"""The pages of the roll-over: whom it is about, asking first, following it (rules.md S7)."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse

from banding.models import RollOver
from banding_portal.roles import Role
from tests.factories import PlacementFactory, PlanFactory, PupilFactory, SchoolFactory, person
from tests.jobs import work_on
from tests.reporting import report_of

pytestmark = pytest.mark.django_db
SEPTEMBER = dt.datetime(2026, 9, 2, 12, tzinfo=dt.UTC)
LIST, APPLY = reverse("banding:roll_over"), reverse("banding:roll_over_apply", args=[2026])
YEAR_6 = dt.date(2015, 8, 1)


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(SEPTEMBER, tick=False):
        yield


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def leaver(school, surname="Leaving", **fields):
    return PupilFactory(school=school, date_of_birth=YEAR_6, surname=surname, **fields)


def seen_on(client):
    return client.get(APPLY).context["mark"]


def test_preview_names_who_leaves_and_who_stays_by_school(officer):
    birch, alder = SchoolFactory(name="Birch"), SchoolFactory(name="Alder")
    leaver(birch, "Last")
    leaver(alder, "First")
    report_of(leaver(birch, "Middle"), "staying_on")
    page = officer.get(LIST)
    assert "Year roll-over to 2026-27" in page.text
    assert [row.pupil.surname for row in page.context["page_obj"]] == ["First", "Last", "Middle"]
    assert "They said so." in page.text
    assert page.context["counts"] == {"leaves": 2, "turned_25": 0, "stays": 1, "ceased": 0}


def test_preview_is_narrowed_and_says_when_none_fits(officer, school):
    leaver(school, "Findable")
    assert "Findable" in officer.get(LIST, {"q": "findable", "kind": "leaves"}).text
    none = officer.get(LIST, {"kind": "stays"})
    assert "No pupils match" in none.text


def test_preview_of_nobody_says_what_will_appear(officer):
    page = officer.get(LIST)
    assert "Nobody is in a last year group" in page.text
    assert 'name="to"' in page.text  # Another year can be chosen all the same.
    assert page.context["can"]["apply"].url not in page.text
    assert officer.get(APPLY, follow=True).redirect_chain == [(f"{LIST}?to=2026", 302)]


def test_download_holds_every_row_of_the_list(officer, school):
    leaver(school, "=Sum", reference="999-1")
    report_of(leaver(school, "Stays"), "staying_on")
    response = officer.get(LIST, {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [(r["Surname"], r["What happens"], r["Why"], r["Last day"]) for r in rows] == [
        ("'=Sum", "Leaves: last year group", "", "2026-08-31"),
        ("Stays", "Stays on", "They said so.", ""),
    ]


def test_rolled_over_as_seen_then_what_it_changed_is_shown(officer, school):
    pupil = leaver(school)
    page = officer.post(APPLY, {"seen": seen_on(officer)})
    job = RollOver.objects.get()
    url = reverse("banding:roll_over_detail", args=[job.pk])
    assert page.url == url
    assert "Waiting for its turn" in officer.get(url).text
    assert "The roll-over is running" in officer.get(LIST).text
    work_on(job)
    done = officer.get(url, follow=True)
    assert "What was changed: Roll-over to 2026-27" in done.text
    assert "Undo this roll-over" in done.text
    assert pupil.placements.get().end == dt.date(2026, 8, 31)
    assert "Roll-overs so far" in officer.get(LIST).text


def test_changed_since_it_was_seen_is_asked_again(officer, school):
    leaver(school)
    seen = seen_on(officer)
    leaver(school)
    page = officer.post(APPLY, {"seen": seen})
    assert "has changed since you looked" in page.text
    assert page.context["mark"] != seen
    assert officer.post(APPLY, {"seen": page.context["mark"]}).status_code == 302


def test_before_the_term_ends_it_has_to_be_ticked(officer, school):
    leaver(school)
    with time_machine.travel(dt.date(2026, 7, 1), tick=False):
        seen = seen_on(officer)
        refused = officer.post(APPLY, {"seen": seen})
        assert "Tick the box if the year is to be rolled over now anyway" in refused.text
        assert not RollOver.objects.exists()
        officer.post(APPLY, {"seen": seen, "is_early": "on"})
    assert RollOver.objects.get().is_early


def test_ended_plans_are_taken_along_where_it_is_ticked(officer, school):
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school)
    PlanFactory(pupil=pupil, end=dt.date(2026, 5, 3))
    assert "End the 1 placement of pupils without a plan, too" in officer.get(APPLY).text
    assert "No plan since 3 May 2026" in " ".join(officer.get(LIST).text.split())
    officer.post(APPLY, {"seen": seen_on(officer), "ends_ceased": "on"})
    work_on(RollOver.objects.get())
    assert pupil.placements.get().end == dt.date(2026, 8, 31)


def test_auditor_looks_and_changes_nothing(sign_in, school):
    leaver(school)
    auditor = sign_in(Role.AUDITOR)
    assert "Leaving" in auditor.get(LIST).text
    assert auditor.get(APPLY).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_preview_needs_the_same_queries_for_any_number(
    officer, school, count, django_assert_num_queries
):
    for _ in range(count):
        leaver(school)
        PupilFactory(school=SchoolFactory(), date_of_birth=dt.date(2000, 1, 1))
    person(Role.AUDITOR)
    with django_assert_num_queries(13):
        officer.get(LIST)
