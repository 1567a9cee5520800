"""What the portal's role may do with each table, and how the owner sees to it after migrating.

The audit trail is written by triggers alone, which work with the owner's rights: the role itself
reads it. Nobody lifts a trigger: the switch that django-pgtrigger has for that is dead here, and
disabling one needs the owner.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from banding_portal.audit_trail.events import event_models

READ = frozenset({"SELECT"})
ADD = READ | {"INSERT"}
REMOVE = ADD | {"DELETE"}
ALL = REMOVE | {"UPDATE"}
ASKED = (*sorted(ALL), "TRUNCATE", "REFERENCES", "TRIGGER")
"""Every right there is on a table."""
SPECIAL: Mapping[str, frozenset[str]] = {
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "pghistory_context": READ,
    # Who looked at a pupil: written once, never changed.
    "schools_look": ADD,
    # Who signed in and who was refused: likewise.
    "banding_portal_signin": ADD,
    # What the trail was when it was sealed, and what looking at it found: likewise.
    "banding_portal_seal": ADD,
    "banding_portal_trailcheck": ADD,
    # A line of a draft may go; what it says is never changed, published or not (F7).
    "funding_line": REMOVE,
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    # Why an amount differs is found out once the line is there.
    "funding_line": ("cause", "cause_said", "cause_by", "cause_at"),
}
"""What may be overwritten where the rest of the row may not."""
REFUSING_LOGS: Mapping[str, tuple[str, frozenset[str]]] = {
    "log_statement": ("none", frozenset({"none", "ddl"})),
    "log_error_verbosity": ("terse", frozenset({"terse"})),
    "log_min_error_statement": ("panic", frozenset({"panic", "fatal"})),
    "log_min_duration_statement": ("-1", frozenset({"-1"})),
    "log_parameter_max_length": ("0", frozenset({"0"})),
    "log_parameter_max_length_on_error": ("0", frozenset({"0"})),
}
"""Settings of PostgreSQL that keep what people typed out of its log: the right one, and those
that are harmless.
"""
TABLES = """SELECT c.relname, pg_get_userbyid(c.relowner) FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname"""
FUNCTIONS = """SELECT p.oid::regprocedure::text FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace
    AND (p.proname LIKE 'pgtrigger\\_%' OR p.proname = '_pgh_attach_context')"""
SEARCH_PATH = "public, pg_temp"
"""A table of one's own in front of the portal's would deceive a trigger; `pg_temp` comes last."""
ATTACH = "public._pgh_attach_context()"
NEVER_IGNORED = """CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
  RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'"""
CONTEXT = """CREATE OR REPLACE FUNCTION public._pgh_attach_context() RETURNS uuid
LANGUAGE plpgsql AS $body$
DECLARE
    id_now uuid := nullif(current_setting('pghistory.context_id', true), '')::uuid;
    told jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    IF id_now IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    -- More may be told of what is on record already; what was told once stays.
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
      VALUES (id_now, told, now(), now())
      ON CONFLICT (id) DO UPDATE
        SET metadata = EXCLUDED.metadata || jsonb_strip_nulls(pghistory_context.metadata),
            updated_at = EXCLUDED.updated_at
        WHERE pghistory_context.metadata
          <> EXCLUDED.metadata || jsonb_strip_nulls(pghistory_context.metadata);
    RETURN id_now;
END $body$"""


def rights_wanted(table: str) -> frozenset[str]:
    return READ if table in event_tables() else SPECIAL.get(table, ALL)


def event_tables() -> set[str]:
    return {model._meta.db_table for model in event_models().values()}


def owns_tables() -> bool:
    """Whether who is connected may change every table there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
        return cursor.fetchone()[0] is not False


@transaction.atomic
def secure(role: str, search_path: str = SEARCH_PATH) -> None:
    """Everything as it is to be, asked of the owner; `role` is the portal's own.

    Where the owner is the portal's only role there is nobody to give rights to.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEVER_IGNORED)
        cursor.execute(CONTEXT)
        guard_functions(cursor, search_path)
        cursor.execute(TABLES)
        tables = dict(cursor.fetchall())
        if role and tables and role not in tables.values():
            give_rights(cursor, role, list(tables))


def guard_functions(cursor: Any, search_path: str = SEARCH_PATH) -> None:
    """Triggers write with the owner's rights, and look for tables where the owner's are."""
    cursor.execute(FUNCTIONS)
    changes = [
        f"ALTER FUNCTION {name} SECURITY DEFINER SET search_path = {search_path}"
        for (name,) in cursor.fetchall()
    ]
    cursor.execute(";".join([*changes, f"REVOKE ALL ON FUNCTION {ATTACH} FROM PUBLIC"]))


def give_rights(cursor: Any, role: str, tables: list[str]) -> None:
    """These and no others, whatever was given before."""
    quote = connection.ops.quote_name
    whom = quote(role)
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {whom}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {whom}",
        f"GRANT USAGE ON SCHEMA public TO {whom}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {whom}",
    ]
    statements += [
        f"GRANT {', '.join(sorted(rights_wanted(table)))} ON {quote(table)} TO {whom}"
        for table in tables
    ]
    statements += [
        f"GRANT UPDATE ({', '.join(columns)}) ON {quote(table)} TO {whom}"
        for table, columns in COLUMNS.items()
        if table in tables
    ]
    cursor.execute(";".join(statements))
