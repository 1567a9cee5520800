"""What is typed on screen stands in place of cells of the file (rules.md T3)."""

import pytest

from banding_portal.files.cells import Row, Sheet, column_letter, column_place
from banding_portal.files.mending import Mend, mended_sheet

SHEET = Sheet(
    "Pupils", (Row(1, ("Surname", "Own", "Band")), Row(4, ("Khan", "x")), Row(5, ("Lowe",)))
)


def cells(*mends, sheet=SHEET):
    return {row.number: row.values for row in mended_sheet(sheet, mends).rows[1:]}


def test_cell_says_what_was_typed_even_beyond_the_end_of_its_row():
    assert cells(Mend("pupils", 4, "C", " B ")) == {4: ("Khan", "x", "B"), 5: ("Lowe",)}


def test_cell_that_was_emptied_is_blank():
    assert cells(Mend("Pupils", 4, "A", " "))[4] == (None, "x")


def test_last_word_on_a_cell_holds():
    assert cells(Mend("Pupils", 5, "A", "Low"), Mend("Pupils", 5, "A", "Lowe, F"))[5] == (
        "Lowe, F",
    )


def test_row_is_left_out():
    assert cells(Mend("Pupils", 4)) == {5: ("Lowe",)}


def test_another_sheet_stays():
    assert mended_sheet(SHEET, [Mend("Joiners", 4)]) is SHEET


def test_only_columns_that_were_kept_are_there_to_be_mended():
    kept = Sheet("Pupils", (SHEET.rows[0], Row(4, ("Khan", "A"))), kept=(0, 2))
    mends = (Mend("Pupils", 4, "C", "B"), Mend("Pupils", 4, "B", "no"))
    assert cells(*mends, sheet=kept) == {4: ("Khan", "B")}


@pytest.mark.parametrize("place", [0, 25, 26, 701, 702])
def test_letter_and_place_of_a_column_are_one(place):
    assert column_place(column_letter(place)) == place
