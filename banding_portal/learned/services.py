"""Remember what a heading or value of the authority's own files means, and forget it again."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from banding_portal.csv_text import as_text
from banding_portal.files.columns import Column
from banding_portal.files.kinds import OneOf, Text
from banding_portal.files.limits import Limits
from banding_portal.files.own_words import OwnWord
from banding_portal.files.reader import folded_heading
from banding_portal.files.tables import read_table
from banding_portal.folding import fold
from banding_portal.models import LearnedWord
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb

WORD_LIMITS = Limits(noun="list of words", endings=(".csv",), max_columns=20)
WORD_COLUMNS = (
    Column("column", "column", Text(40), filled=True),
    Column("word", "in_the_file", Text(80), filled=True, said="the word in the file"),
    Column("meaning", "means", Text(80)),
)


@verb
def learn_words(*, files: str, columns: Sequence[Column], words: Iterable[OwnWord], by: Any) -> int:
    """Remember words for every later file of the kind; what was said last holds.

    Returns how many. Raises RefusalError with every word that cannot be.
    """
    said = list(words)
    problems = [problem for word in said if (problem := problem_of(word, columns))]
    if problems:
        raise RefusalError(*problems)
    for word in said:
        is_heading = not word.meaning
        folded = folded_heading(word.word) if is_heading else fold(word.word)
        known: dict[str, Any] = {"files": files, "folded": folded, "is_heading": is_heading}
        LearnedWord.objects.update_or_create(
            **(known if is_heading else known | {"column": word.column}),
            defaults={
                "column": word.column,
                "word": word.word,
                "meaning": word.meaning,
                "said_by": by,
                "said_at": timezone.now(),
            },
        )
    return len(said)


def problem_of(word: OwnWord, columns: Sequence[Column]) -> str:
    """Why a word cannot mean that; empty where it can."""
    column = next((each for each in columns if each.key == word.column), None)
    if column is None:
        return f"There is no column {word.column}."
    if not word.word.strip():
        return "Enter the word used in the file."
    if not word.meaning:
        folded = folded_heading(word.word)
        owner = next((c for c in columns if folded in map(folded_heading, c.names)), None)
        return f"“{word.word}” is already the heading of {owner.heading}." if owner else ""
    choices = column.kind.choices if isinstance(column.kind, OneOf) else ()
    if word.meaning in [each.shown for each in choices]:
        return ""
    return f"“{word.meaning}” is not one of the values of {column.heading}."


@verb
def load_words(
    *, files: str, columns: Sequence[Column], filename: str, content: bytes, by: Any
) -> int:
    """Remember the words of a file that was downloaded here or at another authority.

    Returns how many. Raises RefusalError with everything that is wrong; nothing is kept then.
    """
    table = read_table(filename, content, WORD_COLUMNS, WORD_LIMITS)
    words = [
        OwnWord(*(plain(line.text(each.key)) for each in WORD_COLUMNS)) for line in table.lines
    ]
    problems = [
        f"Row {line.number}: {problem}"
        for line, word in zip(table.lines, words, strict=True)
        if not line.problems and (problem := problem_of(word, columns))
    ]
    read = [
        " ".join(filter(None, (f"Row {each.row}:" if each.row else "", each.message, each.allowed)))
        for each in table.issues
    ]
    if read or problems:
        raise RefusalError(*read, *problems)
    return learn_words(files=files, columns=columns, words=words, by=by)


def plain(text: str) -> str:
    """Without the apostrophe that a download puts before what Excel would take for a formula."""
    return text[1:] if text[:1] == "'" and as_text(text[1:]) == text else text


@verb
def forget_words(*, files: str, ids: Iterable[Any], by: Any) -> int:
    """From now on they are not understood any more. Returns how many there were."""
    del by  # named in the audit trail
    _, deleted = LearnedWord.objects.filter(files=files, pk__in=list(ids)).delete()
    return deleted.get(LearnedWord._meta.label, 0)
