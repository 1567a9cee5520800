"""What is wrong with the rights of an installation, each as a sentence that says what to do."""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.db import connection

from banding_portal.database.rights import (
    ASKED,
    FUNCTIONS,
    REFUSING_LOGS,
    TABLES,
    rights_wanted,
)

MIGRATE = "Run `manage.py migrate` as the owner (DATABASE_OWNER_URL)."
SPECIAL_ROLE = """SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles
  WHERE rolname = current_user"""
OWNED = """SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace
  AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')"""
HELD = "SELECT has_table_privilege(current_user, %s::regclass, %s)"
UNGUARDED = f"""SELECT count(*) FROM ({FUNCTIONS}) AS f (name) JOIN pg_proc p
  ON p.oid = f.name::regprocedure WHERE NOT p.prosecdef OR p.proconfig IS NULL"""  # noqa: S608
TRIGGERS = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
IGNORES = """SELECT prosrc FROM pg_proc
  WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure"""


def problems_of_database() -> list[str]:
    """Asked as the role that the portal runs as; empty where all is well."""
    with connection.cursor() as cursor:
        return [
            *problems_of_role(cursor),
            *problems_of_rights(cursor),
            *problems_of_triggers(cursor),
            *problems_of_logs(cursor),
        ]


def ask(cursor: Any, statement: str, *values: Any) -> Any:
    cursor.execute(statement, values or None)
    return cursor.fetchone()


def problems_of_role(cursor: Any) -> Iterator[str]:
    superuser, makes_roles, bypasses = ask(cursor, SPECIAL_ROLE)
    if superuser or makes_roles or bypasses:
        yield (
            "The role of DATABASE_URL is a superuser, makes roles or bypasses row security. "
            "ALTER ROLE … NOSUPERUSER NOCREATEROLE NOBYPASSRLS."
        )
    [owned] = ask(cursor, OWNED)
    if owned:
        yield (
            f"The role of DATABASE_URL owns {owned} tables, so it can change the audit trail. "
            "Give the portal a role of its own (docs/running.md, “Two roles”)."
        )
    if ask(cursor, "SELECT has_schema_privilege(current_user, 'public', 'CREATE')") == (True,):
        yield f"The role of DATABASE_URL can make tables. {MIGRATE}"


def problems_of_rights(cursor: Any) -> Iterator[str]:
    cursor.execute(TABLES)
    for table, _ in cursor.fetchall():
        wanted = rights_wanted(table)
        held = {right for right in ASKED if ask(cursor, HELD, f'public."{table}"', right)[0]}
        if missing := sorted(wanted - held):
            yield f"{table}: the portal needs {', '.join(missing)}. {MIGRATE}"
        if too_much := sorted(held - wanted):
            yield f"{table}: the portal may {', '.join(too_much)}, and should not. {MIGRATE}"


def problems_of_triggers(cursor: Any) -> Iterator[str]:
    cursor.execute(TRIGGERS)
    found = dict(cursor.fetchall())
    wanted = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}
    if missing := len(wanted - set(found)):
        yield f"{missing} triggers of the portal are missing. {MIGRATE}"
    if lifted := sorted(name for name in wanted & set(found) if found[name] != "O"):
        yield f"Triggers are disabled: {', '.join(lifted)}. ALTER TABLE … ENABLE TRIGGER USER."
    [unguarded] = ask(cursor, UNGUARDED)
    if unguarded:
        yield f"{unguarded} trigger functions do not work with the owner’s rights. {MIGRATE}"
    if ask(cursor, IGNORES) != ("SELECT false",):
        yield f"A setting of a session lifts every trigger (pgtrigger.ignore). {MIGRATE}"


def problems_of_logs(cursor: Any) -> Iterator[str]:
    for name, (right, allowed) in REFUSING_LOGS.items():
        [value] = ask(cursor, "SELECT current_setting(%s, true)", name)
        if value is not None and value not in allowed:
            yield (
                f"{name} is {value}, so the log of PostgreSQL can hold what people typed. "
                f"ALTER SYSTEM SET {name} = '{right}'."
            )
