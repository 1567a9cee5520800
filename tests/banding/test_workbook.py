"""The workbook a school gets (rules.md T1, T2, T9; quality.md Q7, Q23)."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from banding.choices import CombineKind
from banding.frameworks.suggestion import Area, Band, FrameworkRules, Level
from banding.templates_io.workbooks.columns import TemplateMark, pupil_columns
from banding.templates_io.workbooks.guidance import TemplateContent
from banding.templates_io.workbooks.writing import workbook_of
from banding_portal.files.kinds import BadValueError

FRAMEWORK = FrameworkRules(
    kind=CombineKind.HIGHEST_NEED,
    areas=[Area("cl", "Cognition and learning", [Level("0", 0), Level("1", 1)])],
    bands=[Band("A", 1, "Band A", "Low, mostly met"), Band("B", 2, "Band B")],
)
WORDS = [
    ("Cognition and learning", "Level 0", "Zero."),
    ("Cognition and learning", "Level 1", "One."),
    ("Bands", "Band A", "Low"),
    ("Bands", "Band B", ""),
    ("Bands", "Between two bands", "The higher one."),
]
MARK = TemplateMark("autumn", "900001", 3, "ab12")
AMIRA = {
    "surname": "Khan",
    "forename": "Amira",
    "upn": "0123456789012",
    "date_of_birth": dt.date(2018, 3, 4),
    "year_group": 3,
    "area:cl": "1",
    "band": "A",
    "change_date": dt.date(2026, 1, 31),
    "key": "key-1",
}


CONTENT = TemplateContent(
    MARK, "Autumn", "Alderbrook", dt.date(2026, 11, 30), "Test framework", FRAMEWORK, WORDS
)


def content_with(*pupils):
    return workbook_of(CONTENT, pupils)


def book_of(*pupils):
    return load_workbook(io.BytesIO(content_with(*pupils)))


def cells_of(sheet, row=2):
    return {heading.value: cell for heading, cell in zip(sheet[1], sheet[row], strict=True)}


def test_workbook_has_its_sheets_and_each_starts_at_a1():
    book = book_of(AMIRA)

    assert book.sheetnames == ["Pupils", "Joiners", "Guidance"]
    assert [sheet["A1"].value for sheet in book] == ["Surname", "Surname", "Part"]
    assert [sheet.merged_cells.ranges for sheet in book] == [set(), set(), set()]


def test_every_sheet_prints_on_a4_landscape_with_its_headings():
    for sheet in book_of(AMIRA):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_headings_stay_in_sight():
    assert [sheet.freeze_panes for sheet in book_of(AMIRA)] == ["C2", "C2", "A2"]


def test_pupil_is_filled_in_and_typed():
    cells = cells_of(book_of(AMIRA)["Pupils"])

    given = {heading: cell.value for heading, cell in cells.items() if cell.value is not None}
    assert given == {
        "Surname": "Khan",
        "Forename": "Amira",
        "UPN": "0123456789012",
        "Date of birth": dt.datetime(2018, 3, 4),  # noqa: DTZ001
        "Year": 3,
        "Cognition and learning": "1",
        "Band": "A",
        "Date of change": dt.datetime(2026, 1, 31),  # noqa: DTZ001
        "Row of the answers": "key-1",
        "Row": "key-1",
        "Template": "autumn/900001/3/ab12",
    }
    assert cells["UPN"].number_format == "@"
    assert cells["Date of birth"].number_format == "DD/MM/YYYY"


def test_rows_can_be_sorted_and_filtered_and_headings_stay():
    for name in ("Pupils", "Joiners"):
        sheet = book_of(AMIRA)[name]
        allowed = sheet.protection
        assert (allowed.sheet, allowed.sort, allowed.autoFilter) == (True, False, False)
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.protection.locked for cell in sheet[1])
        # Excel sorts no locked cell.
        assert not any(cell.protection.locked for row in sheet.iter_rows(2) for cell in row)


def test_typing_over_what_is_given_is_refused_or_asked_about():
    sheet = book_of(AMIRA)["Pupils"]
    heading = {cell.column_letter: cell.value for cell in sheet[1]}
    given = {
        heading[str(rule.sqref)[0]]: rule.errorStyle
        for rule in sheet.data_validations.dataValidation
        if rule.formula1 == "FALSE"
    }
    asked = dict.fromkeys(("Surname", "Forename", "UPN", "Date of birth"), "warning")
    refused = ("Pupil reference", "Year", "Need", "Plan", "Last band", "Row")
    assert given == asked | dict.fromkeys((*refused, "Row of the answers", "Template"))


def test_there_is_room_for_as_many_joiners_as_a_file_may_have():
    sheet = book_of(AMIRA)["Joiners"]
    assert not sheet.column_dimensions["A"].protection.locked
    ranges = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert {each.partition(":")[2][1:] for each in ranges} == {"2001"}


def test_what_is_still_to_decide_is_tinted():
    sheet = book_of(AMIRA)["Pupils"]
    tinted = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
    assert tinted == {
        "J2": ['AND($R2<>"",$O2="",J2="")'],
        "K2": ['AND($R2<>"",$O2="",K2="")'],
    }


def test_key_and_mark_are_hidden():
    sheet = book_of(AMIRA)["Pupils"]
    hidden = [letter for letter, shape in sheet.column_dimensions.items() if shape.hidden]
    assert [sheet[f"{letter}1"].value for letter in hidden] == [
        "Row of the answers",
        "Row",
        "Template",
    ]


def test_choices_are_offered_as_lists():
    sheet = book_of(AMIRA, AMIRA)["Pupils"]
    lists = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {
        "J2:J3": '"0,1"',
        "K2:K3": "Guidance!$E$1:$E$2",
        "O2:O3": '"Left,Not our pupil,Staying on,Needs no band"',
    }


def test_list_of_bands_shows_their_words_which_are_read_back():
    guidance = book_of(AMIRA)["Guidance"]
    shown = [guidance["E1"].value, guidance["E2"].value]
    assert shown == ["A: Low, mostly met", "B"]
    assert guidance.column_dimensions["E"].hidden
    assert guidance.auto_filter.ref.startswith("A1:C")
    kind = next(c.kind for c in pupil_columns(FRAMEWORK) if c.key == "band")
    read = [kind.read(text) for text in (*shown, "a", "Band A", "a: words of another day")]
    assert read == ["A", "B", "A", "A", "A"]


@pytest.mark.parametrize("text", ["C: Low, mostly met", "Low, mostly met", ": A"])
def test_words_of_no_band_are_refused(text):
    kind = next(c.kind for c in pupil_columns(FRAMEWORK) if c.key == "band")
    with pytest.raises(BadValueError):
        kind.read(text)


def test_descriptors_are_within_reach_of_every_row():
    book = book_of(AMIRA)
    sheet = book["Pupils"]
    cells = {cell.value: cell for cell in sheet[1]}
    area, band = cells["Cognition and learning"], cells["Band"]
    assert area.comment.text == "Level 0: Zero.\nLevel 1: One."
    assert band.comment.text == "Band A: Low\nBetween two bands: The higher one."
    found = book["Guidance"][area.hyperlink.location.partition("!")[2]]
    assert (found.value, found.offset(0, 1).value) == ("Cognition and learning", "Level 0")
    assert cells["Reason"].comment is None
    rules = {str(each.sqref): each.prompt for each in sheet.data_validations.dataValidation}
    assert rules["J2"] == "Level 0: Zero.\nLevel 1: One."


def test_descriptors_too_long_for_a_cell_stay_in_the_note():
    words = [("Cognition and learning", f"Level {code}", "x" * 9_000) for code in (0, 1)]
    content = workbook_of(replace(CONTENT, words=words), [AMIRA])
    sheet = load_workbook(io.BytesIO(content))["Pupils"]
    [prompt] = [
        each.prompt
        for each in sheet.data_validations.dataValidation
        if str(each.sqref).startswith("J2")
    ]
    assert prompt.endswith("The heading has the descriptors as a note.")
    [heading] = [cell for cell in sheet[1] if cell.value == "Cognition and learning"]
    assert len(heading.comment.text) > 18_000


def test_workbook_without_pupils_carries_its_mark():
    cells = cells_of(book_of()["Pupils"])
    assert {h: c.value for h, c in cells.items() if c.value} == {"Template": str(MARK)}


def test_guidance_explains_every_column_and_level():
    rows = [tuple(cell.value for cell in row[:3]) for row in book_of(AMIRA)["Guidance"].iter_rows()]

    assert rows[0] == ("Part", "Item", "What it means")
    assert ("This template", "Template version", "3") in rows
    assert ("Cognition and learning", "Level 1", "One.") in rows
    assert ("Bands", "Between two bands", "The higher one.") in rows
    explained = {item for part, item, _ in rows if part == "Pupils sheet"}
    assert explained == {c.heading for c in pupil_columns(FRAMEWORK) if not c.given}
    assert [row for row in rows if not row[2]] == [("Bands", "Band B", None)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1234", "-1", "@name", '=HYPERLINK("x")', "#REF!", " =1", "\tx", "'x"]
)
def test_text_is_written_as_text(text):
    cell = cells_of(book_of(AMIRA | {"rationale": text})["Pupils"])["Rationale"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_are_left_out():
    cell = cells_of(book_of(AMIRA | {"rationale": "a\x00b\x0bc"})["Pupils"])["Rationale"]
    assert cell.value == "abc"


def test_mark_is_read_back():
    assert TemplateMark.parse(f" {MARK} ") == MARK


@pytest.mark.parametrize(
    "text", ["", "autumn/900001/3", "autumn/900001/x/ab", "a/b/²/c", "a/b/-1/c"]
)
def test_text_that_is_no_mark_is_none(text):
    assert TemplateMark.parse(text) is None
