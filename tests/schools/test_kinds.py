"""Codes as people write them, one table of spellings for every file (rules.md S1, S4, S5)."""

import pytest

from banding_portal.files.kinds import BadValueError
from schools.kinds import LA_CODE, PLAN_TYPE, PRIMARY_NEED, SECTOR, UPN, URN, YEAR_GROUP


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
    assert bad.value.allowed == "a year group from -3 to 21, R, N1, N2 or X"


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
        (PLAN_TYPE, "Statement", "This is not one of"),
        (URN, "12", "A URN is a number of six digits, such as 114704."),
        (LA_CODE, "81", "An authority's code has three digits, such as 881."),
        (UPN, "A12", "A UPN has 13 characters; this has 3."),
    ],
)
def test_codes_that_are_none_say_why(kind, text, said):
    with pytest.raises(BadValueError) as bad:
        kind.read(text)
    assert str(bad.value) == said
