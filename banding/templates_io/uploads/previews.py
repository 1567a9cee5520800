"""What a person sees before an upload is applied; JSON, the same for the same state (T4, T7)."""

from dataclasses import dataclass
from typing import Any

from banding.choices import PupilChange
from banding.templates_io.uploads.joiners import JoinerRows
from banding.templates_io.uploads.known import Known
from banding.templates_io.uploads.plans import CHANGED, NEW, UNCHANGED
from banding.templates_io.uploads.pupils import PupilRows
from banding_portal.uploads.results import Issue
from banding_portal.words import day

NOTHING_NEW = "This file changes nothing: everything in it is on the portal already"


@dataclass(frozen=True)
class BandShown:
    """A band as a page shows it; kept in the preview, so that it stays what was confirmed."""

    name: str
    code: str
    rank: int


def preview_of(
    known: Known, pupils: PupilRows, joiners: JoinerRows, ignored: list[str]
) -> dict[str, Any]:
    """Counts and rows: new, changed from what to what, unchanged, joiners, left."""
    rows = [plan.as_preview(known.areas) for plan in pupils.plans if plan.kind != UNCHANGED]
    accounts = [plan.account for plan in pupils.plans if plan.account]
    return {
        "read": len(pupils.seen),
        "new": sum(row["kind"] == NEW for row in rows),
        "changed": sum(row["kind"] == CHANGED for row in rows),
        "unchanged": len(pupils.seen) - len(rows),
        "left": sum(account.change == PupilChange.LEFT for account in accounts),
        "unfinished": sum(bool(row.get("left")) for row in rows),
        "joiners": len(joiners.new),
        "joiners_known": joiners.known,
        "bands": len(known.bands),
        "rows": rows,
        "joiner_rows": [
            {
                "pupil": f"{values['surname']}, {values['forename']}",
                "joined": day(values["joined_on"]),
            }
            for values in joiners.new
        ],
        "ignored": ignored,
    }


def warning_of_nothing(preview: dict[str, Any]) -> list[Issue]:
    """An unchanged file is not an error, but hardly what was meant (T4)."""
    does_something = preview["rows"] or preview["joiner_rows"]
    return [] if does_something else [Issue(NOTHING_NEW, who="the whole file")]


def rows_with_bands(preview: dict[str, Any]) -> list[dict[str, Any]]:
    """The preview's rows with their bands as the band tags want them."""
    return [
        row | {side: BandShown(**row[side]) if row[side] else None for side in ("old", "new")}
        for row in preview.get("rows", [])
    ]
