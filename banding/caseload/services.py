"""Bringing the authority's caseload in (interfaces.md, rules.md S4, S5, B5): all or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from banding.caseload.applying import compare_all, remember, write, written
from banding.caseload.changes import Changes
from banding.caseload.checking import CaseloadPupil, collect_pupils
from banding.caseload.columns import COLUMNS, FILES, LIMITS
from banding.caseload.dates import check_dates
from banding.caseload.differences import missing_from
from banding.caseload.identifying import Identified, identify, keep_apart
from banding.caseload.known import LookUps, check_known, check_owners, look_up
from banding.caseload.one_child import read_as, read_merged_as_one
from banding.caseload.zeros import warnings_of_lost_zeros
from banding.collections.services import sync_return_pupils
from banding.models import Collection
from banding_portal.files.explaining import headings_to_explain
from banding_portal.files.previews import Figure, New, Preview
from banding_portal.files.tables import Table, read_table
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.learned.selectors import columns_for
from banding_portal.words import short_day
from schools.choices import ImportKind
from schools.models import Pupil, User
from schools.register_rules import academic_year_name, academic_year_of
from schools.services.following import hold_places
from schools.services.import_records import LOCKS, keep_record

YEAR_IN_DOUBT = range(6, 9)
"""From June to August a year group may mean the year that ends or the one that comes."""
FIGURES = {
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
OPEN_RETURNS_ONLY = (
    "New pupils are added only to returns that are still open and that ask about their sector and "
    "plan. Returns that are submitted or accepted stay as they are."
)


def import_caseload(
    progress: Progress,
    *,
    filename: str,
    content: bytes,
    academic_year: int | None = None,
    mends: Sequence[Mapping[str, Any]] = (),
    by: User | None = None,
    job: UUID | None = None,
) -> Result:
    """Bring pupils, placements, plans and authority-entered bands up to date with a file.

    Call it inside a transaction and roll back when the result has issues. Pupils are known by
    the authority's reference; what the file lacks stays as it is, for absence is never a leaver
    (B5), and so does what was ended, corrected or removed here (S10). Year groups are for the
    academic year beginning in `academic_year`, or today's (S5). The same file again changes
    nothing.
    """
    columns = columns_for(FILES, COLUMNS)
    table = read_table(filename, content, columns, LIMITS, who="pupil_id", mends=mends)
    if not table.lines:
        asked = headings_to_explain(table, filename, content, LIMITS)
        return Result(issues=table.issues, preview={"headings": asked} if asked else {})
    one_at_a_time(LOCKS[ImportKind.CASELOAD])
    hold_places()
    merged = read_merged_as_one(table.lines)
    known, found = look_up(), Identified()
    pupils = read_pupils(table, known, found)
    year = academic_year or academic_year_of(timezone.localdate())
    odd = check_dates(table.lines, known, year, timezone.localdate())
    if table.issues:
        return Result(issues=table.issues)
    changes = compare_all(pupils, known, year, by=by, progress=progress)
    changes.differences[:0] = found.differences
    write(changes, progress, len(pupils))
    keep_apart(found, changes.new[Pupil], by)
    record = uuid4()
    remember(changes, record)
    sent: dict[str, Any] = {"filename": filename, "by": by, "job": job, "pk": record}
    keep_record(kind=ImportKind.CASELOAD, written=written(changes), **sent)
    added = sync_open_collections(by) if changes.moved else 0
    warnings = table.warnings + merged + found.warnings + odd
    warnings += warnings_about(table, changes, academic_year)
    warnings += warnings_of_lost_zeros(pupils, changes)
    return Result(
        warnings=warnings,
        preview=preview_of(table, pupils, changes, added).as_dict(),
        found=[vars(each) for each in (*changes.differences, *missing_from(changes))],
    )


def read_pupils(table: Table, known: LookUps, found: Identified) -> list[CaseloadPupil]:
    """The pupils of the file, those who are surely or by a person's answer known as such.

    Fills `found`; the table has the issues.
    """
    by_reference = collect_pupils(table.lines)
    check_known(table.lines, known)
    check_owners(by_reference)
    if not table.issues:
        identify(by_reference, found)
    if found.same:
        read_as(table.lines, found.same)
        by_reference = collect_pupils(table.lines)
    return list(by_reference.values())


def warnings_about(table: Table, changes: Changes, academic_year: int | None) -> list[Issue]:
    """A permanent UPN replaced by another is rare enough to be looked at, one by one."""
    warnings = [
        (pupil.upn_row or pupil.row).note(
            "upn", f"Until now this pupil’s UPN was {old}. A UPN hardly ever changes."
        )
        for pupil, old in changes.new_upns
    ]
    today = timezone.localdate()
    has_year_groups = any(line["ncy"] is not None for line in table.lines)
    if academic_year is None and has_year_groups and today.month in YEAR_IN_DOUBT:
        year = academic_year_name(academic_year_of(today))
        said = f"The year groups are taken to be for {year}, the academic year that is ending."
        warnings.append(Issue(said, sheet=table.sheet.name, heading="ncy", who="the whole file"))
    return warnings


def preview_of(table: Table, pupils: list[CaseloadPupil], changes: Changes, added: int) -> Preview:
    """Placements, plans and agreed bands are those in the file; the rest counts pupils."""
    created, updated = len(changes.new[Pupil]), len(changes.updated)
    counts = {
        "rows": len(table.lines),
        "pupils": len(pupils),
        "placements": sum(len(pupil.placements) for pupil in pupils),
        "plans": sum(len(pupil.plans) for pupil in pupils),
        "agreed_bands": sum(len(pupil.bands) for pupil in pupils),
        "created": created,
        "updated": updated,
        "unchanged": len(pupils) - created - updated,
        "added_to_returns": added,
    }
    return Preview(
        figures=[Figure(key, label, counts[key]) for key, label in FIGURES.items()],
        new=[New(pupil.display_name, identity_of(pupil)) for pupil in changes.new[Pupil]],
        changes=changes.told,
        notes=[OPEN_RETURNS_ONLY] if created > added else [],
        ignored=table.headings.ignored,
        rests_on=[vars(each) for each in changes.differences],
    )


def identity_of(pupil: Pupil) -> str:
    born = short_day(pupil.date_of_birth)
    return f"{pupil.reference}, UPN {pupil.upn or 'missing'}, born {born}"


def sync_open_collections(by: User | None) -> int:
    """Bring the lists of every return up to date (B6, S10); returns how many pupils were added."""
    collections = Collection.objects.filter(closed_at=None).select_related("framework")
    return sum(sync_return_pupils(collection, by=by) for collection in collections)
