"""What a database holds, to be compared after it was restored."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from banding_portal.backups.programs import LEFT_OUT
from banding_portal.seals.models import Seal

TABLES = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
  AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"""
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def rows_of_tables() -> dict[str, int]:
    rows = {}
    with connection.cursor() as cursor:
        for table in tables():
            if table not in LEFT_OUT:
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608
                rows[table] = cursor.fetchone()[0]
    return rows


def migrations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(MIGRATIONS)
        return [name for (name,) in cursor.fetchall()]


def published_total() -> str:
    """Pounds of all that was published."""
    return str(import_string(settings.PUBLISHED_TOTAL)())


def head_of_trail() -> str:
    return Seal.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def contents() -> dict[str, Any]:
    """Rows of each table, the published money, the head of the audit trail, the migrations."""
    return {
        "rows": rows_of_tables(),
        "total": published_total(),
        "head": head_of_trail(),
        "migrations": migrations(),
    }


def other_rows(kept: dict[str, Any]) -> list[str]:
    """The tables that have not the rows they had, in sentences."""
    found = rows_of_tables()
    return [
        f"{table} has {found.get(table, 'no')} rows, and had {count}."
        for table, count in kept["rows"].items()
        if found.get(table) != count
    ]


def other_sums(kept: dict[str, Any]) -> list[str]:
    """Whether the money or the head of the trail is another, in sentences."""
    problems = []
    if (total := published_total()) != kept["total"]:
        problems.append(f"What was published adds up to £{total}, and did to £{kept['total']}.")
    if kept["head"] and head_of_trail() != kept["head"]:
        problems.append("The audit trail has another head than when the backup was made.")
    return problems
