"""`portal_fold` of the database is `fold` of Python, letter by letter (S9)."""

import hashlib
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.folding import (
    APOSTROPHES,
    HYPHENS,
    INVISIBLE,
    LETTERS,
    MARKS,
    SPACES,
    fold,
)
from banding_portal.folding_sql import FUNCTION
from tests.banding_portal.test_folding import SAME

pytestmark = pytest.mark.django_db
FINGERPRINT = "ca056ff880f7c854"


def in_sql(texts):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_fold(given) FROM unnest(%s::text[]) WITH ORDINALITY AS t(given, at) "
            "ORDER BY at",
            [list(texts)],
        )
        return [row[0] for row in cursor.fetchall()]


def differences(texts):
    texts = list(texts)
    pairs = zip(texts, in_sql(texts), strict=True)
    return [(ascii(text), fold(text), found) for text, found in pairs if fold(text) != found]


def letters(first, last):
    """Those that this Python knows; the database may know a newer Unicode."""
    every = map(chr, range(first, last + 1))
    return [letter for letter in every if unicodedata.category(letter) not in ("Cn", "Cs", "Co")]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0x01, 0x24F),
        (0x250, 0x36F),
        (0x370, 0x1FFF),
        (0x2000, 0x2BFF),
        (0x2C00, 0xABFF),
        (0xF900, 0xFFFF),
        (0x10000, 0x1FFFF),
    ],
)
def test_every_letter_folds_the_same_alone_and_in_a_word(first, last):
    found = letters(first, last)
    assert differences(found) == []
    assert differences(f"Ab{letter}cD" for letter in found) == []
    assert differences(f"a {letter} B" for letter in found) == []


@pytest.mark.parametrize("special", [*APOSTROPHES, *HYPHENS, *LETTERS])
def test_special_folds_the_same_between_everything(special):
    parts = ["a", "Z", "9", " ", "  ", "-", ".", "é", "\u0301", "Ł", ""]
    assert differences(f"{one}{special}{other}" for one in parts for other in parts) == []


@pytest.mark.parametrize(("one", "other", "folded"), SAME)
def test_spellings_of_one_text_fold_to_the_same(one, other, folded):
    assert in_sql([one, other]) == [folded, folded]


@given(
    st.lists(st.text("aZ9 -–'’.éÉ\u0301\u0345ßŁłæÆ\u00a0\u200bİıſŉǰΣς", max_size=12), max_size=40)
)
def test_any_text_folds_the_same(texts):
    assert differences(texts) == []


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0", max_codepoint=0x24F)))
)
def test_any_latin_text_folds_the_same(texts):
    assert differences(texts) == []


def test_nothing_stays_nothing():
    assert in_sql([None, "", " ", "’"]) == [None, "", "", ""]


def test_changed_function_needs_a_migration_that_makes_it_and_the_columns_anew():
    """If this fails: add the migration, then put the new fingerprint here."""
    # Not of the finished text: a newer Python knows letters that have been added since.
    rests_on = (FUNCTION, APOSTROPHES, HYPHENS, INVISIBLE, MARKS, SPACES, sorted(LETTERS.items()))
    assert hashlib.sha256(repr(rests_on).encode()).hexdigest()[:16] == FINGERPRINT
