"""What commands print and how they end."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from banding_portal.commands import PortalCommand, Refused, readable_file
from banding_portal.uploads.results import Issue


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
    with pytest.raises(Refused) as caught:
        run(__file__, "--bad")
    assert run.err == "Pupils, row 7, NCY, x: A number is allowed.\n"
    assert (str(caught.value), caught.value.returncode) == (
        "1 problem. Nothing has been changed.",
        1,
    )


def test_refusal_as_json_keeps_the_keys():
    with pytest.raises(Refused):
        run(__file__, "--bad", "--json")
    told = json.loads(run.out)
    assert (told["counted"], told["problems"][0]["row"]) == (0, 7)


def test_missing_file_is_wrong_usage():
    with pytest.raises(CommandError, match=r"There is no file nowhere\.csv"):
        run("nowhere.csv")
