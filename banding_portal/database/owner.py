"""Work that the owner of the database does: migrations, and inventing data with a past."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection


@contextmanager
def as_owner() -> Iterator[str]:
    """The connection is the owner's meanwhile, where DATABASE_OWNER_URL says who that is.

    Gives the name of the portal's own role.
    """
    usual = connection.settings_dict
    if settings.DATABASE_OWNER is None:
        with as_who_connected():
            yield usual["USER"]
        return
    connection.close()
    connection.settings_dict = usual | settings.DATABASE_OWNER
    try:
        yield usual["USER"]
    finally:
        connection.close()
        connection.settings_dict = usual


@contextmanager
def as_who_connected() -> Iterator[None]:
    """Without the lesser role that the database gives whoever connects, where it gives one."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW role")
        [role] = cursor.fetchone()
        cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            with suppress(DatabaseError):  # a transaction that failed takes it back by itself
                cursor.execute("SELECT set_config('role', %s, false)", [role])
