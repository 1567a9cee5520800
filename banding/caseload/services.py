"""Bringing the authority's caseload in (interfaces.md, rules.md S4, S5, B5): all or nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from banding.caseload.applying import compare_all, write
from banding.caseload.changes import Changes
from banding.caseload.checking import CaseloadPupil, collect_pupils
from banding.caseload.known import check_known, check_owners, look_up
from banding.caseload.reading import CaseloadFile, read_caseload
from banding.collections.services import sync_return_pupils
from banding.models import CaseloadUpload, Collection
from banding_portal.uploads.results import Issue, Progress, Result
from banding_portal.words import short_day
from banding_portal.workbooks.refusals import RefusedFile
from schools.models import Pupil, User

LOCK = 7_114_705
"""One import at a time: the second waits, so that both see what is there."""
SHOWN = 200
LISTED = 50


@dataclass
class Counts:
    """What a file holds and what it changes; the keys of interfaces.md and a few more.

    Placements, plans and agreed bands are those in the file; created, updated and unchanged
    count pupils.
    """

    rows: int = 0
    pupils: int = 0
    placements: int = 0
    plans: int = 0
    agreed_bands: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    added_to_returns: int = 0

    LABELS = {
        "rows": "Rows read",
        "pupils": "Pupils",
        "placements": "Placements",
        "plans": "Plans",
        "agreed_bands": "Agreed bands",
        "created": "New pupils",
        "updated": "Changed pupils",
        "unchanged": "Unchanged pupils",
        "added_to_returns": "Pupils added to returns that are open",
    }

    def numbers(self) -> dict[str, int]:
        return {key: getattr(self, key) for key in self.LABELS}


@dataclass
class CaseloadImport:
    """One run over one file; `changes` is there once it was compared."""

    file: CaseloadFile
    pupils: dict[str, CaseloadPupil] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    added_to_returns: int = 0

    def counts(self) -> Counts:
        pupils = self.pupils.values()
        created, updated = len(self.changes.new_pupils), len(self.changes.updated)
        return Counts(
            rows=len(self.file.rows),
            pupils=len(pupils),
            placements=sum(len(pupil.placements) for pupil in pupils),
            plans=sum(len(pupil.plans) for pupil in pupils),
            agreed_bands=sum(len(pupil.bands) for pupil in pupils),
            created=created,
            updated=updated,
            unchanged=len(pupils) - created - updated,
            added_to_returns=self.added_to_returns,
        )

    def preview(self) -> dict[str, Any]:
        """As the upload pages show it; the same whenever nothing changed meanwhile."""
        counts = self.counts()
        figures = [{"label": counts.LABELS[k], "value": n} for k, n in counts.numbers().items()]
        told = self.changes.told
        return {
            "counts": counts.numbers(),
            "figures": figures,
            "changes": told[:SHOWN],
            "more": max(len(told) - SHOWN, 0),
            "new_pupils": [listed(pupil) for pupil in self.changes.new_pupils[:LISTED]],
            "ignored_columns": self.file.ignored,
        }

    def warnings(self) -> list[Issue]:
        """A permanent UPN replaced by another is rare enough to be looked at, one by one."""
        return [
            self.file.issue(
                pupil.upn_row or pupil.row,
                "upn",
                f"Until now this pupil's UPN was {old}. A UPN hardly ever changes.",
            )
            for pupil, old in self.changes.new_upns
        ]


def import_caseload(
    progress: Progress, *, filename: str, content: bytes, by: User | None = None
) -> Result:
    """Bring pupils, placements, plans and authority-entered bands up to date with a file.

    Call it inside a transaction and roll back when the result has issues. Pupils are known by
    the authority's reference; what the file lacks stays as it is, for absence is never a leaver
    (B5). The same file again changes nothing.
    """
    try:
        file = read_caseload(filename, content)
    except RefusedFile as refusal:
        return Result(issues=[Issue(str(refusal))])
    if not file.rows:
        return Result(issues=file.issues)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    run = CaseloadImport(file, collect_pupils(file))
    known = look_up()
    check_known(file, known)
    check_owners(file, run.pupils)
    if file.issues:
        return Result(issues=sorted(file.issues, key=place))
    run.changes = compare_all(list(run.pupils.values()), known, by=by, progress=progress)
    write(run.changes, progress, len(run.pupils))
    if run.changes.new_placements or run.changes.new_plans:
        run.added_to_returns = sync_open_collections()
    return Result(warnings=run.warnings(), preview=run.preview())


def run_caseload_upload(upload: CaseloadUpload, progress: Progress) -> Result:
    """The work on an upload; whoever confirmed it enters the agreed bands."""
    return import_caseload(
        progress,
        filename=upload.filename,
        content=bytes(upload.content),
        by=upload.on_behalf_of,
    )


def place(issue: Issue) -> tuple[int, int, str]:
    """Row first, then column as in the sheet."""
    return (issue.row or 0, len(issue.column), issue.column)


def sync_open_collections() -> int:
    """Put pupils who are on roll by now on the returns that ask about them (B6)."""
    collections = Collection.objects.open_on(timezone.localdate()).select_related("framework")
    return sum(sync_return_pupils(collection) for collection in collections)


def listed(pupil: Pupil) -> dict[str, str]:
    return {
        "reference": pupil.reference,
        "name": pupil.display_name,
        "upn": pupil.upn or "",
        "date_of_birth": short_day(pupil.date_of_birth),
    }
