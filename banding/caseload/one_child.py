"""Rows of a record that was merged are the rows of the one that stands (rules.md S8).

The authority's own system may have the two for years, so a file names both again and again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from banding_portal.files.tables import TableLine
from banding_portal.jobs.results import Issue
from schools.models import Pupil

OWN = ("upn", "surname", "forename", "date_of_birth", "primary_need", "responsible_la")
"""The pupil's own values, in which all rows of a pupil have to agree."""


def read_merged_as_one(lines: Sequence[TableLine]) -> list[Issue]:
    """Give the rows of merged records the reference and the own values of the one that stands.

    Those are what the file says of it, else what the portal knows. Returns a warning for each row.
    """
    given = {line.text("pupil_id") for line in lines}
    found = Pupil.everything.filter(merged_into__isnull=False, reference__in=given)
    standing: dict[str, Any] = {
        pupil.reference: pupil.merged_into for pupil in found.select_related("merged_into")
    }
    if not standing:
        return []
    said = "This record was merged into {}, and the row is read as its."
    merged = [line for line in lines if line.text("pupil_id") in standing]
    warnings = [
        line.note("pupil_id", said.format(standing[line.text("pupil_id")].reference))
        for line in merged
    ]
    read_as(lines, standing)
    return warnings


def read_as(lines: Sequence[TableLine], standing: Mapping[str, Any]) -> None:
    """Read the rows of some references as those of pupils of the portal."""
    first: dict[str, TableLine] = {}
    for line in lines:
        first.setdefault(line.text("pupil_id"), line)
    for line in lines:
        pupil = standing.get(line.text("pupil_id"))
        if pupil is not None:
            line.read |= own_values(pupil, first.get(pupil.reference))


def own_values(pupil: Pupil, line: TableLine | None) -> dict[str, Any]:
    own = {name: line[name] if line else getattr(pupil, name) for name in OWN}
    return own | {"pupil_id": pupil.reference, "ncy": line["ncy"] if line else None}
