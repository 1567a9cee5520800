"""One day for the whole suite: Tuesday 17 November 2026, from ten in the morning on.

It holds for Python from before the first test is read, for PostgreSQL, and for the processes the
tests start; the clock ticks. A test that needs another moment travels on from here, in Python.
"""

import datetime as dt
import os
import time

import time_machine
from django.db.backends.base.base import BaseDatabaseWrapper

from banding_portal.database import rights

START = dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)
SHIFT = "TEST_CLOCK_SHIFT"
"""How many seconds the suite's clock is ahead, for the processes it starts."""
ASKED = ("now", "transaction_timestamp", "statement_timestamp", "clock_timestamp")
"""What PostgreSQL is asked for the time by. `CURRENT_DATE` and its like can't be replaced."""

SEARCH_PATH = "public, clock, pg_catalog"


def set_clock() -> None:
    """Set this process's clock; the first process's is the others' too."""
    shift = os.environ.setdefault(SHIFT, str(START.timestamp() - time.time()))
    time_machine.travel(dt.timedelta(seconds=float(shift)), tick=True).start()


def set_database_clock(connection: BaseDatabaseWrapper) -> None:
    """Let every connection to this database from now on see the time of this process."""
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s - clock_timestamp()", [dt.datetime.now(dt.UTC)])
        [shift] = cursor.fetchone()
        cursor.execute("CREATE SCHEMA IF NOT EXISTS clock")
        for name in ASKED:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION clock.{name}() RETURNS timestamptz LANGUAGE sql STABLE"
                f" RETURN pg_catalog.{name}() + interval '{shift.total_seconds()} seconds'"
            )
        cursor.execute("GRANT USAGE ON SCHEMA clock TO PUBLIC")
        rights.guard_functions(cursor, f"{SEARCH_PATH}, pg_temp")
        # Tables are made in the first, a name is looked up from left to right.
        cursor.execute(f"ALTER DATABASE {database} SET search_path = {SEARCH_PATH}")
    connection.close()
