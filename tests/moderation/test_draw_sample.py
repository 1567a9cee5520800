"""The command `draw_sample`."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from banding_portal.audit_trail.events import changes_matching
from moderation.models import Sample
from tests.factories import CollectionFactory
from tests.moderation.world import decided, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(school):
    collection = CollectionFactory(code="autumn")
    for band in "AABBB":
        decided(collection, school, band)
    return collection


def run(*more, collection="autumn", rate="0.5"):
    call_command("draw_sample", "--collection", collection, "--rate", rate, "--seed", "s", *more)


def test_draw_sample_command_prints_one_object(collection, capsys):
    run("--json", rate="50%")
    assert json.loads(capsys.readouterr().out) == {
        "collection": "autumn",
        "population": 5,
        "strata": 2,
        "sampled": 3,
    }
    assert Sample.objects.get().cases.count() == 3


def test_draw_sample_command_dry_run_writes_what_the_draw_writes(collection, tmp_path, capsys):
    dry, real = tmp_path / "dry.csv", tmp_path / "real.csv"
    run("--dry-run", "--output", str(dry))
    assert not Sample.objects.exists()
    run("--output", str(real))
    assert dry.read_bytes() == real.read_bytes()
    rows = list(csv.DictReader(real.read_text(encoding="utf-8").splitlines()))
    assert [row["band"] for row in rows] == list("AABBB")
    assert [row["selected"] for row in rows] == list("10110")
    assert "3 of 5 decisions would be drawn, from 2 strata." in capsys.readouterr().out


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_draw_sample_command_twice_is_refused(collection, capsys, more):
    run()
    with pytest.raises(CommandError) as refused:
        run(*more)
    assert refused.value.returncode == 1
    assert "drawn already" in capsys.readouterr().err


def test_draw_sample_command_of_an_unknown_collection_is_refused(db, capsys):
    with pytest.raises(CommandError) as refused:
        run("--json", collection="nowhere")
    assert refused.value.returncode == 1
    assert json.loads(capsys.readouterr().out)["problems"] == [
        "There is no collection with the code “nowhere”."
    ]


@pytest.mark.parametrize("rate", ["ten", "1.5", "-1", "0.12345"])
def test_draw_sample_command_with_a_wrong_rate_is_wrong_usage(collection, rate):
    with pytest.raises((CommandError, SystemExit)):
        run(rate=rate)
    assert not Sample.objects.exists()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_draw_sample_command_without_a_seed_is_refused(collection, capsys, more):
    with pytest.raises(CommandError) as refused:
        run("--seed", " ", *more)
    assert refused.value.returncode == 1
    assert "Enter a seed" in capsys.readouterr().err
    assert not Sample.objects.exists()


def test_draw_sample_command_is_on_record_under_the_name_given(collection):
    boss = lead()
    run("--user", boss.email.upper())
    assert Sample.objects.get().drawn_by == boss
    assert changes_matching(offset=0, limit=1, kind="moderation.case")[0].user == str(boss.pk)


def test_draw_sample_command_for_somebody_who_may_not_draw_is_refused(collection, capsys):
    other = moderator(collection.returns.get().school.quadrant)
    with pytest.raises(CommandError) as refused:
        run("--user", other.email)
    assert refused.value.returncode == 1
    assert not Sample.objects.exists()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_draw_sample_command_for_nobody_known_is_wrong_usage(collection, more):
    with pytest.raises(CommandError, match=r"Nobody has the email address no@example\.org"):
        run("--user", "no@example.org", *more)
    assert not Sample.objects.exists()
