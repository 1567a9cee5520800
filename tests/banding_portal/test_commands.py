"""What commands print and how they end."""

import argparse
import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from banding_portal.commands import (
    PortalCommand,
    RefusedCommandError,
    a_date,
    readable_file,
    writable_file,
    writing,
)
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


TOO_LONG = f"/tmp/{'x' * 300}.csv"


@pytest.mark.parametrize("text", ["/nowhere/at/all.csv", "/tmp", "", TOO_LONG])
def test_path_that_cannot_be_read_or_written_is_wrong_usage(text):
    with pytest.raises(argparse.ArgumentTypeError, match="There is no file"):
        readable_file(text)
    with pytest.raises(argparse.ArgumentTypeError, match=f"^“{text}” cannot be written: "):
        writable_file(text)


def test_asking_whether_a_file_can_be_written_leaves_things_as_they_are(tmp_path):
    there, new = tmp_path / "there.csv", tmp_path / "new.csv"
    there.write_text("kept")
    assert (writable_file(str(there)), writable_file(str(new))) == (there, new)
    assert there.read_text() == "kept"
    assert not new.exists()


def test_file_that_cannot_be_finished_is_refused(tmp_path):
    said = "full.csv cannot be written: No space left on device"
    with pytest.raises(RefusalError, match=said), writing(Path("full.csv")):
        raise OSError(28, "No space left on device")


def test_day_is_read_as_it_is_documented():
    assert a_date("2026-11-30") == dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13-01", "2026-02-30", "30/11/2026", "20261130", "2026-W48-1", "２０２６-11-30"],
)
def test_any_other_day_is_wrong_usage(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is not a date like 2026-11-30"):
        a_date(text)
