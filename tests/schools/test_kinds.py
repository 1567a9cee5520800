"""Codes as people write them, one table of spellings for every file (rules.md S1, S4, S5)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.files.kinds import BadValueError, Date
from banding_portal.roles import Role
from schools.kinds import (
    DATES,
    LA_CODE,
    PLAN_TYPE,
    PRIMARY_NEED,
    SECTOR,
    UPN,
    URN,
    YEAR_GROUP,
    all_spellings,
)

KINDS = (YEAR_GROUP, PLAN_TYPE, PRIMARY_NEED, SECTOR)


@pytest.mark.parametrize(
    ("text", "year_group"),
    [
        ("-3", -3),
        ("−1", -1),
        ("E1", -3),
        ("E2", -2),
        ("n1", -2),
        ("Nursery 2", -1),
        ("R", 0),
        ("reception", 0),
        (0, 0),
        ("4", 4),
        (4.0, 4),
        ("04", 4),
        ("Year 4", 4),
        ("year  4", 4),
        ("Y13", 13),
        ("13+", 13),
        ("17", 17),
        ("21", 21),
        ("X", None),
    ],
)
def test_year_group_is_read_as_people_write_it(text, year_group):
    assert YEAR_GROUP.read(text) == year_group


@pytest.mark.parametrize("text", ["22", "-4", "Year", "4a", "N3", "4.5", "Year −1"])
def test_what_is_no_year_group_is_refused_with_what_is(text):
    with pytest.raises(BadValueError) as bad:
        YEAR_GROUP.read(text)
    assert bad.value.allowed == "a year group: 1 to 21, R for Reception, N1 or N2, or X for none"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (PLAN_TYPE, "e", "EHCP"),
        (PLAN_TYPE, "EHC plan", "EHCP"),
        (PLAN_TYPE, "Education, Health and Care plan", "EHCP"),
        (PLAN_TYPE, "K", "SEN_SUPPORT"),
        (PLAN_TYPE, "SEN support", "SEN_SUPPORT"),
        (PLAN_TYPE, "sen_support", "SEN_SUPPORT"),
        (PRIMARY_NEED, "slcn", "SLCN"),
        (PRIMARY_NEED, "Down syndrome", "DS"),
        (SECTOR, "Post-16", "post_16"),
        (SECTOR, "alternative_provision", "alternative_provision"),
        (URN, 114704, "114704"),
        (LA_CODE, 881.0, "881"),
    ],
)
def test_codes_are_read_as_people_write_them(kind, text, value):
    assert kind.read(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (PLAN_TYPE, "Statement", "Enter"),
        (URN, "12", "A URN is a number of six digits, such as 114704."),
        (LA_CODE, "81", "An authority’s code has three digits, such as 881."),
        (UPN, "A12", "A UPN has 13 characters; this has 3."),
    ],
)
def test_codes_that_are_none_say_why(kind, text, said):
    with pytest.raises(BadValueError) as bad:
        kind.read(text)
    assert str(bad.value) == said


# The help page shows the tables that read


def test_every_spelling_of_the_help_page_is_read():
    kinds = dict(zip(("Year groups", "Plans", "Primary needs", "Sectors"), KINDS, strict=True))
    shown = {each.title: each.rows for each in all_spellings()}
    assert set(shown) == {*kinds, "Dates"}
    for title, kind in kinds.items():
        for choice, (meaning, written) in zip(kind.choices, shown[title], strict=True):
            assert meaning
            assert {kind.read(each) for each in written} == {choice.value}


def test_every_date_of_the_help_page_is_that_day():
    assert {Date().read(each) for each in DATES} == {dt.date(2027, 1, 31)}


def test_year_groups_of_the_help_page_have_their_names():
    rows = dict(all_spellings()[0].rows)
    assert rows["Reception"][:2] == ["0", "R"]
    assert {"N1", "E2"} <= set(rows["Nursery 1"])
    assert rows["No year group applies"] == ["X"]
    assert "Year 21" in rows


@pytest.mark.django_db
def test_help_page_is_linked_from_files(sign_in):
    administrator = sign_in(Role.ADMINISTRATOR)
    url = reverse("schools:spelling_list")
    assert url in administrator.get(reverse("banding:caseload_upload")).text
    page = administrator.get(url).text
    for text in ("Nursery 1", "EHC plan", "31st Jan 2027", "Autistic spectrum disorder"):
        assert text in page
