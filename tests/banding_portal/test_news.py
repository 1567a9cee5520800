"""News on home: of many alike one line."""

import datetime as dt

from banding_portal.notices.models import Notice
from banding_portal.notices.news import MANY, SHOWN, news_of

DAY = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def notice(title="Round: return submitted", school="", **fields):
    return Notice(kind="submitted", title=title, school=school, created_at=DAY, **fields)


def test_few_stand_each_on_its_own():
    lines = news_of([notice(school="Ash"), notice(school="Birch")])
    assert [line.hint for line in lines] == ["Ash · 21 Nov 2026", "Birch · 21 Nov 2026"]


def test_many_alike_are_one_line_and_new_while_one_is():
    told = [notice(school=name, opened_at=DAY) for name in ("Ash", "Birch", "Cedar")]
    other = notice(title="Round is open")
    [alike, alone] = news_of([told[0], other, *told[1:]])
    assert alike.hint == "3 schools, most recently Ash · 21 Nov 2026"
    assert (alike.is_new, alone.is_new, alone.hint) == (False, True, "21 Nov 2026")
    told[2].opened_at = None
    assert news_of(told)[0].is_new


def test_many_of_no_school_are_counted():
    assert news_of([notice()] * MANY)[0].hint == "3 times, most recently 21 Nov 2026"


def test_the_newest_lines_are_shown():
    told = [notice(title=str(number)) for number in range(SHOWN + 1)]
    assert [line.newest.title for line in news_of(told)] == [str(n) for n in range(SHOWN)]


def test_two_alike_of_one_school_page_and_day_are_one_line():
    told = [notice(school="Ash", path="/joiners/") for _ in range(2)]
    assert [line.hint for line in news_of(told)] == ["2 times, most recently Ash · 21 Nov 2026"]
    told[1].path = "/elsewhere/"
    assert len(news_of(told)) == 2
