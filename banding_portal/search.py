"""What a person types to find something, in any of its spellings and in any order (S9).

`found_by(text, …)` is the condition of every search box. Where many rows are searched, a model
keeps what is searched in a `folded` column that the database fills: `folded_column(…)`.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar

from django.db.models import CharField, F, Func, GeneratedField, Q, TextField, Transform, Value
from django.db.models.functions import Concat, Replace

from banding_portal.folding import fold, words_of
from banding_portal.folding_sql import NAME

T = TypeVar("T")


class Fold(Func):
    """Text as `folding.fold` makes it, by the database."""

    function = NAME
    output_field = TextField()


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """`name__folded__contains`: for tables so small that they need no column for it."""

    lookup_name = "folded"
    function = NAME
    output_field = TextField()


def folded_column(*names: str) -> GeneratedField:
    """A column with the words of the fields folded, and those of each field run together.

    So Mary Ann is found by “maryann” as well. The audit trail leaves it out.
    """
    parts: list[Any] = []
    space = Value(" ", TextField())
    for name in names:
        together = Replace(Fold(F(name)), space, Value("", TextField()), output_field=TextField())
        parts += [Fold(F(name)), space, together, space]
    words = Concat(*parts, output_field=TextField())
    return GeneratedField(expression=words, output_field=TextField(), db_persist=True)


def called(rows: Iterable[T], text: str, name: Callable[[T], str] = str) -> list[T]:
    """The rows whose name has each word of the text; all of them where there is no word."""
    words = words_of(text)
    return [row for row in rows if all(word in fold(name(row)) for word in words)]


def found_by(text: str, *paths: str) -> Q:
    """Rows that have each word of the text somewhere in the fields, which are folded already:
    `found_by("zoe khan", "folded")`, `found_by("…", "name__folded", "email__folded")`.

    Text without any word, such as a full stop, finds nothing.
    """
    words = words_of(text)
    if not words:
        return Q(pk__in=[])
    each = [reduce(or_, (Q(**{f"{path}__contains": word}) for path in paths)) for word in words]
    return reduce(and_, each)
