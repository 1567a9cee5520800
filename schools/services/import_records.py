"""Keeping what an import changed, row by row (rules.md S12)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from banding_portal.bulk import insert_rows
from schools.choices import ImportKind
from schools.models import ImportedRow, ImportRecord, User

BATCH = 2_000
LOCKS = {
    ImportKind.REGISTER: 7_114_704,
    ImportKind.CASELOAD: 7_114_705,
    ImportKind.CONVERSION: 7_114_704,
    ImportKind.ROLL_OVER: 7_114_713,
}
"""One import of a kind at a time: the second waits, so that both see what is there. What became
of schools is the register's to say, so a conversion and its import wait for each other.
"""
LONGEST = 250


@dataclass(frozen=True)
class Written:
    """A row of a table that an import added, changed or removed, and how to tell of it."""

    row: models.Model
    who: str
    what: str
    old: str = ""
    new: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    """By column, as in `pupil_id`; empty where the row is new."""
    after: dict[str, Any] = field(default_factory=dict)
    """The same columns now; empty where the row was removed."""
    pupil: UUID | None = None


def keep_record(
    *,
    kind: ImportKind,
    filename: str,
    written: Sequence[Written],
    by: User | None,
    job: UUID | None,
    pk: UUID | None = None,
) -> ImportRecord | None:
    """Keep it, in the order of writing, in the import's transaction; None where nothing changed."""
    if not written:
        return None
    fields: dict[str, Any] = {"pk": pk} if pk else {}
    record = ImportRecord.objects.create(
        kind=kind, filename=filename, made_by=by, job=job, **fields
    )
    for batch in in_batches(list(enumerate(written))):
        insert_rows(ImportedRow, [row_of(record, *each) for each in batch])
    return record


def row_of(record: ImportRecord, position: int, one: Written) -> dict[str, Any]:
    return {
        "record_id": record.pk,
        "position": position,
        "model": one.row._meta.label_lower,
        "subject": one.row.pk,
        "pupil": one.pupil,
        "who": one.who[:LONGEST],
        "what": one.what[:LONGEST],
        "old": one.old,
        "new": one.new,
        "before": in_json(one.before),
        "after": in_json(one.after),
    }


def in_json(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them, so that they can be compared with what was kept."""
    kept: dict[str, Any] = json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
    return kept


def in_batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
