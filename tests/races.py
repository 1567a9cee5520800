"""Two at once, made to meet: a test holds a row until both wait for it."""

import time

from django.db import connection


def until_waiting(count):
    """Returns when so many connections of this database wait for a lock."""
    waiting = (
        "SELECT pg_stat_clear_snapshot(), count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pg_blocking_pids(pid) <> '{}'"
    )
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(waiting)
            if cursor.fetchone()[1] >= count:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waits for the lock.")
