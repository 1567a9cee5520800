"""What the rows of the trail hash to, asked of the database."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from banding_portal.seals.chain import HASH_BYTES

# The person stands in the context, which more than one row may share.
HASHES = """
SELECT event.pgh_id, substring(sha256(convert_to(
         (to_jsonb(event) - ARRAY(
           SELECT attname::text FROM pg_attribute
           WHERE attrelid = '{table}'::regclass AND attname <> ALL (%s)
         ))::text || coalesce(context.metadata ->> 'user', ''), 'UTF8')) FROM 1 FOR {size})
FROM {table} event LEFT JOIN pghistory_context context ON context.id = event.pgh_context_id
WHERE event.pgh_id > %s AND event.pgh_id <= %s ORDER BY event.pgh_id LIMIT %s
"""
WRITERS = """
SELECT lock.transactionid::text FROM pg_locks lock JOIN pg_stat_activity USING (pid)
WHERE lock.locktype = 'transactionid' AND lock.mode = 'ExclusiveLock' AND lock.granted
  AND datname = current_database() AND pid <> pg_backend_pid()
"""


def columns_of(model: Any) -> tuple[str, ...]:
    """The columns of an event model, in order of their names."""
    return tuple(sorted(str(field.column) for field in model._meta.concrete_fields))


def hashes_of(
    model: Any, columns: tuple[str, ...], after: int, last: int, limit: int
) -> list[tuple[int, bytes]]:
    """Id and hash of at most `limit` events with ids above `after`, up to `last`.

    Only `columns` count: those that came later are left out.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        statement = HASHES.format(table=table, size=HASH_BYTES)
        cursor.execute(statement, [list(columns), after, last, limit])
        return [(id_, bytes(hashed)) for id_, hashed in cursor.fetchall()]


def blocks_of(
    model: Any, columns: tuple[str, ...], after: int, last: int, size: int
) -> Iterator[list[tuple[int, bytes]]]:
    while found := hashes_of(model, columns, after, last, size):
        yield found
        after = found[-1][0]


def last_older_than(model: Any, moment: dt.datetime) -> int:
    """The id up to which every event is older; 0 where there is none."""
    young = model.objects.filter(pgh_created_at__gt=moment).aggregate(id=Min("pgh_id"))["id"]
    if young is not None:
        return int(young) - 1
    return model.objects.aggregate(id=Max("pgh_id"))["id"] or 0


def writers() -> set[str]:
    """The transactions of others that have written something and have not ended."""
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {number for (number,) in cursor.fetchall()}
