"""A column pasted into the grid: as Excel copies it, cell by cell, and never lost (B5)."""

import csv
import html
import io
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from banding.choices import PupilChange
from banding.grid.rules import in_one_line, pasted_rows
from banding.models import BandDecision
from tests.banding.helpers import decide
from tests.banding.test_grid import _plain_http, cells, drafts, key, rows, senco, url
from tests.pages import flat

__all__ = ["_plain_http", "rows", "senco"]
pytestmark = pytest.mark.django_db
TEXTS = st.text(st.sampled_from('ab" \t\r\n,1’é'), max_size=12)


def tidy(column):
    return [in_one_line(text) for text in column]


def first_cells(text):
    return [in_one_line(row[0]) for row in pasted_rows(text)]


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_column_that_is_quoted_as_in_csv_comes_back_cell_by_cell(column):
    file = io.StringIO()
    csv.writer(file, "excel-tab").writerows([text] for text in column)
    assert first_cells(file.getvalue()) == tidy(column)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_column_copied_by_excel_comes_back_cell_by_cell(column):
    """Excel quotes only a cell with a line break or a tab; Alt and Enter put in a line feed."""
    column = [text.replace("\r", "") for text in column]
    assume(not any(text.startswith('"') for text in column))
    copied = [
        '"' + text.replace('"', '""') + '"' if set(text) & {"\t", "\n"} else text for text in column
    ]
    assert first_cells("".join(f"{text}\r\n" for text in copied)) == tidy(column)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("A\r\nB\n\nC\n", [["A"], ["B"], [""], ["C"]]),
        ("\r\n\r\n", [[""], [""]]),
        ("A\tmore\nB", [["A", "more"], ["B"]]),
        ('"one\ntwo"\n"say ""hi"""', [["one\ntwo"], ['say "hi"']]),
        (
            '"Hello" he said\n"whole"\n"open\nB',
            [['"Hello" he said'], ['"whole"'], ['"open'], ["B"]],
        ),
    ],
)
def test_cells_are_read_as_they_were_copied(text, cells):
    assert pasted_rows(text) == cells


def boxed(text):
    """What a browser has of the box: it drops a line break right after the tag."""
    return html.unescape(re.search(r"<textarea[^>]*>\n?([^<]*)</textarea>", text)[1])


def paste(senco, rows, text, column="band", **more):
    given = {"do": "paste", "paste_into": column, "pasted": text} | more
    sent = cells(rows[0]) | cells(rows[1]) | cells(rows[2])
    return senco.post(url(rows[0]), sent | given).content.decode()


def test_reason_of_two_lines_stays_beside_its_pupil(senco, rows):
    text = flat(paste(senco, rows, '"One\nline"\nTwo\nThree\n', "reason"))
    shown = [re.search(f'name="{key(row)}-reason" value="([^"]*)"', text)[1] for row in rows]
    assert shown == ["One line", "Two", "Three"]


def test_empty_cells_at_the_end_empty_theirs(senco, rows):
    sent = cells(rows[0], "2", "1", "B") | cells(rows[1], "", "", "B") | cells(rows[2], "", "", "B")
    given = {"do": "paste", "paste_into": "band", "pasted": "A\r\n\r\n\r\n"}
    text = flat(senco.post(url(rows[0]), sent | given).content.decode())
    shown = [re.search(f'name="{key(row)}-band" value="([^"]*)"', text)[1] for row in rows]
    assert shown == ["A", "", ""]
    assert "3 cells pasted." in text


def test_empty_lines_below_the_last_pupil_are_nothing(senco, rows):
    assert "3 cells pasted." in paste(senco, rows, "A\nB\nC\n\n\n")


def test_first_cell_that_is_empty_is_kept_in_the_box(senco, rows):
    text = paste(senco, rows, "\r\nA\r\nB\r\nC\r\n")
    assert boxed(text).split() == ["A", "B", "C"]
    assert boxed(text).startswith(("\n", "\r"))


def test_several_columns_are_refused(senco, rows):
    text = paste(senco, rows, "A\t\nB\tBecause\n")
    assert "You pasted several columns. Copy the cells of one" in text


@pytest.mark.parametrize("do", ["save", "draft", ""])
def test_saving_does_not_drop_what_is_pasted_and_not_put_in(do, senco, rows):
    sent = cells(rows[0], "2", "1", "B") | {"pasted": "A\nB", "paste_into": "band", "do": do}
    text = flat(senco.post(url(rows[0]), sent).content.decode())
    assert "not in its column yet, so nothing has been saved" in text
    assert f'name="{key(rows[0])}-level_cl" value="2"' in text
    assert (boxed(text).split(), drafts()) == (["A", "B"], {})
    senco.post(url(rows[0]), sent | {"pasted": " \n"})
    assert drafts() == {rows[0].pk: "B"}


def test_reason_too_long_is_refused_beside_its_cell(senco, rows):
    sent = cells(rows[0], "2", "1", "C", "x" * 4001)
    text = senco.post(url(rows[0]), sent).content.decode()
    assert "This is too long. Enter at most 4,000 characters" in text
    senco.post(url(rows[0]), cells(rows[0], "2", "1", "C", "x" * 4000))
    assert drafts() == {rows[0].pk: "C"}


def test_reason_of_several_lines_stays_so_when_another_cell_changes(senco, rows):
    decide(rows[0], senco.user, code="C", difference_reason="One\nTwo")
    shown = ("2", "1", "C", "One Two")
    text = flat(senco.get(url(rows[0])).content.decode())
    assert 'value="One Two"' in text
    sent = cells(rows[0], *shown, version=1, before=shown)
    assert "Nothing had changed." in senco.post(url(rows[0]), sent, follow=True).content.decode()
    senco.post(url(rows[0]), cells(rows[0], "2", "1", "A", "One Two", version=1, before=shown))
    draft = BandDecision.objects.get()
    assert (draft.band.code, draft.difference_reason) == ("A", "One\nTwo")


def test_pasted_column_fills_the_cells_and_saves_nothing(senco, rows):
    given = {"do": "paste", "paste_into": "band", "pasted": "A\nG\n"}
    text = senco.post(url(rows[0]), cells(rows[0]) | given).content.decode()
    assert f'name="{key(rows[0])}-band" value="A"' in flat(text)
    assert "2 cells pasted. Nothing is saved yet." in text
    sent = cells(rows[0], "2", "1", "A") | cells(rows[1], "2", "1", "G")
    assert "“G” is not a band" in senco.post(url(rows[0]), sent).content.decode()
    assert drafts() == {}


def test_pasted_lines_stay_beside_their_pupils_where_one_is_not_banded(senco, rows):
    account = {"change": PupilChange.NOT_OURS, "change_reason": "Moved"}
    type(rows[1]).objects.filter(pk=rows[1].pk).update(**account)
    given = {"do": "paste", "paste_into": "band", "pasted": "A\nB\nC"}
    text = flat(senco.post(url(rows[0]), given).content.decode())
    assert f'name="{key(rows[0])}-band" value="A"' in text
    assert f'name="{key(rows[2])}-band" value="C"' in text
    assert f"2 cells pasted. Left out for {rows[1].pupil}. Nothing is saved yet." in text


def test_too_many_pasted_lines_and_no_column_are_refused(senco, rows):
    given = {"do": "paste", "paste_into": "band", "pasted": "Band\nA\nB\nC"}
    text = senco.post(url(rows[0]), given).content.decode()
    assert "You pasted 4 cells for 3 pupils. Leave the heading out" in text
    given |= {"paste_into": "name", "pasted": "A"}
    assert "Choose the column to paste into" in senco.post(url(rows[0]), given).content.decode()
