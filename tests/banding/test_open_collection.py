"""The command that opens a collection."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from banding.models import Collection
from banding_portal.commands import RefusedCommandError
from tests.factories import PupilFactory

pytestmark = pytest.mark.django_db

ARGUMENTS = {
    "code": "autumn-2026",
    "name": "Autumn 2026",
    "kind": "exercise",
    "framework": "test-framework",
    "sectors": "mainstream, special",
    "reference-date": "2026-10-01",
    "opens": "2026-10-05",
    "deadline": "2026-11-30",
}


def run(**given):
    out = StringIO()
    words = [f"--{name}={value}" for name, value in (ARGUMENTS | given).items()]
    try:
        call_command("open_collection", *words, "--json", stdout=out)
    finally:
        printed = json.loads(out.getvalue() or "null")
    return printed


def test_command_counts_returns_and_pupils(framework, school):
    PupilFactory(school=school)
    PupilFactory(school=school)
    assert run() == {"collection": "autumn-2026", "returns": 1, "pupils": 2}
    assert Collection.objects.get().sectors == ["mainstream", "special"]


@pytest.mark.parametrize(
    "given", [{"framework": "nothing"}, {"sectors": "zoo"}, {"deadline": "2026-10-01"}]
)
def test_command_refuses_and_makes_nothing(framework, given):
    with pytest.raises(RefusedCommandError):
        run(**given)
    assert Collection.objects.count() == 0


@pytest.mark.parametrize("given", [{"kind": "thing"}, {"deadline": "30/11/2026"}])
def test_wrong_usage_is_said(framework, given):
    with pytest.raises(CommandError) as told:
        run(**given)
    assert not isinstance(told.value, RefusedCommandError)


def test_command_lists_every_problem_at_once(db):
    given = {"code": "Autumn 2026", "name": " ", "framework": "nothing", "sectors": "zoo,farm"}
    problems = refused(**given, deadline="2026-11-18", opens="2026-11-20")
    starts = [
        "There is no framework",
        "The code must",
        "The name must",
        "Sectors are",
        "The deadline",
    ]
    assert [p.startswith(s) for p, s in zip(problems, starts, strict=True)] == [True] * 5
    assert problems[3].endswith("You gave zoo, farm.")


@pytest.mark.parametrize(
    "given", [{"code": "a b"}, {"code": ""}, {"name": ""}, {"name": "x" * 121}]
)
def test_command_refuses_bad_names(framework, given):
    with pytest.raises(RefusedCommandError):
        run(**given)
    assert Collection.objects.count() == 0


def refused(**given):
    """The problems it lists."""
    out = StringIO()
    words = [f"--{name}={value}" for name, value in (ARGUMENTS | given).items()]
    with pytest.raises(RefusedCommandError):
        call_command("open_collection", *words, "--json", stdout=out)
    return json.loads(out.getvalue())["problems"]


def test_deadline_that_has_passed_is_warned_of(framework, school, capsys):
    PupilFactory(school=school)
    assert run(deadline="2026-11-16")["returns"] == 1
    assert capsys.readouterr().err == (
        "The deadline, 16 November 2026, has passed already: "
        "no school can submit unless it is given more time.\n"
    )


def test_deadline_of_today_is_not_late(framework, school, capsys):
    PupilFactory(school=school)
    assert run(deadline="2026-11-17")["returns"] == 1
    assert capsys.readouterr().err == ""
