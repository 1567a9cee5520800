"""The quick way to read a workbook says the same as the careful one, or leaves it to that (T5)."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from banding_portal.files import reading
from banding_portal.files.cells import ErrorValue, Formula, Row
from banding_portal.files.limits import Limits, RefusedFileError
from banding_portal.files.reading import asked_of_reader, read_sheets, run_process, sheets_from
from tests.banding_portal import bad_workbooks as bad

LIMITS = Limits(max_rows=50, max_columns=8)
NINE = dt.datetime(2027, 1, 31, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zone
VALUES = {
    "text": ["Ana", " padded ", "two\nlines", "tab\there", "Zoë 🎈", "a & b < c"],
    "numbers": [7, 7.0, 7.5, 0, -3, 12_345_678_901],
    "small": [0.1, 1e-9, 1e300, 2.5e15, 123456.789],
    "truth": [True, False],
    "dates": [dt.date(2027, 1, 31), NINE, dt.time(9, 30), dt.date(1931, 5, 6)],
    "lengths": [dt.timedelta(hours=30), dt.timedelta(days=1)],
    "blanks": [None, "", "   ", "last", None],
    "codes": ["007", "1.0", "#12", "TRUE", "31/01/2027"],
}


def book_of(*rows, **places):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in places.items():
        book.active[place] = value
    return book


def way(content, *, quick, keep=(), wanted=()):
    asked = asked_of_reader(".xlsx", LIMITS, wanted, keep)
    return run_process(asked | {"quick": quick}, content)


def both(content, **options):
    quick, careful = (way(content, quick=how, **options) for how in (True, False))
    assert (quick.returncode, careful.returncode) == (0, 0)
    return [
        list(sheets_from(each.stdout, set(options.get("keep", ())))) for each in (quick, careful)
    ]


@pytest.mark.parametrize("kind", VALUES)
def test_both_ways_say_the_same(kind):
    content = bad.saved(book_of(["Heading"], VALUES[kind], C9="far down"))
    quick, careful = both(content)
    assert quick == careful
    assert quick[0].rows[-1] == Row(9, (None, None, "far down"))


def test_both_ways_count_rows_from_the_top_of_the_sheet():
    quick, careful = both(bad.saved(book_of(C4="late", D6=3)))
    assert quick == careful
    assert [row.number for row in quick[0].rows] == [4, 6]


def test_both_ways_count_dates_from_1904():
    book = book_of([dt.date(2027, 1, 31)])
    book.epoch = CALENDAR_MAC_1904
    quick, careful = both(bad.saved(book))
    assert quick == careful
    assert quick[0].rows[0].values == (dt.date(2027, 1, 31),)


def test_both_ways_read_text_of_several_styles():
    bold = TextBlock(InlineFont(b=True), "bold")
    quick, careful = both(bad.saved(book_of([CellRichText("plain and ", bold)])))
    assert quick == careful


def test_both_ways_read_cells_with_notes():
    """Their drawing is full of names such as _x0000_t202, which are no escapes of a text."""
    book = book_of(["Heading"], [1])
    book.active["A1"].comment = Comment("Level 1: some help", "Banding portal")
    quick, careful = both(bad.saved(book))
    assert quick == careful
    assert [row.values for row in quick[0].rows] == [("Heading",), (1,)]


def test_both_ways_find_the_sheets_asked_for_and_keep_the_columns_asked_for():
    book = book_of(["a", "b"], [1, 2])
    for name in ("Pupils ", "JOINERS"):
        book.create_sheet(name).append(["b", "a", "c"])
        book[name].append([1, 2, 3])
    quick, careful = both(bad.saved(book), wanted=["pupils", "joiners"], keep=["a", "c"])
    assert quick == careful
    assert [(one.name, one.kept) for one in quick] == [("Pupils ", (1, 2)), ("JOINERS", (1, 2))]


@pytest.mark.parametrize("value", ["=1+1", "#REF!", "#N/A", "_x0041_"])
def test_quick_way_leaves_formulas_errors_and_escapes_to_the_careful_one(value):
    content = bad.saved(book_of(["Heading"], [value]))
    assert way(content, quick=True).returncode == 3
    [sheet] = read_sheets("a.xlsx", content, LIMITS)
    kinds = {"=": Formula(value), "#": ErrorValue(value)}
    assert sheet.rows[1].values == (kinds.get(value[0], value),)


def with_cell(content, cell):
    """The workbook with the XML of a cell in the place of A2."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'<c r="A2" t="n"><v>1</v></c>', cell)
                assert cell in part
            copy.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (b'<c r="A2"><f>1+1</f><v>2</v></c>', Formula("=1+1")),
        (b'<c r="A2"><f t="shared" si="0" ref="A2:A3">1+1</f><v>2</v></c>', Formula("=1+1")),
        (b'<c r="A2"><f\n>1+1</f><v>2</v></c>', Formula("=1+1")),
        (b'<c r="A2" t = "e"><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
        (b'<c r="A2" t="d"><v>2027-01-31</v></c>', dt.date(2027, 1, 31)),
    ],
)
def test_cell_with_more_than_a_value_is_read_the_careful_way(cell, read):
    content = with_cell(bad.saved(book_of(["Heading"], [1])), cell)
    assert way(content, quick=True).returncode == 3
    [sheet] = read_sheets("a.xlsx", content, LIMITS)
    assert sheet.rows[1].values == (read,)


def test_formula_beside_a_note_is_read_the_careful_way():
    book = book_of(["Heading"], ["=1+1"])
    book.active["A1"].comment = Comment("Level 1: some help", "Banding portal")
    assert way(bad.saved(book), quick=True).returncode == 3


def test_plain_workbook_takes_one_process_and_another_one_two(monkeypatch):
    ways = []

    def run(asked, content):
        ways.append(asked["quick"])
        return run_process(asked, content)

    monkeypatch.setattr(reading, "run_process", run)
    read_sheets("a.xlsx", bad.saved(book_of(["Heading"], [1])), LIMITS)
    read_sheets("a.xlsx", bad.saved(book_of(["Heading"], ["=1"])), LIMITS)
    assert ways == [True, True, False]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [("ZZ1", LIMITS.too_many_columns), ("XFD1048576", LIMITS.too_many_columns)],
)
def test_cell_far_away_is_refused_with_the_same_sentence(place, sentence):
    """The quick library would make room for every cell up to there."""
    with pytest.raises(RefusedFileError) as caught:
        read_sheets("a.xlsx", bad.saved(book_of(["Heading"], **{place: 1})), LIMITS)
    assert str(caught.value) == sentence
