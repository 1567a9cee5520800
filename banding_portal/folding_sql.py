"""The text of `portal_fold`, which folds in PostgreSQL as `fold` does in Python (S9). Pure.

Searches read columns that it filled. Whatever changes it needs a migration that makes the
function anew and writes those columns again; a test holds its fingerprint.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from banding_portal.folding import SPACES, fold_letters, without_ignored

NAME = "portal_fold"
LAST = 0x1FFFF
"""No letter beyond is changed by folding."""
# Plain letters go the short way. COLLATE "C": whatever language the database is set to.
FUNCTION = r"""
CREATE OR REPLACE FUNCTION {name}(given text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
    SELECT regexp_replace(btrim(regexp_replace(
        CASE WHEN given COLLATE "C" ~ '[^\u0001-\u007f]' THEN translate({longer}, {before}, {after})
        ELSE lower(translate(given COLLATE "C", '''`', '')) END,
        '[{spaces}]+', ' ', 'g'
    ), ' '), '(?<=[a-z0-9])-(?=[a-z0-9])|(?<=[a-z0-9]) ?- ?(?=[a-z])', ' ', 'g')
$fold$
"""


def fold_function() -> str:
    """The statement that makes the function, or makes it anew."""
    letters = folded_letters()
    single = {letter: text for letter, text in letters.items() if len(text) == 1}
    gone = [letter for letter, text in letters.items() if not text]
    longer = f"normalize(translate(given COLLATE \"C\", {quoted(ignored())}, ''), NFKD)"
    for letter, text in letters.items():
        if len(text) > 1:
            longer = f"replace({longer}, {quoted(letter)}, {quoted(text)})"
    return FUNCTION.format(
        name=NAME,
        longer=longer,
        before=quoted("".join([*single, *gone])),
        after=quoted("".join(single.values())),
        spaces="".join(f"\\u{ord(each):04x}" if each != "-" else "-" for each in SPACES),
    )


@cache
def folded_letters() -> dict[str, str]:
    """What each letter that folding changes becomes, of those that stand after NFKD."""
    apart = (each for each in every_letter() if unicodedata.normalize("NFKD", each) == each)
    folded = ((letter, fold_letters(letter)) for letter in apart)
    return {letter: text for letter, text in folded if text != letter}


def ignored() -> str:
    return "".join(letter for letter in every_letter() if not without_ignored(letter))


def every_letter() -> Iterator[str]:
    return (chr(code) for code in range(1, LAST + 1) if not 0xD800 <= code < 0xE000)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
