"""The one matcher on the table of pairs, and what holds for any pair (rules.md S8)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.identifiers import UPN_LETTERS
from schools.matching import (
    Identity,
    compare,
    one_letter_apart,
    swapped_date,
    valid_upn,
)
from tests.schools.pupil_pairs import (
    BORN,
    FIRST,
    PERHAPS,
    SAME,
    SECOND,
    TEMPORARY,
    WRONG,
    day,
    pupil,
)

DIFFERENT = [
    ("nothing in common", pupil(), pupil("Testa, Bruno", born=day("2012-01-30"))),
    ("name alone", pupil(), pupil(born=day("2012-01-30"))),
    ("birth date alone", pupil(), pupil("Testa, Bruno")),
    ("siblings", pupil(), pupil("Khan, Bilal", born=day("2014-01-30"))),
    ("twins", pupil(), pupil("Khan, Bilal")),
    ("twins with upns", pupil(upn=FIRST), pupil("Khan, Bilal", upn=SECOND)),
    ("twins one letter apart, with upns", pupil(upn=FIRST), pupil("Khan, Amirah", upn=SECOND)),
    ("namesakes with upns", pupil(upn=FIRST), pupil(upn=SECOND)),
    (
        "namesakes with upns and references",
        pupil(upn=FIRST, reference="1"),
        pupil(upn=SECOND, reference="2"),
    ),
    ("swapped date, with upns", pupil(upn=FIRST), pupil(born=day("2016-09-03"), upn=SECOND)),
    ("swapped names, with upns", pupil(upn=FIRST), pupil("Amira, Khan", upn=SECOND)),
    ("part of the name, with upns", pupil("Khan, Amira J", upn=FIRST), pupil(upn=SECOND)),
    ("one letter, temporary upn", pupil(upn=TEMPORARY), pupil("Khan, Amirah", upn=SECOND)),
    ("two letters", pupil(), pupil("Khan, Amorah")),
    ("one letter in each name", pupil(), pupil("Kahn, Amirah")),
    ("one letter and swapped date", pupil(), pupil("Khan, Amirah", born=day("2016-09-03"))),
    ("swapped names and swapped date", pupil(), pupil("Amira, Khan", born=day("2016-09-03"))),
    ("another forename, same day", pupil("Khan, Bo"), pupil("Khan, Jo")),
    ("a year between", pupil(), pupil(born=day("2015-03-09"))),
    ("a day between", pupil(), pupil(born=day("2016-03-10"))),
    ("no birth date", pupil(born=None), pupil()),
    ("no birth date on either side", pupil(born=None), pupil(born=None)),
    ("no names", pupil(", "), pupil(", ")),
    ("no forenames", pupil("Khan, "), pupil("Khan, ")),
    ("wrong upn on both sides", pupil("Testa, Bruno", upn=WRONG), pupil(upn=WRONG)),
    ("second forenames differ", pupil("Khan, Mary Ann"), pupil("Khan, Mary Jane")),
    (
        "former name of another day",
        pupil("Ashworth, Amira", former_names=(("Khan", "Amira"),)),
        pupil(born=day("2012-01-30")),
    ),
    ("another former name", pupil("Ashworth, Amira", former_names=(("Testa", "Amira"),)), pupil()),
]


@pytest.mark.parametrize(("one", "other", "expected"), SAME + PERHAPS)
def test_pair_that_matches(one, other, expected):
    for first, second in [(one, other), (other, one)]:
        found = compare(first, second)
        assert found is not None
        assert (found.strength, found.reasons, found.doubts) == expected


@pytest.mark.parametrize(
    ("one", "other"), [pytest.param(one, other, id=name) for name, one, other in DIFFERENT]
)
def test_pair_of_two_pupils(one, other):
    assert compare(one, other) is None
    assert compare(other, one) is None


def test_table_has_pairs_enough():
    assert [len(SAME) >= 20, len(PERHAPS) >= 20, len(DIFFERENT) >= 20] == [True] * 3


def test_match_in_words():
    found = compare(pupil(upn=TEMPORARY), pupil(upn=FIRST))
    assert str(found) == "Same name and date of birth. But: different UPNs"
    found = compare(pupil(upn=FIRST), pupil(upn=FIRST))
    assert str(found) == "Same UPN. Same name and date of birth"
    assert found.is_strong


names = st.text("abcdeéñ'-’ ", min_size=1, max_size=8)
numbers = st.sampled_from(["", FIRST, SECOND, TEMPORARY, WRONG])
identities = st.builds(
    Identity,
    surname=names,
    forename=names,
    date_of_birth=st.sampled_from([BORN, day("2016-09-03"), day("2011-11-11")]),
    reference=st.sampled_from(["", "1", "2"]),
    upn=numbers,
    former_upns=st.tuples(numbers),
    former_names=st.just(()) | st.tuples(st.tuples(names, names)),
)


@given(identities, identities)
def test_neither_side_comes_first(one, other):
    assert compare(one, other) == compare(other, one)


@given(identities)
def test_record_is_never_contradicted_by_itself(one):
    found = compare(one, one)
    assert found is None or found.doubts == ()


@given(st.text("abc", min_size=2, max_size=6), st.data())
def test_one_letter_put_in_is_one_letter_apart(text, data):
    at = data.draw(st.integers(0, len(text)))
    longer = text[:at] + data.draw(st.sampled_from("abcx")) + text[at:]
    assert one_letter_apart(text, longer)
    assert one_letter_apart(longer, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("amira", "amira"), ("amira", "amrai"), ("amira", "amirahs"), ("ab", "cb"), ("", "abc")],
)
def test_more_than_one_letter_apart(one, other):
    assert not one_letter_apart(one, other)


@pytest.mark.parametrize(
    ("date", "swapped"),
    [
        ("2016-03-09", "2016-09-03"),
        ("2016-02-12", "2016-12-02"),
        ("2016-03-13", None),
        ("2016-05-05", None),
    ],
)
def test_swapped_date(date, swapped):
    assert swapped_date(day(date)) == (swapped and day(swapped))


@given(st.dates())
def test_date_swapped_twice_is_itself(date):
    swapped = swapped_date(date)
    assert swapped is None or swapped_date(swapped) == date


def test_wrong_upn_is_none():
    assert (valid_upn(WRONG), valid_upn(""), valid_upn(f" {FIRST.lower()}")) == ("", "", FIRST)


def test_letter_at_the_end_makes_a_upn_temporary():
    assert TEMPORARY[-1] in UPN_LETTERS
    one, other = pupil(upn=TEMPORARY), pupil(upn=FIRST)
    assert compare(one, replace(other, forename="Amirah")) is None
