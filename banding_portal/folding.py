"""Text as it is compared and searched, and identifiers cleaned (rules.md S9). Pure.

What people type is kept as typed; only what nobody sees is taken away.
"""

import re
import unicodedata

APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽʾʿˈꞌ＇"
HYPHENS = "-‐‑‒–—―⁃−﹘﹣－"
SPACES = "\t-\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "ſ": "s",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ß": "ss",
    "ĸ": "k",
    "ʒ": "z",
    "·": "",
}
"""Letters that Unicode does not take apart into a base letter and a mark."""

_IGNORED = re.compile(f"[{APOSTROPHES}{INVISIBLE}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_MARKS = re.compile(f"[{MARKS}]")
_SPACES = re.compile(f"[{SPACES}]+")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])|(?<=[a-z0-9]) ?- ?(?=[a-z])")
_ONE_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_LETTERS = str.maketrans(LETTERS)
_WHOLE_NUMBER = re.compile(r"\A0*([0-9]+)(?:\.0+)?\Z")
_PUNCTUATION = re.compile(r"[\s,;.]+")


def fold(text: str) -> str:
    """Text as it is compared: any case, accent, apostrophe, hyphen and space; empty for nothing.

    A hyphen between words is a space; one before a number is a minus sign and stays.
    """
    if text.isascii():
        plain = text.replace("'", "").replace("`", "").lower()
    else:
        plain = _without_accents(text)
    plain = _SPACES.sub(" ", plain).strip(" ")
    return _BETWEEN_WORDS.sub(" ", plain) if "-" in plain else plain


def without_noughts(text: str) -> str:
    """Whole numbers as people mean them: “01” and “1.0” are 1, “level 01” is “level 1”."""
    return " ".join(_WHOLE_NUMBER.sub(r"\1", word) for word in text.split())


def _without_accents(text: str) -> str:
    return fold_letters(unicodedata.normalize("NFKD", without_ignored(text)))


def fold_letters(apart: str) -> str:
    """Small plain letters of what NFKD took apart; spaces are left as they are."""
    apart = unicodedata.normalize("NFKD", apart.casefold())
    return without_ignored(_MARKS.sub("", apart)).translate(_LETTERS).translate(_ONE_HYPHEN)


def without_ignored(text: str) -> str:
    """Without apostrophes and what nobody sees."""
    return _IGNORED.sub("", text)


def words_of(text: str) -> list[str]:
    """The folded words of what somebody types to find something."""
    return [word for word in _PUNCTUATION.split(fold(text)) if word]


def clean_text(text: str) -> str:
    """Text as typed, without what nobody sees: composed letters, plain spaces, none outside."""
    if text.isascii():
        return text.strip()
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ").strip()


def clean_code(text: str) -> str:
    """An identifier such as a UPN: upper case, plain characters, without any space."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _SPACES.sub("", plain).upper()
