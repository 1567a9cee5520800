"""Faults of a caseload file: each is told with row, column and value, and nothing is changed."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from banding.caseload.columns import LIMITS
from banding.caseload.services import import_caseload
from banding.models import BandDecision
from schools.models import Placement, Plan, Pupil
from tests.banding.caseload_files import HEADINGS, as_csv, as_xlsx, caseload_row, upn
from tests.factories import FrameworkFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
ROW_2 = 2


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    FrameworkFactory()


def run(content, filename="caseload.csv", **more):
    with transaction.atomic():
        result = import_caseload(
            lambda done, total: None, filename=filename, content=content, **more
        )
        if result.issues:
            transaction.set_rollback(True)
    return result


def faults(*rows):
    """(row, heading, value) of every problem; nothing may have been written."""
    issues = run(as_csv(rows)).issues
    assert [model.objects.count() for model in (Pupil, Placement, Plan, BandDecision)] == [0] * 4
    return [(issue.row, issue.heading, issue.value) for issue in issues]


def sentence(*rows):
    return " ".join(issue.message for issue in run(as_csv(rows)).issues)


def test_unknown_school_is_refused():
    assert faults(caseload_row(school_urn="123456")) == [(ROW_2, "school_urn", "123456")]


def test_bad_urn_is_refused():
    assert faults(caseload_row(school_urn="12")) == [(ROW_2, "school_urn", "12")]


def test_bad_upn_is_refused_once():
    wrong = "A" + upn(1)[1:] if upn(1)[0] != "A" else "B" + upn(1)[1:]
    assert faults(caseload_row(upn=wrong)) == [(ROW_2, "upn", wrong)]


@pytest.mark.parametrize("given", ["31/02/2026", "2026-13-01", "31/02/26", "soon", "46266"])
def test_bad_date_is_refused(given):
    row = caseload_row(placement_start=given)
    assert faults(row) == [(ROW_2, "placement_start", given)]
    assert "31/01/2027" in run(as_csv([row])).issues[0].allowed


@pytest.mark.parametrize(
    ("start", "end"), [("placement_start", "placement_end"), ("plan_start", "plan_end")]
)
def test_end_before_start_is_refused(start, end):
    row = caseload_row(**{start: "2026-09-01", end: "2026-08-31"})
    assert faults(row) == [(ROW_2, end, "2026-08-31")]
    assert "before the start, 1 Sep 2026" in sentence(row)


def test_unknown_framework_is_refused_with_those_known():
    row = caseload_row(band_framework="no-such")
    assert faults(row) == [(ROW_2, "band_framework", "no-such")]
    assert "test-framework" in run(as_csv([row])).issues[0].allowed


def test_unknown_band_is_refused_with_the_framework_s_bands():
    row = caseload_row(band="Z")
    assert faults(row) == [(ROW_2, "band", "Z")]
    assert run(as_csv([row])).issues[0].allowed == "Its bands are A, B, C."


def test_two_upns_for_one_pupil_are_refused():
    rows = [caseload_row(), caseload_row(upn=upn(2), placement_start="2026-09-01")]
    assert faults(*rows) == [(3, "upn", upn(2))]
    assert "two UPNs" in sentence(*rows)


def test_two_upns_are_refused_with_an_empty_one_between():
    later = {"placement_start": "2026-09-01"}
    rows = [caseload_row(upn=""), caseload_row(), caseload_row(upn=upn(2), **later)]
    assert faults(*rows) == [(4, "upn", upn(2))]


def test_one_upn_for_two_pupils_is_refused():
    rows = [caseload_row(1), caseload_row(2, upn=upn(1))]
    assert faults(*rows) == [(3, "upn", upn(1))]
    assert "999-1 in row 2" in sentence(*rows)


def test_upn_of_another_pupil_in_the_portal_is_refused():
    PupilFactory(reference="999-7", upn=upn(1))
    (issue,) = run(as_csv([caseload_row(1)])).issues
    assert (issue.row, issue.heading, issue.value) == (ROW_2, "upn", upn(1))
    assert "999-7’s" in issue.message
    assert Pupil.objects.count() == 1


@pytest.mark.parametrize(
    ("heading", "other"),
    [
        ("surname", "Other"),
        ("forename", "Ben"),
        ("date_of_birth", "2018-03-05"),
        ("responsible_la", "919"),
    ],
)
def test_rows_of_one_pupil_must_agree(heading, other):
    rows = [caseload_row(), caseload_row(placement_start="2026-09-01", **{heading: other})]
    assert faults(*rows) == [(3, heading, other)]
    assert "Row 2 says" in sentence(*rows)


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("placement_end", "2026-01-01", "2026-02-01"),
        ("plan_end", "", "2026-02-01"),
        ("band", "A", "B"),
    ],
)
def test_same_period_told_twice_differently_is_refused(heading, first, second):
    rows = [caseload_row(**{heading: first}), caseload_row(**{heading: second})]
    assert faults(*rows) == [(3, heading, second)]


@pytest.mark.parametrize("missing", ["pupil_id", "placement_end", "band"])
def test_missing_heading_is_refused(missing):
    headings = [heading for heading in HEADINGS if heading != missing]
    (issue,) = run(as_csv([caseload_row()], headings)).issues
    assert issue.message == f"The column “{missing}” is missing."
    assert Pupil.objects.count() == 0


def test_heading_given_twice_is_refused():
    (issue,) = run(as_csv([caseload_row()], [*HEADINGS, "UPN"])).issues
    assert (issue.row, issue.column) == (1, "R")
    assert "there twice: also in B" in issue.message


@pytest.mark.parametrize(
    ("heading", "value"), [("plan_type", "Statement"), ("primary_need", "XYZ"), ("ncy", "22")]
)
def test_unknown_word_is_refused_with_what_is_allowed(heading, value):
    row = caseload_row(**{heading: value})
    assert faults(row) == [(ROW_2, heading, value)]
    assert run(as_csv([row])).issues[0].allowed


@pytest.mark.parametrize(
    "heading",
    [
        "pupil_id",
        "surname",
        "forename",
        "date_of_birth",
        "school_urn",
        "placement_start",
        "plan_type",
        "plan_start",
        "responsible_la",
    ],
)
def test_empty_required_value_is_refused(heading):
    assert faults(caseload_row(**{heading: " "})) == [(ROW_2, heading, "")]


@pytest.mark.parametrize("heading", ["band_framework", "band", "band_effective_from"])
def test_band_wants_all_three_of_its_columns(heading):
    assert faults(caseload_row(**{heading: ""})) == [(ROW_2, heading, "")]


def test_every_problem_is_told_at_once_in_the_order_of_the_sheet():
    rows = [
        caseload_row(1, school_urn="123456", date_of_birth="2018-02-30"),
        caseload_row(2, band="Z", upn="wrong", placement_end="2020-01-01"),
    ]
    assert [place[:2] for place in faults(*rows)] == [
        (2, "date_of_birth"),
        (2, "school_urn"),
        (3, "upn"),
        (3, "placement_end"),
        (3, "band"),
    ]


def test_problem_names_the_column_letter_and_the_pupil():
    (issue,) = run(as_csv([caseload_row(school_urn="123456")])).issues
    assert (issue.cell, issue.who) == ("G2", "999-1")


def test_row_numbers_are_the_file_s_own_across_empty_rows():
    content = as_csv([caseload_row(1), {}, caseload_row(2, school_urn="123456")])
    assert [issue.row for issue in run(content).issues] == [4]


def test_formula_in_a_workbook_is_refused_by_address():
    content = as_xlsx([caseload_row(placement_start="=TODAY()")])
    (issue,) = run(content, "caseload.xlsx").issues
    assert (issue.cell, issue.value) == ("H2", "=TODAY()")


def test_file_of_another_kind_is_refused():
    (issue,) = run(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "caseload.xls").issues
    assert ".xls" in issue.message


@pytest.mark.parametrize("content", [as_csv([]), b"pupil_id\n", b"\n\n"])
def test_file_without_rows_is_refused(content):
    assert run(content).issues
    assert Pupil.objects.count() == 0


def test_file_with_too_many_rows_is_refused(monkeypatch):
    limits = replace(LIMITS, max_rows=2)
    monkeypatch.setattr("banding.caseload.services.LIMITS", limits)
    (issue,) = run(as_csv([caseload_row(n) for n in range(3)])).issues
    assert issue.message == "The file has more than 2 rows. Send the rows in several files."


def test_one_wrong_row_keeps_the_right_ones_out():
    PupilFactory(reference="999-1", date_of_birth=dt.date(2018, 3, 4), surname="Before")
    rows = [caseload_row(1), caseload_row(2, school_urn="123456")]
    assert len(run(as_csv(rows)).issues) == 1
    assert [pupil.surname for pupil in Pupil.objects.all()] == ["Before"]
