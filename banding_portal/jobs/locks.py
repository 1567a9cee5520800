"""One worker at a job. The lock ends with the transaction that took it, and with the worker."""

from uuid import UUID

from django.db import connection


def one_at_a_time(number: int) -> None:
    """Wait until nobody else does what has this number; then hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def try_to_hold(pk: UUID) -> bool:
    """Hold a job until the transaction ends; False when somebody else does.

    Not a lock on its row, which a person who wants to cancel meanwhile has to write to.
    """
    number = int.from_bytes(pk.bytes[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])
