"""Checks within a row and across the rows of a caseload file; rows of one pupil become one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from banding_portal.files.tables import TableLine
from banding_portal.words import short_day

OWN_FIELDS = ("surname", "forename", "date_of_birth", "upn", "responsible_la")
"""What every row of a pupil has to agree on."""
BAND_FIELDS = ("band_framework", "band", "band_effective_from")
PERIODS = (("placement_start", "placement_end"), ("plan_start", "plan_end"))

End = dt.date | None


@dataclass
class CaseloadPupil:
    """One pupil of the file, with everything its rows say."""

    row: TableLine
    """The first row; its values are the pupil's own where rows have to agree."""
    upn: str | None = None
    upn_row: TableLine | None = None
    """The row that gave the UPN."""
    year_group: int | None = None
    primary_need: str | None = None
    placements: dict[tuple[str, dt.date], End] = field(default_factory=dict)
    """End by URN and start."""
    plans: dict[tuple[str, dt.date], End] = field(default_factory=dict)
    """End by plan type and start."""
    bands: dict[tuple[str, dt.date], str] = field(default_factory=dict)
    """Band code by framework and effective date."""
    latest: dt.date = dt.date.min

    @property
    def reference(self) -> str:
        return str(self.row["pupil_id"])


def check_row(row: TableLine) -> None:
    """Ends on or after starts; a band with its framework and date, or none of the three."""
    for start, end in PERIODS:
        if row[start] and row[end] and row[end] < row[start]:
            row.refuse(end, f"The end is before the start, {short_day(row[start])}.")
    given = [name for name in BAND_FIELDS if row.cell(name) is not None]
    for name in BAND_FIELDS:
        if given and name not in given:
            text = "A band needs its framework, its code and the date it takes effect."
            row.refuse(name, f"{text} This cell is empty.")


def collect_pupils(rows: Iterable[TableLine]) -> dict[str, CaseloadPupil]:
    """Pupils by reference, in file order; disagreements between rows become issues."""
    pupils: dict[str, CaseloadPupil] = {}
    owners: dict[str, TableLine] = {}
    for row in rows:
        check_row(row)
        if row["pupil_id"] is None:
            continue
        pupil = pupils.setdefault(row["pupil_id"], CaseloadPupil(row))
        check_agreement(pupil, row)
        check_owner(owners, row)
        take_row(pupil, row)
    return pupils


def check_agreement(pupil: CaseloadPupil, row: TableLine) -> None:
    first = pupil.row
    for name in OWN_FIELDS:
        said = pupil.upn if name == "upn" else first[name]
        if row[name] is None or said is None or row[name] == said:
            continue
        if name == "upn":
            text = f"This pupil has two UPNs: the rows before say {said}."
        else:
            text = f"The rows of one pupil must agree. Row {first.number} says {shown(said)}."
        row.refuse(name, text)


def check_owner(owners: dict[str, TableLine], row: TableLine) -> None:
    if row["upn"] is None:
        return
    owner = owners.setdefault(row["upn"], row)
    if owner["pupil_id"] != row["pupil_id"]:
        whose = f"{owner['pupil_id']} in row {owner.number}"
        row.refuse("upn", f"Two pupils have this UPN: it is {whose} as well.")


def take_row(pupil: CaseloadPupil, row: TableLine) -> None:
    """Add what the row says. Of year group and need the latest placement's row counts."""
    if pupil.upn is None and row["upn"]:
        pupil.upn, pupil.upn_row = row["upn"], row
    start = row["placement_start"] or dt.date.min
    is_latest, pupil.latest = start >= pupil.latest, max(start, pupil.latest)
    for name, heading in (("year_group", "ncy"), ("primary_need", "primary_need")):
        if row[heading] is not None and (is_latest or getattr(pupil, name) is None):
            setattr(pupil, name, row[heading])
    take_period(pupil.placements, row, ("school_urn", "placement_start", "placement_end"))
    take_period(pupil.plans, row, ("plan_type", "plan_start", "plan_end"))
    take_period(pupil.bands, row, ("band_framework", "band_effective_from", "band"))


def take_period(into: dict[Any, Any], row: TableLine, names: tuple[str, str, str]) -> None:
    """Keep the third by the first two; the same two with another third is an issue."""
    what, start, third = (row[name] for name in names)
    if what is None or start is None:
        return
    if third is None and (names[2] == "band" or row.cell(names[2]) is not None):
        return
    if into.setdefault((what, start), third) != third:
        said = shown(into[(what, start)]) or "no end"
        where = f"{what} from {short_day(start)}"
        row.refuse(names[2], f"An earlier row says {said} for {where}.")


def shown(value: Any) -> str:
    if value is None:
        return ""
    return short_day(value) if isinstance(value, dt.date) else str(value)
