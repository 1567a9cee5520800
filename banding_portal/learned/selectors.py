"""Reading a file with what was said about files of its kind before."""

from collections.abc import Sequence

from django.db.models import QuerySet

from banding_portal.files.columns import Column
from banding_portal.files.own_words import OwnWord, with_own_words
from banding_portal.models import LearnedWord


def learned_words(files: str) -> QuerySet[LearnedWord]:
    """Headings first, then values, by our column."""
    return LearnedWord.objects.filter(files=files).select_related("said_by")


def columns_for(files: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of a kind of file, which know the authority's own headings and values too."""
    words = LearnedWord.objects.filter(files=files).values_list("column", "word", "meaning")
    return with_own_words(columns, [OwnWord(*each) for each in words])
