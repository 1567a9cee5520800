"""What commands print and how they end."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from banding_portal.commands import PortalCommand, RefusedCommandError, readable_file
from banding_portal.jobs.results import Issue
from banding_portal.refusals import RefusalError


class Counting(PortalCommand):
    """Refuses when told to."""

    def add_arguments(self, parser):
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--bad", action="store_true")

    def handle(self, *, file, bad, **options):
        self.progress(1, 2)
        if bad:
            self.refuse(
                [Issue("A number is allowed.", sheet="Pupils", row=7, heading="NCY", value="x")],
                {"counted": 0},
            )
        self.done({"counted": 2}, "2 counted.")


def run(*args):
    out, err = StringIO(), StringIO()
    try:
        call_command(Counting(stdout=out, stderr=err), *args)
    finally:
        run.out, run.err = out.getvalue(), err.getvalue()
    return run.out


def test_done_prints_the_sentence():
    assert run(__file__) == "2 counted.\n"


def test_done_prints_one_json_object():
    assert json.loads(run(__file__, "--json")) == {"counted": 2}


def test_refusal_lists_each_problem_and_ends_with_1():
    with pytest.raises(RefusedCommandError) as caught:
        run(__file__, "--bad")
    assert run.err == "Pupils, row 7, NCY, x: A number is allowed.\n"
    assert (str(caught.value), caught.value.returncode) == (
        "1 problem. Nothing has been changed.",
        1,
    )


def test_refusal_as_json_keeps_the_keys():
    with pytest.raises(RefusedCommandError):
        run(__file__, "--bad", "--json")
    told = json.loads(run.out)
    assert (told["counted"], told["problems"][0]["row"]) == (0, 7)


def test_missing_file_is_wrong_usage():
    with pytest.raises(CommandError, match=r"There is no file nowhere\.csv"):
        run("nowhere.csv")


class Asking(PortalCommand):
    """Calls a service that refuses with two problems."""

    def handle(self, **options):
        raise RefusalError("The year is over.", Issue("No such band.", sheet="Bands", row=3))


def ask(*args):
    command = Asking(stdout=StringIO(), stderr=StringIO())
    with pytest.raises(RefusedCommandError) as caught:
        call_command(command, *args)
    assert (str(caught.value), caught.value.returncode) == (
        "2 problems. Nothing has been changed.",
        1,
    )
    return command.stdout.getvalue(), command.stderr.getvalue()


def test_what_a_service_refuses_is_listed_and_ends_with_1():
    assert ask() == ("", "The year is over.\nBands, row 3: No such band.\n")


def test_what_a_service_refuses_is_one_json_object():
    out, err = ask("--json")
    year, band = json.loads(out)["problems"]
    assert (year, band["message"], band["row"]) == ("The year is over.", "No such band.", 3)
    assert err == ""
