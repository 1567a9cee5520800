"""The words of the portal and what they mean, from `glossary.txt`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from banding_portal.folding import fold
from banding_portal.words import in_own_words

FILE = Path(__file__).parent / "glossary.txt"


@dataclass(frozen=True)
class Word:
    term: str
    meaning: str
    slug: str

    @classmethod
    def read(cls, line: str) -> "Word":
        """Of a line of the file; what the authority calls the money takes the place of its mark."""
        slug = slugify(line.partition(": ")[0])
        term, meaning = in_own_words(line).split(": ", 1)
        return cls(term, meaning, slug)

    def is_in(self, text: str) -> bool:
        """Whether a text uses the word, alone or in the plural."""
        return re.search(rf"\b{re.escape(self.term)}s?\b", text, re.IGNORECASE) is not None


@cache
def glossary() -> dict[str, Word]:
    """Every word by its slug, in order of the alphabet."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    words = [Word.read(line) for line in lines if line]
    return {each.slug: each for each in sorted(words, key=lambda each: fold(each.term))}


def words_in(text: str) -> list[Word]:
    return [word for word in glossary().values() if word.is_in(text)]


def found_words(asked: str) -> list[Word]:
    wanted = fold(asked)
    return [word for word in glossary().values() if wanted in fold(word.term)]
