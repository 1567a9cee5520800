"""What the work of a job finds, and how a refusal becomes issues."""

import pytest

from banding_portal.files.limits import RefusedFileError
from banding_portal.jobs.results import Issue, Result, lists_refusals
from banding_portal.refusals import RefusalError


@lists_refusals
def work(progress, *, wrong=None):
    if wrong:
        raise wrong
    return Result(preview={"rows": 3})


def test_work_that_is_not_refused_returns_what_it_found():
    assert work(None) == Result(preview={"rows": 3})


@pytest.mark.parametrize("kind", [RefusalError, RefusedFileError])
def test_refusal_is_an_issue_of_the_whole_file(kind):
    assert work(None, wrong=kind("The year is over.")) == Result([Issue("The year is over.")])


def test_every_problem_of_a_refusal_is_an_issue_at_its_place():
    placed = Issue("No such band.", sheet="Bands", row=3)
    found = work(None, wrong=RefusalError("The year is over.", placed))
    assert found.issues == [Issue("The year is over."), placed]


def test_other_errors_are_not_hidden():
    with pytest.raises(ZeroDivisionError):
        work(None, wrong=ZeroDivisionError())


def test_fingerprint_changes_with_preview_and_warnings_alone():
    first = Result(preview={"rows": 3})
    assert Result(preview={"rows": 3}, issues=[Issue("x")]).fingerprint == first.fingerprint
    assert Result(preview={"rows": 4}).fingerprint != first.fingerprint
    assert Result(preview={"rows": 3}, warnings=[Issue("x")]).fingerprint != first.fingerprint


def test_issue_names_its_cell():
    assert [Issue("x", column="AB", row=7).cell, Issue("x", row=7).cell, Issue("x").cell] == [
        "AB7",
        "7",
        "",
    ]
