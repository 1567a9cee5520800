"""Whether a reason says anything. Pure."""

LETTERS = 4
"""Fewer in a reason say nothing: “x”, “ok”, “n/a”."""


def is_reason(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= LETTERS
