"""Reading the register's CSV files (rules.md S2)."""

import datetime as dt

import pytest

from schools.register_files import read_links, read_schools
from tests.schools.register_files import HEADINGS, as_csv, link_row, links_csv, school_row

GOOD = school_row(
    100001,
    "St George’s School",
    OpenDate="01-09-2020",
    UKPRN="10012345",
    **{"EstablishmentNumber": "21", "Trusts (name)": "Alder Trust"},
)


def places(found):
    return [(i.row, i.column, i.heading, i.value) for i in found.issues]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_school_is_read_in_each_encoding(encoding):
    found = read_schools(as_csv([GOOD], encoding=encoding))
    assert found.issues == []
    assert found.rows == [
        {
            "urn": "100001",
            "la_code": "999",
            "establishment_number": "0021",
            "name": "St George’s School",
            "type_code": 1,
            "type_name": "Community school",
            "type_group_code": 4,
            "status": "open",
            "opened_on": dt.date(2020, 9, 1),
            "closed_on": None,
            "phase": "Primary",
            "low_age": 4,
            "high_age": 11,
            "ukprn": "10012345",
            "trust": "Alder Trust",
            "town": "",
            "postcode": "",
            "sector": "mainstream",
        }
    ]


def test_columns_in_another_order_with_others_between_are_found():
    headings = ["Something new", *reversed(HEADINGS), "OfstedRating (name)"]
    assert read_schools(as_csv([GOOD], headings)).rows == read_schools(as_csv([GOOD])).rows


@pytest.mark.parametrize(
    "heading", [h for h in HEADINGS[:15] if h != "LA (name)"], ids=lambda h: h.split()[0]
)
def test_missing_column_is_named(heading):
    found = read_schools(as_csv([GOOD], [h for h in HEADINGS if h != heading]))
    assert [i.message for i in found.issues] == [f"The column “{heading}” is missing."]


def test_missing_optional_column_leaves_its_field_out():
    found = read_schools(as_csv([GOOD], [h for h in HEADINGS if h != "Town"]))
    assert (found.issues, "town" in found.rows[0]) == ([], False)


def test_column_twice_is_refused():
    found = read_schools(as_csv([GOOD], [*HEADINGS, "URN"]))
    assert [i.message for i in found.issues] == [
        "The column “URN” is there twice: also in A. Remove one."
    ]


@pytest.mark.parametrize(
    ("heading", "value", "letter"),
    [
        ("URN", "12345", "A"),
        ("LA (code)", "Essex", "B"),
        ("EstablishmentName", "", "E"),
        ("EstablishmentStatus (code)", "9", "I"),
        ("OpenDate", "31-02-2020", "J"),
        ("CloseDate", "2020-01-32", "K"),
        ("StatutoryLowAge", "four", "N"),
        ("UKPRN", "1x", "P"),
        ("Postcode", "CM1 1AA CM1 1AA", "S"),
    ],
)
def test_bad_value_is_told_with_row_column_and_value(heading, value, letter):
    found = read_schools(as_csv([GOOD, school_row(100002, **{heading: value})]))
    assert places(found) == [(3, letter, heading, value)]


def test_every_problem_is_told_at_once():
    rows = [school_row("x", OpenDate="soon"), GOOD, school_row(100001), school_row("y")]
    assert places(read_schools(as_csv(rows))) == [
        (2, "A", "URN", "x"),
        (2, "J", "OpenDate", "soon"),
        (4, "A", "URN", "100001"),
        (5, "A", "URN", "y"),
    ]


def test_same_urn_twice_names_the_first_row():
    found = read_schools(as_csv([GOOD, GOOD]))
    assert [i.message for i in found.issues] == ["Row 2 has this already."]


def test_row_with_too_few_values_is_refused():
    found = read_schools(as_csv([GOOD]) + b"100002,999,Westmere\r\n")
    assert [(i.row, i.message) for i in found.issues] == [
        (3, "This row has 3 values where the heading has 19.")
    ]


@pytest.mark.parametrize("content", [b'URN,"un', b"\xff\xfe\x00\xd8", b"PK\x03\x04\x81"])
def test_file_that_is_no_csv_is_refused(content):
    found = read_schools(content)
    [issue] = found.issues
    assert (issue.sheet, "csv" in issue.message.lower()) == ("Register", True)


def test_empty_file_is_said_to_be_one():
    assert [i.message for i in read_schools(b"").issues] == ["The file is empty."]
    assert len(read_schools(b"x\r\n").issues) == 14


def test_headings_match_in_any_case_and_the_others_are_named():
    found = read_schools(
        as_csv([GOOD], [h for h in HEADINGS if h != "Town"]).replace(b"URN", b"urn ")
    )
    assert (found.issues, found.ignored) == ([], ["LA (name)"])


@pytest.mark.parametrize("text", ["01-09-1842", "1/9/1842", "1842-09-01"])
def test_old_school_keeps_its_date(text):
    [row] = read_schools(as_csv([school_row(100002, OpenDate=text)])).rows
    assert row["opened_on"] == dt.date(1842, 9, 1)


def test_la_code_keeps_only_that_authority():
    rows = [GOOD, school_row(100002, **{"LA (code)": "881"})]
    assert [r["urn"] for r in read_schools(as_csv(rows), la_code="881").rows] == ["100002"]


def test_type_without_a_sector_is_counted():
    centre = {"PhaseOfEducation (code)": "0", "TypeOfEstablishment (name)": "Children's centre"}
    found = read_schools(as_csv([GOOD, school_row(100002, **centre)]))
    assert ([r["urn"] for r in found.rows], found.without_sector) == (
        ["100001"],
        {"Children's centre": 1},
    )


def test_links_are_read_once_each():
    row = link_row(100001, 100002)
    found = read_links(links_csv(row, row, link_row(100002, 100001, "Predecessor", on="")))
    assert [(r["urn"], r["kind"], r["established_on"]) for r in found.rows] == [
        ("100001", "Successor", dt.date(2026, 9, 1)),
        ("100002", "Predecessor", None),
    ]


def test_links_without_a_kind_are_refused():
    assert places(read_links(links_csv(link_row(100001, 100002, "")))) == [(2, "D", "LinkType", "")]
