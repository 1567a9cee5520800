"""A round by exception: opened, confirmed in one click, its lists written (B10)."""

import csv
import datetime as dt
import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from banding.changes.services import account_for
from banding.choices import ReturnState
from banding.collections.services import sync_return_pupils
from banding.management.commands.open_collection import opened
from banding.models import BandDecision
from banding.returns.services import accept_return, confirm_nothing_to_tell, submit_return
from banding_portal.commands import RefusedCommandError
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import PlanType
from tests.banding.helpers import decide, senco_of, submitted_return
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import CollectionFactory, FrameworkFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
YEAR_5, YEAR_6 = dt.date(2016, 10, 1), dt.date(2015, 8, 1)
"""Year groups of 2026-27: the second was in Year 6 the year before."""


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        yield


def status(tmp_path, **options):
    out = StringIO()
    file = tmp_path / "status.csv"
    words = [f"--{name}={value}" for name, value in options.items()]
    call_command("return_status", *words, "--output", str(file), "--json", stdout=out)
    return json.loads(out.getvalue()), list(csv.DictReader(StringIO(file.read_text())))


def test_lists_are_written_with_the_decision_each_rests_on(school, tmp_path):
    carried = pupil_at(school, date_of_birth=YEAR_5)
    leaver = pupil_at(school, date_of_birth=YEAR_6)
    told = pupil_at(school, date_of_birth=YEAR_5, band="")
    support = {"plan_type": PlanType.SEN_SUPPORT, "date_of_birth": YEAR_5}
    unmoderated = pupil_at(school, source="school", **support)
    pupil_at(school, date_of_birth=YEAR_5, responsible_la="998")
    collection = open_round()
    counts, rows = status(tmp_path, collection="autumn", urn=school.urn)
    assert counts == {"carrying_on": 1, "leaving": 1, "to_tell": 2}
    assert {row["pupil_id"]: tuple(row.values())[2:] for row in rows} == {
        carried.reference: ("carrying_on", "EHCP", "B", "2025-09-01", "authority"),
        leaver.reference: ("leaving", "EHCP", "B", "2025-09-01", "authority"),
        told.reference: ("to_tell", "EHCP", "", "", ""),
        unmoderated.reference: ("to_tell", "SEN_SUPPORT", "", "", ""),
    }
    assert {row["urn"] for row in rows} == {school.urn}
    assert return_of(collection, school).pupils.count() == 5


def test_opening_prints_the_lists(school):
    FrameworkFactory()
    pupil_at(school, date_of_birth=YEAR_5)
    pupil_at(school, date_of_birth=YEAR_6)
    pupil_at(school, date_of_birth=YEAR_5, band="")
    pupil_at(school, responsible_la="881")
    out, day = StringIO(), "2026-10-01"
    words = {"code": "r", "name": "R", "kind": "round", "framework": "test-framework"}
    # The lists are there, though the deadline has passed by now.
    words |= {"sectors": "mainstream", "reference-date": day, "opens": day, "deadline": day}
    given = [*(f"--{name}={value}" for name, value in words.items()), "--json"]
    call_command("open_collection", *given, stdout=out, stderr=StringIO())
    told = json.loads(out.getvalue())
    names = ("rolled_forward", "phase_leavers", "without_band", "other_authorities", "taken_off")
    assert [told[name] for name in names] == [1, 1, 1, 1, 0]
    assert told["pupils"] == 4


def test_opening_says_every_part_of_a_round(school):
    FrameworkFactory()
    pupil_at(school, date_of_birth=YEAR_5)
    pupil_at(school, responsible_la="881")
    _, said = opened(open_round())
    assert said == (
        "Autumn round is open with 1 return and 2 pupils: carrying on 1, leaving 0, "
        "without a band 0, of other authorities 1."
    )


@pytest.mark.parametrize("options", [{"collection": "x"}, {"collection": "autumn", "urn": "1"}])
def test_unknown_collection_or_school_is_refused(school, tmp_path, options):
    pupil_at(school)
    open_round()
    with pytest.raises(RefusedCommandError):
        status(tmp_path, **options)


def test_exercise_has_no_lists(tmp_path):
    with pytest.raises(RefusedCommandError):
        status(tmp_path, collection=CollectionFactory().code)


