"""Many counts in one query: what is only counted of what waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from banding_portal.remembering import remembered

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@dataclass(frozen=True)
class First:
    """Not counted: the one column of the first row is asked for."""

    rows: QuerySet[Any]


Counted = dict[str, QuerySet[Any] | First]
"""What an app has counted, by a name that no other app uses."""


@remembered
def counts_for(user: "_User") -> Mapping[str, Any]:
    """Everything that is counted for the person, of every app."""
    rows: Counted = {}
    for path in settings.COUNT_SOURCES:
        rows |= import_string(path)(user)
    return counted_at_once(rows)


def counted_at_once(rows: Counted) -> dict[str, Any]:
    """How many rows each has, by its name; of a `First` its value, or None."""
    if not rows:
        return {}
    parts, params = [], []
    for each in rows.values():
        part, given = _first(each.rows) if isinstance(each, First) else _count(each)
        parts.append(part)
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(rows, cursor.fetchone(), strict=True))


def _count(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    plain = rows.order_by()
    query = plain.query
    if not (query.values_select or query.annotation_select or query.combinator):
        plain = plain.values("pk")
    sql, params = _sql_of(plain)
    # All of it is SQL that Django wrote; what people typed is among the parameters.
    return (f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0"), params  # noqa: S608


def _first(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    sql, params = _sql_of(rows[:1])
    return (f"({sql})" if sql else "NULL"), params


def _sql_of(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    """Nothing for one that cannot have a row."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return "", []
    return sql, list(params)
