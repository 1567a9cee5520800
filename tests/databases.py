"""One database is migrated for as long as the migrations stay; each run begins with copies.

Migrating takes longer than many a run of a few tests, so the migrated database outlives the run.
"""

import contextlib
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation

from banding_portal.database import rights
from banding_portal.servers.postgres import PORTAL_ROLE

TEMPLATE = "test_template"
LOCK = 7_251_000  # any number that every process takes
BESIDE = ("folding_sql.py", "database/rights.py")
ROLES = "SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(session_user, oid, 'MEMBER')"


def copy_one() -> None:
    """Let this process's test database be a copy of the migrated one.

    The first process to come makes that one, and the others wait for it.
    """
    name = f"{TEMPLATE}_{_migrations()}"
    server = psycopg2.connect(**connection.get_connection_params())
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
        found = {found for (found,) in cursor.fetchall()}
        if name not in found:
            _drop(cursor, found)
            _migrate_one()
            cursor.execute(f'ALTER DATABASE "{TEMPLATE}" RENAME TO "{name}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def has_two_roles() -> bool:
    """Whether the tests act as the portal's own role; a server of one's own may have one only."""
    with connection.cursor() as cursor:
        cursor.execute(ROLES, [PORTAL_ROLE])
        return bool(cursor.rowcount)


def act_as_the_portal() -> None:
    """From now on each connection to this database has the rights of the portal's own role.

    Who made the database can still be asked, by `as_who_connected`.
    """
    if has_two_roles():
        with connection.cursor() as cursor:
            name = _quoted(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET role = {PORTAL_ROLE}")
        connection.close()


def _migrations() -> str:
    files = {
        file for app in apps.get_app_configs() for file in Path(app.path, "migrations").glob("*.py")
    }
    # What a migration imports of the portal's own, and what comes after.
    files |= {Path(settings.BASE_DIR, "banding_portal", name) for name in BESIDE}
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def _drop(cursor: Any, names: set[str]) -> None:
    for name in names:
        with contextlib.suppress(psycopg2.errors.ObjectInUse):  # another run's, which copies it
            cursor.execute(f'DROP DATABASE "{name}"')


def _migrate_one() -> None:
    names, test = connection.settings_dict, connection.settings_dict["TEST"]
    own, own_test = names["NAME"], test["NAME"]
    test["NAME"] = TEMPLATE
    with _models_created_together():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if has_two_roles():
        rights.secure(PORTAL_ROLE)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = names["NAME"] = own
    test["NAME"] = own_test


class Together(Operation):
    """Operations whose state is worked out once: each table alone costs all related models anew."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(self, *states: Any) -> None:
        for each in self.operations:
            each.database_forwards(*states)


@contextlib.contextmanager
def _models_created_together() -> Iterator[None]:
    """Migrations as they are, but for the state between one new model and the next."""
    usual = Migration.__init__

    def init(self: Migration, *args: Any) -> None:
        usual(self, *args)
        groups = itertools.groupby(self.operations, lambda each: isinstance(each, CreateModel))
        self.operations = [
            each for new, some in groups for each in ([Together([*some])] if new else some)
        ]

    Migration.__init__ = init  # type: ignore[method-assign]
    try:
        yield
    finally:
        Migration.__init__ = usual  # type: ignore[method-assign]


MUCH = 8_000_000
"""Bytes; up to there deleting is quicker than truncating, which makes each table anew."""
KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})
FILLED = """SELECT relname, pg_relation_size(oid), relhastriggers AND EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND NOT tgisinternal)
  FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"""


def empty_tables() -> None:
    """Leave the tables as migrations leave them, after a test that committed.

    Django truncates every table and then makes content types and permissions again, which takes
    longer than many a test. Most tests fill a few tables with a few rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(FILLED)
        filled = [row for row in cursor.fetchall() if row[0] not in KEPT]
        names = [name for name, _, _ in filled]
        if sum(size for _, size, _ in filled) > MUCH:
            every = set(connection.introspection.table_names(cursor)) - KEPT
            cursor.execute(f"TRUNCATE {', '.join(map(_quoted, every))}")
        elif names:
            guarded = [name for name, _, has_triggers in filled if has_triggers]
            cursor.execute(
                "".join(f"ALTER TABLE {_quoted(each)} DISABLE TRIGGER USER;" for each in guarded)
                + "".join(f"DELETE FROM {_quoted(each)};" for each in names)
                + "SET CONSTRAINTS ALL IMMEDIATE;"
                + "".join(f"ALTER TABLE {_quoted(each)} ENABLE TRIGGER USER;" for each in guarded)
            )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
