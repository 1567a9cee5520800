import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.refusals import RefusalError
from schools.identifiers import (
    UPN_LETTERS,
    DfeNumber,
    check_letter,
    check_upn,
    normalise_upn,
    parse_dfe_number,
    parse_urn,
)
from tests.shared_data import SHARED_DATA, needs_shared_data

digits = st.text("0123456789", min_size=11, max_size=11)
upn_rests = st.builds("".join, st.tuples(digits, st.sampled_from("0123456789" + UPN_LETTERS)))


@needs_shared_data
def test_upns_equal_the_vectors():
    with (SHARED_DATA / "vectors" / "upns.csv").open(encoding="utf-8", newline="") as file:
        vectors = list(csv.DictReader(file))
    assert len(vectors) == 12
    for vector in vectors:
        valid = "yes" if check_upn(vector["upn"]) is None else "no"
        assert (vector["upn"], valid) == (vector["upn"], vector["valid"])


@pytest.mark.parametrize(
    ("upn", "reason"),
    [
        (
            "A801200005001",
            "The first letter of the UPN does not match the rest: one character is wrong.",
        ),
        ("B80120000500", "A UPN has 13 characters; this has 12."),
        ("I801200005001", "A UPN starts with a letter other than I, O or S."),
        ("8801200005001", "A UPN starts with a letter other than I, O or S."),
        ("B8012000O5001", "Character 9 of a UPN is a digit; this one is not."),
        ("BX01200005001", "Character 2 of a UPN is a digit; this one is not."),
        ("B80120000500S", "A UPN ends with a digit, or a letter other than I, O or S."),
        ("B8012 0005001", "A UPN has 13 characters; this has 12."),
        ("B80120000500é", "A UPN ends with a digit, or a letter other than I, O or S."),
    ],
)
def test_wrong_upn_has_its_reason(upn, reason):
    assert check_upn(upn) == reason
    with pytest.raises(RefusalError) as raised:
        normalise_upn(upn)
    assert str(raised.value) == reason


@pytest.mark.parametrize("upn", ["B801200005001", " b801200005001\n", "B801200005001\xa0"])
def test_upn_is_stored_upper_case_without_spaces(upn):
    assert normalise_upn(upn) == "B801200005001"


@pytest.mark.parametrize("upn", ["", "  "])
def test_missing_upn_is_allowed(upn):
    assert check_upn(upn) is None
    assert normalise_upn(upn) == ""


def test_temporary_upn_is_accepted():
    assert normalise_upn("X88120002400A") == "X88120002400A"


@given(upn_rests)
def test_exactly_one_check_letter_fits(rest):
    fitting = [letter for letter in UPN_LETTERS if check_upn(letter + rest) is None]
    assert fitting == [check_letter(rest)]


@given(upn_rests, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_found(rest, place, change):
    wrong = str((int(rest[place]) + change) % 10)
    assert check_upn(check_letter(rest) + rest[:place] + wrong + rest[place + 1 :]) is not None


@given(st.text(max_size=15))
def test_any_text_gets_an_answer_that_keeps_it_secret(text):
    reason = check_upn(text)
    assert reason is None or len(text.strip()) < 4 or text.strip() not in reason


def test_urn_is_six_digits():
    assert parse_urn(" 114704 ") == 114704


@pytest.mark.parametrize("text", ["", "11470", "1147040", "014704", "11470a", "114 704", "１14704"])
def test_wrong_urn_is_refused(text):
    with pytest.raises(RefusalError, match="six digits"):
        parse_urn(text)


@pytest.mark.parametrize("text", ["8812001", "881/2001", " 881/2001 "])
def test_dfe_number_in_both_forms(text):
    number = parse_dfe_number(text)
    assert number == DfeNumber("881", "2001")
    assert str(number) == "881/2001"


def test_dfe_number_keeps_its_noughts():
    assert str(parse_dfe_number("0010002")) == "001/0002"


@pytest.mark.parametrize("text", ["", "881-2001", "881//2001", "88/12001", "881200", "881/20011"])
def test_wrong_dfe_number_is_refused(text):
    with pytest.raises(RefusalError, match="seven digits"):
        parse_dfe_number(text)


@pytest.mark.parametrize(
    "typed",
    [
        "B801 2000 05001",
        " b801200005001 ",
        "B8012\u200b00005001",
        "B801200005001\ufeff",
        "B8012\u00a000005001",
        "B80120000500１",
    ],
)
def test_upn_is_read_without_spaces_and_what_nobody_sees(typed):
    assert (check_upn(typed), normalise_upn(typed)) == (None, "B801200005001")