def test_school_with_nothing_to_tell_confirms_in_one_click(client, school):
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    head = person(Role.HEADTEACHER, school=school)
    client.force_login(head)
    page = client.get(reverse("banding:return_detail", args=[pupil_return.pk])).content.decode()
    assert "We have nothing to report" in page
    client.post(reverse("banding:return_confirm", args=[pupil_return.pk]))
    pupil_return.refresh_from_db()
    assert (pupil_return.state, pupil_return.declared_by_name) == (ReturnState.SUBMITTED, head.name)
    assert BandDecision.objects.count() == 1


def test_school_that_told_something_checks_it_first(school):
    pupil = pupil_at(school)
    collection = open_round()
    decide(row_of(collection, pupil))
    pupil_return = return_of(collection, school)
    with pytest.raises(RefusalError, match="You have made changes"):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))


def test_plan_without_a_band_is_asked_about_first(school):
    pupil_at(school, band="")
    pupil_return = return_of(open_round(), school)
    with pytest.raises(RefusalError, match="1 pupil still needs a band"):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))


def test_exercise_asks_for_everybody(school, client):
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    collection = pupil_return.collection
    collection.kind = "exercise"
    collection.save()
    with pytest.raises(RefusalError):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))


def test_queries_of_the_page_do_not_grow(client, django_assert_max_num_queries):
    school = SchoolFactory()
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    client.force_login(senco_of(pupil_return))
    url = reverse("banding:return_detail", args=[pupil_return.pk])
    client.get(url)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as queries:
            client.get(url)
        counts.append(len(queries))
        for _ in range(3):
            pupil_at(school)
        sync_return_pupils(pupil_return.collection)
    assert counts[0] == counts[1]


def test_acceptance_ends_the_placement_of_who_reached_the_end(school):
    leaver, stays = (pupil_at(school, date_of_birth=YEAR_6) for _ in range(2))
    younger = pupil_at(school, date_of_birth=YEAR_5)
    collection = open_round()
    pupil_return = return_of(collection, school)
    by = senco_of(pupil_return)
    row = row_of(collection, stays)
    account_for(return_pupil=row, change="staying_on", reason="No place yet", by=by)
    submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
    assert [p.placements.get().end for p in (leaver, stays, younger)] == [None] * 3
    accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))
    ends = [pupil.placements.get().end for pupil in (leaver, stays, younger)]
    assert ends == [dt.date(2026, 8, 31), None, None]


def test_joiner_is_told_after_the_round_has_been_submitted(client, school):
    pupil_at(school)
    pupil_return = return_of(open_round(), school)
    by = senco_of(pupil_return)
    confirm_nothing_to_tell(pupil_return=pupil_return, by=by)
    client.force_login(by)
    page = client.get(reverse("banding:return_detail", args=[pupil_return.pk])).content.decode()
    address = reverse("banding:joiner_create", args=[pupil_return.pk])
    assert address in page
    day = {"0": "12", "1": "10", "2": "2026"}
    typed = {"surname": "Quill", "forename": "Ada", "plan_type": "EHCP", "primary_need": ""}
    typed |= {f"joined_on_{at}": part for at, part in day.items()}
    typed |= {f"date_of_birth_{at}": part for at, part in (day | {"2": "2018"}).items()}
    client.post(address, typed)
    pupil_return.refresh_from_db()
    assert (pupil_return.joiners.count(), pupil_return.state) == (1, ReturnState.SUBMITTED)


def test_exercise_that_is_submitted_takes_no_joiner():
    pupil_return, _ = submitted_return()
    assert pupil_return.why_closed_to_joiners == pupil_return.why_closed != ""


def test_decision_page_of_a_phase_leaver_says_that_no_band_is_needed(school, sign_in, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    goes, stays = (pupil_at(school, date_of_birth=born) for born in (YEAR_6, YEAR_5))
    collection = open_round()
    senco = sign_in(Role.SENCO, school=school)
    said = "is on your list “Leaving” (Was in your last year group) and needs no band."
    for pupil, is_said in ((goes, True), (stays, False)):
        page = senco.get(reverse("banding:decision_edit", args=[row_of(collection, pupil).pk]))
        assert (said in flat(page.text)) == is_said
