"""Whether a reason says anything. Pure."""

LETTERS = 4
"""Fewer in a reason say nothing: “x”, “ok”, “n/a”."""
DIFFERENT = 3
"""Fewer different ones neither: “xxxxxxxx”, “hahaha”."""


def is_reason(text: str) -> bool:
    letters = [letter.casefold() for letter in text if letter.isalpha()]
    return len(letters) >= LETTERS and len(set(letters)) >= DIFFERENT
