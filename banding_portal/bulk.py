"""Many rows in one statement, without an object of a model for each."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

Row = dict[str, Any]


def insert_rows(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows with the same keys, such as `band_id`; a key left out is the model's default.

    The database makes the ids where they are not given.
    """
    if not rows:
        return
    fresh = model()
    defaults = {
        field.column: field.get_db_prep_save(getattr(fresh, field.attname), connection)
        for field in model._meta.concrete_fields
        if field.attname not in rows[0] and not field.primary_key and not field.generated
    }
    columns = types_of(model, rows[0])
    made = {} if "id" in columns else {"id": "gen_random_uuid()"}
    names = ", ".join(quoted(str(column)) for column in (*columns, *made, *defaults))
    values = ", ".join([*map(quoted, columns), *made.values(), *["%s"] * len(defaults)])
    table, source = quoted(model._meta.db_table), given(columns)
    statement = f"INSERT INTO {table} ({names}) SELECT {values} FROM {source}"  # noqa: S608
    execute(statement, [*defaults.values(), as_json(rows)])


def update_rows(model: type[Model], rows: Sequence[Row]) -> None:
    """Overwrite what rows with the same keys say, each found by its `id`."""
    if not rows:
        return
    columns = types_of(model, rows[0])
    changes = ", ".join(
        f"{quoted(each)} = given.{quoted(each)}" for each in columns if each != "id"
    )
    table, source = quoted(model._meta.db_table), given(columns)
    statement = f"UPDATE {table} SET {changes} FROM {source} WHERE {table}.id = given.id"  # noqa: S608
    execute(statement, [as_json(rows)])


def types_of(model: type[Model], row: Row) -> dict[str, str]:
    """Types by column, of the columns that a row has."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {str(fields[key].column): str(fields[key].db_type(connection)) for key in row}


def given(columns: dict[str, str]) -> str:
    described = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
    return f"json_to_recordset(%s) AS given ({described})"


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, default=str)


def execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
