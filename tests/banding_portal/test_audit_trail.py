"""The audit page: what changed, who did it, from what to what."""

import datetime as dt

import pghistory
import pytest
import time_machine
from django.urls import reverse

from banding.models import ReturnMove
from banding_portal.audit_trail.events import all_models, changes_matching, event_models
from banding_portal.audit_trail.kinds import KINDS, OF_ANOTHER, PAGES, READ_WITH
from banding_portal.audit_trail.words import lines_of
from banding_portal.roles import Role
from schools.models import Placement
from tests.factories import (
    CollectionFactory,
    PlacementFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    RunFactory,
    SampleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def lines(**filters):
    return lines_of(changes_matching(offset=0, limit=50, **filters))


def told(line):
    return [(d.label, d.old, d.new) for d in line.differences]


def test_pupils_decisions_and_runs_are_audited():
    assert {"schools.pupil", "banding.banddecision", "funding.run"} <= set(event_models())


def test_every_kind_has_words_of_the_service_and_no_other_has():
    assert set(KINDS) == set(event_models())
    assert len(set(KINDS.values())) == len(KINDS)
    assert set(READ_WITH) <= {model._meta.label_lower for model in all_models()}


def test_step_of_a_return_names_the_return_and_its_state_in_words():
    pupil_return = ReturnFactory()
    ReturnMove.objects.create(pupil_return=pupil_return, kind="returned")
    line = lines(kind="banding.returnmove")[0]
    assert (line.kind, line.about) == ("Step of a return", str(pupil_return))
    assert ("Kind", "–", "Returned for correction") in told(line)


def test_change_shows_old_and_new_and_who():
    pupil, user = PupilFactory(surname="Khan"), UserFactory(name="Officer One")
    with pghistory.context(user=str(user.pk)):
        pupil.surname, pupil.primary_need = "Lowe", "ASD"
        pupil.save()
    line = lines(kind="schools.pupil")[0]
    assert (line.kind, line.action, line.about, line.who) == (
        "Pupil",
        "Changed",
        "Amira Lowe",
        "Officer One",
    )
    assert told(line) == [
        ("Surname", "Khan", "Lowe"),
        (
            "Primary need",
            "Speech, language and communication needs",
            "Autistic spectrum disorder",
        ),
    ]


def test_changes_of_many_rows_at_once_are_recorded():
    placement = PlacementFactory()
    Placement.objects.update(end=dt.date(2026, 7, 20))
    line = lines(kind="schools.placement")[0]
    assert (line.about, told(line)) == (
        str(placement.pupil),
        [("End", "–", "20 Jul 2026")],
    )


def test_deleted_row_is_shown_with_what_it_was():
    placement = PlacementFactory()
    school = str(placement.school)
    placement.delete()
    line = lines(kind="schools.placement")[0]
    assert (line.action, ("School", school, "–") in told(line)) == ("Deleted", True)


def test_changes_without_a_person_are_the_portals():
    PupilFactory()
    assert lines(kind="schools.pupil")[0].who == "The portal"


def test_filters_by_kind_person_and_day():
    user = UserFactory(name="Zoë Khan", email="z.k@example.org")
    with time_machine.travel("2026-03-01 12:00Z"):
        PupilFactory(surname="Before")
    with pghistory.context(user=str(user.pk)):
        PupilFactory(surname="Within", school=PlacementFactory().school)
    assert {line.kind for line in lines(kind="schools.plan")} == {"Plan"}
    for text in ("khan zoe", "Z.K@example"):
        found = {line.about for line in lines(kind="schools.pupil", who=text)}
        assert ("Amira Within" in found, "Amira Before" in found) == (True, False)
    assert lines(kind="schools.pupil", who="nobody") == []


def test_newest_come_first_over_all_kinds_and_pages():
    pupils = [PupilFactory(school=PlacementFactory().school) for _ in range(3)]
    everything = changes_matching(offset=0, limit=50)
    assert sorted(everything, key=lambda c: c.at, reverse=True) == everything
    parts = [changes_matching(offset=at, limit=4) for at in range(0, len(everything), 4)]
    assert [c for part in parts for c in part] == everything
    assert len(everything) > len(pupils)


def test_what_a_change_is_about_leads_to_its_page(sign_in):
    """Where an auditor may open it; of a pupil on a return, to the pupil."""
    row = ReturnPupilFactory()
    pupil, pupil_return = row.pupil, row.pupil_return
    RunFactory(), SampleFactory()
    about = {(line.kind, line.about): line.url for line in lines()}
    there = {
        ("Pupil", str(pupil)): reverse("schools:pupil_detail", args=[pupil.pk]),
        ("Pupil on a return", str(pupil)): reverse("schools:pupil_detail", args=[pupil.pk]),
        ("Return", str(pupil_return)): reverse("banding:return_detail", args=[pupil_return.pk]),
    }
    assert there.items() <= about.items()
    assert set(PAGES) | set(OF_ANOTHER) <= set(KINDS)
    client = sign_in(Role.AUDITOR)
    for url in filter(None, set(about.values())):
        assert client.get(url).status_code == 200, url


def test_what_is_gone_is_no_link():
    collection = CollectionFactory()
    collection.delete()
    line = lines(kind="banding.collection")[0]
    assert (line.action, line.about, line.url) == ("Deleted", collection.name, "")


def test_page_is_for_auditors(sign_in):
    assert sign_in(Role.ADMINISTRATOR).get(reverse("audit")).status_code == 403


def test_page_shows_changes_and_filters(sign_in):
    PupilFactory(surname="Khan", school=PlacementFactory().school)
    client = sign_in(Role.AUDITOR)
    assert "Amira Khan" in client.get(reverse("audit")).text
    long_ago = {"end_0": "1", "end_1": "1", "end_2": "2001"}
    nothing = client.get(reverse("audit"), {**long_ago, "page": "x", "kind": "no.thing"})
    assert "No changes match" in nothing.text


def test_older_changes_are_on_further_pages(sign_in, monkeypatch):
    monkeypatch.setattr("banding_portal.audit_trail.views.PAGE", 2)
    for surname in ("First", "Second", "Third"):
        PupilFactory(surname=surname)
    client = sign_in(Role.AUDITOR)
    first = client.get(reverse("audit"), {"kind": "schools.pupil"}).text
    second = client.get(reverse("audit"), {"kind": "schools.pupil", "page": 2}).text
    assert ("Third<" in first, "Second<" in first, "First<" in first) == (True, True, False)
    assert ("Older changes" in first, "First<" in second) == (True, True)
    assert ("Newer changes" in second, "Older changes" in second) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_queries_are_constant(sign_in, rows, django_assert_num_queries):
    user = UserFactory()
    for _ in range(rows):
        with pghistory.context(user=str(user.pk)):
            PupilFactory(school=PlacementFactory().school)
    client = sign_in(Role.AUDITOR)
    with django_assert_num_queries(11):
        client.get(reverse("audit"))
