"""Whether a text names a pupil: queries speak of pupils by reference only. Pure."""

import re
from collections.abc import Iterable

from banding_portal.folding import clean_code, fold

UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b")


def names_in(text: str, pupils: Iterable[tuple[str, str]]) -> list[str]:
    """Of pupils by forename and surname those that the text names in full, either name first."""
    padded = padded_words(text)
    return [
        f"{forename} {surname}"
        for forename, surname in pupils
        if any(is_in(padded, name) for name in (f"{forename} {surname}", f"{surname} {forename}"))
    ]


def padded_words(text: str) -> str:
    """The folded words of a text between single spaces, without anything else."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def is_in(padded: str, name: str) -> bool:
    """Whether a name stands in padded words, also as “Amira Khan’s”."""
    folded = padded_words(name)
    return folded.strip() != "" and (folded in padded or f"{folded.rstrip()}s " in padded)


def upns_in(text: str) -> list[str]:
    return [found for word in text.split() for found in UPN.findall(clean_code(word))]
