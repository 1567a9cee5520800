"""The command `draw_sample`."""

import csv
import hashlib
import json
from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command

from banding_portal.audit_trail.events import changes_matching
from moderation.choices import Allocation, SeedFrom
from moderation.models import Case, Sample
from moderation.services.samples import discard_sample
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
        "seed": "s",
    }
    assert Sample.objects.get().cases.count() == 3


def test_draw_sample_command_writes_the_population(collection, tmp_path):
    real = tmp_path / "real.csv"
    real.write_text("an older and much longer list" * 100)
    run("--output", str(real))
    rows = list(csv.DictReader(real.read_text(encoding="utf-8").splitlines()))
    assert [row["band"] for row in rows] == list("AABBB")
    assert [row["selected"] for row in rows] == list("10110")


def drawn_again(rows, seed):
    """Who is drawn, from nothing but the columns of the list (M2)."""
    strata, chosen = defaultdict(list), set()
    for row in rows:
        assert row["hash"] == hashlib.sha256(f"{seed}:{row['decision']}".encode()).hexdigest()
        strata[row["quadrant"], row["sector"], row["band"]].append(row)
    for members in strata.values():
        assert {int(row["stratum_size"]) for row in members} == {len(members)}
        ordered = sorted(members, key=lambda row: row["hash"])
        chosen |= {row["decision"] for row in ordered[: int(ordered[0]["stratum_sample"])]}
    return chosen


@pytest.mark.parametrize("allocation", Allocation.values)
def test_draw_sample_command_is_repeated_from_its_list_alone(
    collection, school, tmp_path, allocation
):
    for band in "BBBBBBCCC":
        decided(collection, school, band)
    path = tmp_path / "list.csv"
    run("--allocation", allocation, "--output", str(path), rate="0.3")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    cases = set(Case.objects.values_list("decision", flat=True))
    assert drawn_again(rows, "s") == {str(pk) for pk in cases}
    assert Sample.objects.get().allocation == allocation


def test_draw_sample_command_of_an_unknown_allocation_is_wrong_usage(collection):
    with pytest.raises((CommandError, SystemExit)):
        run("--allocation", "guess")
    assert not Sample.objects.exists()


def test_draw_sample_command_dry_run_counts_and_stores_nothing(collection, capsys):
    run("--dry-run")
    assert not Sample.objects.exists()
    assert "3 of 5 decisions would be drawn, from 2 strata." in capsys.readouterr().out


def test_draw_sample_command_dry_run_does_not_tell_who_a_seed_draws(collection, tmp_path, capsys):
    dry = tmp_path / "dry.csv"
    with pytest.raises(CommandError) as refused:
        run("--dry-run", "--output", str(dry))
    assert refused.value.returncode == 1
    assert "A dry run writes no list" in capsys.readouterr().err
    assert not dry.exists()


@pytest.mark.parametrize("path", ["nowhere/list.csv", "."])
def test_draw_sample_command_to_a_bad_path_draws_nothing(collection, tmp_path, capsys, path):
    with pytest.raises(CommandError) as refused:
        run("--output", str(tmp_path / path))
    assert refused.value.returncode == 1
    assert "Nothing was drawn" in capsys.readouterr().err
    assert not Sample.objects.exists()


def test_draw_sample_command_refused_leaves_no_file(collection, tmp_path):
    run()
    with pytest.raises(CommandError):
        run("--output", str(tmp_path / "list.csv"))
    assert not list(tmp_path.iterdir())


def test_draw_sample_command_without_a_seed_takes_one_by_chance(collection, capsys):
    call_command("draw_sample", "--collection", "autumn", "--rate", "0.5", "--json")
    sample = Sample.objects.get()
    assert sample.seed_from == SeedFrom.PORTAL
    assert json.loads(capsys.readouterr().out)["seed"] == sample.seed


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_draw_sample_command_takes_no_seed_once_the_population_is_known(collection, capsys, more):
    run()
    discard_sample(sample=Sample.objects.get(), reason="A pilot.", by=lead())
    with pytest.raises(CommandError) as refused:
        run(*more)
    assert refused.value.returncode == 1
    assert "Leave the seed out" in capsys.readouterr().err
    call_command("draw_sample", "--collection", "autumn", "--rate", "0.5")
    assert Sample.objects.standing().get().seed_from == SeedFrom.PORTAL


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_draw_sample_command_twice_is_refused(collection, capsys, more):
    run()
    with pytest.raises(CommandError) as refused:
        run(*more)
    assert refused.value.returncode == 1
    assert "has been drawn from already" in capsys.readouterr().err


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
def test_draw_sample_command_with_an_empty_seed_is_refused(collection, capsys, more):
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
