"""Headings and values of an authority's own, once somebody has said what they mean (T5)."""

import pytest

from banding_portal.files.cells import Row, Sheet
from banding_portal.files.columns import Column
from banding_portal.files.kinds import BadValueError, Choice, OneOf
from banding_portal.files.own_words import (
    OwnWord,
    UnknownHeading,
    likely_columns,
    unknown_headings,
    unknown_values,
    with_own_words,
)
from banding_portal.files.tables import Table

NEED = OneOf([Choice("ASD", "ASD", ("Autistic spectrum disorder",)), Choice("HI", "HI")])
COLUMNS = (Column("surname", "surname"), Column("need", "primary_need", NEED), Column("upn", "upn"))


def sheet(*rows):
    return Sheet("Pupils", tuple(Row(at, tuple(row)) for at, row in enumerate(rows, start=1)))


def test_explained_heading_and_value_are_read_like_our_own():
    words = [OwnWord("surname", "Family name"), OwnWord("need", "Autism", "ASD")]
    columns = with_own_words(COLUMNS, words)
    table = Table.of(sheet(("FAMILY_NAME", "primary_need", "upn"), ("Khan", "autism", "")), columns)
    [line] = table.lines
    assert (line["surname"], line["need"], table.issues) == ("Khan", "ASD", [])


def test_word_of_one_column_is_not_understood_in_another():
    _, need, _ = with_own_words(COLUMNS, [OwnWord("surname", "Autism", "ASD")])
    with pytest.raises(BadValueError):
        need.kind.read("Autism")


def test_unknown_headings_come_with_their_first_different_values():
    given = sheet(
        ("surname", "Family name", "Notes"),
        ("Khan", "Lowe", None),
        ("Oduya", "Lowe", None),
        ("Park", 7, None),
    )
    assert unknown_headings(given, COLUMNS) == [
        UnknownHeading("Family name", ["Lowe", "7"]),
        UnknownHeading("Notes", []),
    ]


def test_unknown_values_are_only_those_of_a_list_of_choices():
    def problem(message, heading, value):
        return {"message": message, "heading": heading, "value": value}

    problems = [
        problem("Enter", "primary_need", "Autism"),
        problem("This is not a date. Enter", "primary_need", "Autism"),
        problem("Enter", "surname", "Khan"),
        problem("Enter", "primary_need", "Autism"),
    ]
    [found] = unknown_values(problems, COLUMNS)
    assert (found.column.key, found.text, found.rows) == ("need", "Autism", 2)


def test_likely_column_is_proposed_once_and_never_by_force():
    headings = ["Need (primary)", "Primary need code", "Shoe size"]
    assert likely_columns(headings, COLUMNS) == {"Primary need code": "need"}
