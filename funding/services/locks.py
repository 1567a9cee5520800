"""Calculating and publishing wait for each other (rules.md F7, F8).

A run pays the difference to everything published, so nothing may be published while one is
calculated: two runs would pay the same difference.
"""

from django.db import connection

PUBLISHED_LINES = 0x46756E64


def hold_published_lines() -> None:
    """Nothing is published until this transaction ends; other runs may be calculated."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s)")


def hold_for_publishing() -> None:
    """Nothing is calculated or published until this transaction ends."""
    _execute("SELECT pg_advisory_xact_lock(%s)")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [PUBLISHED_LINES])
