"""A text that many read tells nobody who a pupil is (rules.md R3)."""

import datetime as dt

import pytest

from schools.naming import (
    OTHERWISE_DATED,
    OTHERWISE_NAMED,
    Known,
    dates_in,
    doubts_of_text,
    may_mean,
    names_in,
    parts_in,
    short_name,
    upns_in,
)
from tests.banding.caseload_files import upn

UPN = upn(1)
PUPILS = [("Amira", "Khan"), ("Zoe", "O'Brien"), ("Anne Marie Rose", "Li")]
BORN = dt.date(2018, 3, 4)
AMIRA = Known("Amira", "Khan", BORN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amira Khan needs more", ["Amira Khan"]),
        ("khan, AMIRA", ["Amira Khan"]),
        ("Zoë O’Brien’s plan", ["Zoe O'Brien"]),
        ("Amira needs more", []),
        ("Amiral Khan", []),
        ("Amira asked Khan", []),
        ("Anne Marie Rose Li", ["Anne Marie Rose Li"]),
        ("Li Anne", ["Anne Marie Rose Li"]),
        ("Amira J. Khan’s level", ["Amira Khan"]),
        ("Amira J P Khan", ["Amira Khan"]),
        ("Amira at Khan", []),
        ("Why is A. Khan on band 2?", ["Amira Khan"]),
        ("Khan, A. and others", ["Amira Khan"]),
        ("B. Khan", []),
        ("Ami\u200bra\u00ad Kh\u2060an", ["Amira Khan"]),
        ("<b>Amira</b> <i>Khan</i>", ["Amira Khan"]),
        ("<b>A</b>mira Kh<i></i>an", ["Amira Khan"]),
        ("Amira&nbsp;Kh&#97;n", ["Amira Khan"]),
    ],
)
def test_pupils_named_in_full(text, found):
    assert names_in(text, PUPILS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("of a801200001001, please", ["A801200001001"]),
        ("of 999-0000001", []),
        (f"of {UPN[0]} {UPN[1:5]} {UPN[5:9]} {UPN[9:]}.", [UPN]),
        (f"of {UPN[:4]}-{UPN[4:9]}-{UPN[9:]}", [UPN]),
        (f"my pupil{UPN}", [UPN]),
        ("on 01632 960 100 and 01632 960 101", []),
    ],
)
def test_upns(text, found):
    assert upns_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "on 4 March 2018.",
        "4th of March, 2018",
        "4 Mar 2018",
        "March 4, 2018",
        "4/3/2018",
        "04.03.18",
        "4-3-2018",
        "4 3 2018: she",
        "(2018-03-04)",
        "4th Mar 18",
        "4-Mar-2018",
        "4Mar2018",
        "4 March ’18",
        "March 4th 18",
        "2018/03/04",
        "2018.3.4",
        "2018 March 4",
        "04032018",
        "20180304",
        "4\u200b/3/20\u00ad18",
        "<b>4</b> March <i>2018</i>",
        "4&nbsp;March 2018",
    ],
)
def test_dates_in_every_usual_way(text):
    assert dates_in(text) == [BORN]


@pytest.mark.parametrize(
    "text", ["31 2 2018", "4/0/2018", "4 3", "year 2018", "1.2.3.4", "01632 960 100"]
)
def test_what_is_no_date(text):
    assert dates_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nothing about anybody", []),
        (
            "A801200001001",
            [("Take out the UPN A801200001001: nobody may read who a pupil is", True)],
        ),
        (
            "Ask Amira Khan",
            [(f"Take out the name Amira Khan: a pupil is called that. {OTHERWISE_NAMED}", False)],
        ),
        (
            "The law of 4 March 2018",
            [(f"Take out 4 March 2018: a pupil was born on that day. {OTHERWISE_DATED}", False)],
        ),
        ("D.O.B. 4/3/18", [("Take out 4 March 2018: it is a pupil’s date of birth", True)]),
        ("Amira, 4/3/2018", [("Take out 4 March 2018: it is a pupil’s date of birth", True)]),
        ("born on 5 March 2018", []),
    ],
)
def test_what_comes_out_of_a_text(text, found):
    doubts = list(doubts_of_text("text", text, [AMIRA, AMIRA]))
    assert [(each.sentence, each.is_error) for each in doubts] == found
    assert {each.field for each in doubts} <= {"text"}


@pytest.mark.parametrize(
    "text",
    [
        "Look at Amira's level again",
        "Look at Amiras level again",
        "the Khan twins",
        "KHAN: no rationale",
        "Look at Amria again",
        "Amirah’s rationale",
        "AmiraKhan.docx",
        "A m i r a  K h a n",
        "A.K. has no rationale",
        "AK has no rationale",
        "K. A.: no rationale",
        "the pupil born in March",
        "check the d.o.b. of the third pupil",
        "O’Brien",
    ],
)
def test_message_may_mean_a_pupil(text):
    assert may_mean(text, [AMIRA, Known("Zoe", "O'Brien", BORN)])


@pytest.mark.parametrize(
    "text",
    [
        "Please say why the bands differ from last time, by 5 October 2026.",
        "The EHCP of two pupils is newer than their levels. A SENCO must look at them.",
        "Three pupils in Year 4 have no rationale.",
        "A right level needs a reason",
    ],
)
def test_message_that_means_nobody(text):
    assert not may_mean(text, [AMIRA, Known("Jo", "Wright", BORN), Known("", "", BORN)])


@pytest.mark.parametrize(
    ("school", "short"),
    [
        ("Alderbrook Primary School", "Alderbrook"),
        ("St Mary’s CE Primary School", "St Mary’s"),
        ("The Elm Academy", "The Elm"),
        ("High School", ""),
        ("Ash School", ""),
        ("Alderbrook", ""),
    ],
)
def test_what_people_call_a_school(school, short):
    assert short_name(school) == short


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amira is not on our list", ["Amira"]),
        ("What of Khan’s level?", ["Khan"]),
        ("an amira of old", []),
        ("Nobody is meant", []),
    ],
)
def test_words_that_are_written_like_a_name(text, found):
    assert parts_in(text, [AMIRA]) == found
