"""Text folded for comparing and searching, and identifiers cleaned (rules.md S9)."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.folding import clean_code, clean_text, fold, words_of

SAME = [
    ("St George's", "St George’s", "st georges"),
    ("O‘Testa", "OʼTesta", "otesta"),
    ("O´Testa", "o`testa", "otesta"),
    ("Núñez", "NUN\u0303EZ", "nunez"),
    ("Zoë", "Zoe\u0308", "zoe"),
    ("Łukasz", "LUKASZ", "lukasz"),
    ("Groß", "GROSS", "gross"),
    ("Søren", "soren", "soren"),
    ("Ægir", "aegir", "aegir"),
    ("Œdipe", "oedipe", "oedipe"),
    ("Đorđe", "Dorde", "dorde"),
    ("Þóra", "thora", "thora"),
    ("Smith-Jones", "Smith Jones", "smith jones"),
    ("Smith – Jones", "Smith\u2011Jones", "smith jones"),
    ("Mary\u00a0Ann", "  Mary \t Ann ", "mary ann"),
    ("Mary\u2009Ann", "Mary\u3000Ann", "mary ann"),
    ("A\u200bmi\u200dra", "Amira", "amira"),
    ("\ufeffAmira", "Ami\u00adra", "amira"),
    ("ﬁona", "Fiona", "fiona"),
    ("Ａｍｉｒａ", "AMIRA", "amira"),
]


@pytest.mark.parametrize(("one", "other", "folded"), SAME)
def test_spellings_of_one_text_fold_to_the_same(one, other, folded):
    assert (fold(one), fold(other)) == (folded, folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amira", "Amir"),
        ("Khan", "Kahn"),
        ("−1", "1"),
        ("-1", "1"),
        ("Year -1", "Year 1"),
        ("Band A+", "Band A"),
        ("Band A-", "Band A"),
        ("Mary Ann", "Maryann"),
    ],
)
def test_what_differs_stays_different(one, other):
    assert fold(one) != fold(other)


def test_minus_signs_are_one():
    assert fold("−2") == fold("-2") == fold("–2") == "-2"


def test_nothing_folds_to_nothing():
    assert [fold(text) for text in ("", "  ", "\u200b", "\u00a0", "’")] == [""] * 5


def test_words_of_a_search_are_without_punctuation():
    assert words_of(" Khan,  Amira. ") == ["khan", "amira"]
    assert words_of("St. George’s") == ["st", "georges"]
    assert words_of(" , ") == []


@pytest.mark.parametrize(
    "typed",
    [
        "J881200120017",
        " J881 2001 20017 ",
        "j8812\u200b00120017",
        "J881200120017\ufeff",
        "J8812\u00a000120017",
        "Ｊ８８１２００１２００１７",
    ],
)
def test_a_code_is_read_without_what_nobody_sees(typed):
    assert clean_code(typed) == "J881200120017"


def test_a_text_is_kept_as_typed_but_for_what_nobody_sees():
    assert clean_text(" Zoë\u200b  O’Testa\u00a0") == "Zoë  O’Testa"
    assert clean_text("Zoe\u0308") == "Zoë"
    assert clean_text("Ann\u00a0Marie") == "Ann Marie"


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_marks_taken_away_are_all_there_are_on_latin_letters():
    """No accent of a letter that Unicode takes apart is left over."""
    left = [
        letter
        for letter in map(chr, range(0xC0, 0x250))
        if unicodedata.decomposition(letter) and not fold(letter).isascii()
    ]
    assert (left, sys.maxunicode) == ([], 0x10FFFF)
