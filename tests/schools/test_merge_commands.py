"""`check_duplicates` and `merge_pupils`."""

import json

import pytest
from django.core.management import CommandError, call_command

from banding_portal.roles import Role
from schools.models import Pupil
from tests.factories import PupilFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return [PupilFactory(surname="Twinned", reference=each) for each in ("K-1", "D-1")]


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def run(capsys, *arguments):
    call_command(*arguments)
    return capsys.readouterr().out


def test_pairs_are_listed(pair, capsys):
    said = run(capsys, "check_duplicates")
    assert "K-1" in said
    assert "D-1" in said


def test_none_is_said(capsys):
    assert "No two records" in run(capsys, "check_duplicates")


def test_pairs_as_json(pair, capsys):
    [each] = json.loads(run(capsys, "check_duplicates", "--json"))["pairs"]
    assert sorted(each["references"]) == ["D-1", "K-1"]


def merge(*more, kept="K-1", dropped="D-1", user):
    call_command("merge_pupils", kept, dropped, "--reason", "Same form", "--user", user, *more)


def test_two_are_merged(pair, officer, capsys):
    merge(user=officer.email)
    assert "D-1 is merged into K-1." in capsys.readouterr().out
    assert Pupil.objects.get() == pair[0]


def test_facts_are_taken(pair, officer):
    merge("--take", "reference", user=officer.email)
    assert Pupil.objects.get().reference == "D-1"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kept": "X"}, "no pupil X"),
        ({"dropped": "K-1"}, "one and the same"),
        ({"user": "nobody@example.org"}, "nobody with the address"),
    ],
)
def test_what_cannot_be_is_refused(pair, officer, capsys, given, said):
    with pytest.raises((CommandError, SystemExit)):
        merge(**{"user": officer.email, **given})
    out = capsys.readouterr()
    assert said in out.out + out.err
    assert Pupil.objects.count() == 2


def test_only_an_officer_merges(pair, capsys):
    with pytest.raises((CommandError, SystemExit)):
        merge(user=person(Role.AUDITOR).email)
    assert Pupil.objects.count() == 2
