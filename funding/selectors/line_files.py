"""The lines of a run as CSV, and the hash that anyone can repeat (rules.md F7, interfaces.md).

The hash of a run's lines is the SHA-256 of exactly this file: `sha256sum` of the file written
by `calculate_run --output` gives it again.
"""

import hashlib
from typing import Protocol
from uuid import UUID

from django.db import connection

# A reference that a spreadsheet would take for a formula gets an apostrophe (rules.md T9).
LINES_IN_ORDER = """
COPY (
    SELECT period.code AS period, line.urn AS school_urn,
           CASE WHEN line.reference ~ '^[-=+@\\t\\r]' THEN '''' ELSE '' END || line.reference
               AS pupil_id,
           line.basis, line.framework_code AS framework, line.band_code AS band,
           line.annual_value, line."start", line."end", line.days, line.period_days, line.kind,
           line.amount
    FROM funding_line line
    JOIN funding_period period ON period.id = line.period_id
    WHERE line.run_id = %s
    ORDER BY line.reference COLLATE "C", line."start", period."start", line.kind, line.urn,
             line.amount
) TO STDOUT WITH (FORMAT csv, HEADER)
"""


class BinaryFile(Protocol):
    def write(self, data: bytes, /) -> object: ...


def write_lines(run_id: UUID, file: BinaryFile) -> None:
    """Write a run's lines as CSV, in order of pupil and start, in one pass over the table."""
    with connection.cursor() as cursor:
        statement = cursor.mogrify(LINES_IN_ORDER, [run_id])
        cursor.copy_expert(statement, file)


def hash_lines(run_id: UUID) -> str:
    """The SHA-256 of the file `write_lines` writes."""
    digest = _Digest()
    write_lines(run_id, digest)
    return digest.sha256.hexdigest()


class _Digest:
    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.sha256.update(data)
        return len(data)
