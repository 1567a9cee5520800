"""A template filled in at random, in any order and spelling, says exactly that (rules.md T5)."""

import datetime as dt
import io
from random import Random

import pytest
from openpyxl import load_workbook

from banding.templates_io.uploads.sheets import TemplateSheets
from banding.templates_io.workbooks.columns import pupil_columns
from tests.banding.test_workbook import AMIRA, FRAMEWORK, MARK, TemplateContent, workbook_of
from tests.banding_portal import bad_workbooks as bad

DAY_ZERO = dt.date(1899, 12, 30)
BANDS = ("{}", " {} ", "Band {}", "band  {}", "BAND\xa0{}", "\u200b{}")
LEVELS = ("{}", "Level {}", " level {}", int)
DAYS = (
    "{:%d/%m/%Y}", "{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %B %Y}", "{:%d-%b-%Y}",
    lambda day: (day - DAY_ZERO).days,
    lambda day: dt.datetime.combine(day, dt.time(9, 30)),
    lambda day: day,
)  # fmt: skip
ALIASES = {"Band": ["band ", "This time"], "Reason": ["REASON"], "Date of change": ["Date left"]}


def spelled(random, ways, value):
    way = random.choice(ways)
    return way.format(value) if isinstance(way, str) else way(value)


def meant(random, number):
    """What a person decides about a pupil, some of it blank."""
    day = dt.date(2026, random.randint(1, 12), random.randint(1, 28))
    given = {
        "area:cl": random.choice(["0", "1"]),
        "band": random.choice(["A", "B"]),
        "rationale": random.choice(["- because", "’tis “so”\nand so", "=1 and more", "Zoë 🎈"]),
        "change_date": day,
    }
    return {"key": f"key-{number}"} | {k: v for k, v in given.items() if random.random() < 0.7}


def filled_in(random, wanted):
    """The workbook with these answers, its rows and columns in another order."""
    content = TemplateContent(
        MARK, "Autumn", "Alderbrook", dt.date(2026, 11, 30), "Test framework", FRAMEWORK, []
    )
    blank = {key: AMIRA[key] for key in ("surname", "forename", "upn", "date_of_birth")}
    book = load_workbook(
        io.BytesIO(workbook_of(content, [blank | {"key": each["key"]} for each in wanted]))
    )
    sheet = book["Pupils"]
    keys = [column.key for column in pupil_columns(FRAMEWORK)]
    ways = {"band": BANDS, "area:cl": LEVELS, "change_date": DAYS}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row, answers in zip(rows[1:], wanted, strict=True):
        for key, value in answers.items():
            row[keys.index(key)] = spelled(random, ways.get(key, ("{}",)), value)
    rows[0] = [random.choice([text, *ALIASES.get(text, ())]) for text in rows[0]]
    order = random.sample(range(len(keys)), len(keys))
    shuffled = [rows[0], *random.sample(rows[1:], len(wanted))]
    sheet.delete_rows(1, sheet.max_row)
    for at, row in enumerate(shuffled, start=random.choice([1, 3])):
        for place, column in enumerate(order, start=1):
            sheet.cell(at, place, row[column])
            if isinstance(row[column], str):
                sheet.cell(at, place).data_type = "s"
    return bad.saved(book)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_filled_in_is_what_is_read(seed):
    random = Random(seed)
    wanted = [meant(random, number) for number in range(random.randint(1, 12))]
    sheets = TemplateSheets.read("a.xlsx", filled_in(random, wanted))
    sheets.match(pupil_columns(FRAMEWORK))
    keys = ("key", "area:cl", "band", "rationale", "change_date")
    read = {
        line["key"]: {key: line[key] for key in keys if line[key] is not None}
        for line in sheets.pupils.lines
    }
    assert sheets.pupils.issues == []
    assert read == {each["key"]: each for each in wanted}
