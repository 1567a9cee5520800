"""What a text that many read may tell of a pupil (rules.md R3)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import F, Func, QuerySet, TextField, Value

from banding_portal.folding import fold
from schools.choices import Fact
from schools.models import FormerFact, Pupil
from schools.naming import (
    Doubt,
    Known,
    bare,
    dates_in,
    doubts_of_text,
    known_before,
    may_mean,
    padded_words,
)

BESIDE = '.,;:!?()[]“”"*#'
"""What stands beside a word and is no part of it."""


def doubts_of_texts(texts: Mapping[str, str]) -> list[Doubt]:
    """What is to be taken out of the texts, or asked about, by field. Whoever writes need not see
    the pupils: that a name is one of theirs is all that is said.
    """
    return [
        doubt
        for field, text in texts.items()
        if text.strip()
        for doubt in doubts_of_text(field, text, pupils_perhaps_in(text))
    ]


def may_tell_of(text: str, pupils: Iterable[Known]) -> bool:
    """Whether a text might say who a pupil is: anything that is asked about among all pupils, and
    the least hint at these, whom it is about. For where nobody can be asked.
    """
    return bool(doubts_of_texts({"text": text})) or may_mean(text, pupils)


def pupils_perhaps_in(text: str) -> Iterator[Known]:
    """Those whose surname begins with a word of the text, whatever they are called now, and those
    who were born on a day of it.
    """
    text = bare(text)
    told = words_told(text)
    of = ("forename", "surname", "date_of_birth")
    rows = Pupil.everything.order_by().distinct()
    yield from (Known(*row) for row in beginning(rows, told).values_list(*of))
    if days := dates_in(text):
        born = rows.filter(date_of_birth__in=days)
        yield from (Known(*row) for row in born.values_list(*of))
    names = FormerFact.objects.filter(kind=Fact.NAME)
    former = beginning(names, told | {f"{word}," for word in told}).order_by().distinct()
    for value, born_on in former.values_list("value", "pupil__date_of_birth"):
        yield known_before(value, born_on)


def beginning(rows: QuerySet, words: set[str]) -> QuerySet:
    first = Func(F("folded"), Value(" "), Value(1), function="split_part", output_field=TextField())
    return rows.annotate(begins=first).filter(begins__in=words)


def words_told(text: str) -> set[str]:
    """The folded words as they stand, bare, and without the s of “Khan’s”."""
    bare = {word.strip(BESIDE) for word in fold(text).split()}
    found = set(re.split(" ", padded_words(text).strip())) | bare | {f"{word}." for word in bare}
    return found | {word[:-1] for word in found if word.endswith("s")}
