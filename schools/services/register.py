"""Importing the register of schools and its links (rules.md S1–S3): all or nothing."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.learned.selectors import columns_for
from banding_portal.words import field_words, short_day
from schools.choices import ImportKind, RegisterKind, SchoolStatus, Sector
from schools.models import Placement, School, SchoolLink, User
from schools.register_columns import FILES, SCHOOL_COLUMNS
from schools.register_files import RegisterFile, Row, read_links, read_schools
from schools.services.following import hold_places, tell_followers
from schools.services.import_records import LOCKS, Written, keep_record
from schools.services.register_records import (
    LINK_FACTS,
    CarriedPlacements,
    changed_link,
    changed_school,
    facts,
    new_link,
    new_school,
)
from schools.services.successors import carry_placements

FIGURES = {
    "created": "New schools",
    "updated": "Changed schools",
    "unchanged": "Unchanged schools",
    "closed": "Schools that closed",
    "linked": "New or changed links",
    "links_elsewhere": "Links between schools not here",
    "carried": "Placements carried to a successor",
    "left_out": "Rows left out",
}
"""What an import counts, by the keys of interfaces.md and a few more."""
EFFECTS = ("linked", "carried")
ALWAYS_SHOWN = ("created", "updated", "unchanged")
BATCH = 1000


def import_register(
    progress: Progress,
    *,
    schools: bytes | None = None,
    links: bytes | None = None,
    la_code: str = "",
    filename: str = "",
    by: User | None = None,
    job: UUID | None = None,
) -> Result:
    """Bring schools and links up to date from the register's files.

    Call it inside a transaction and roll back when the result has issues; then nothing was
    written. Schools are known by URN; one that the file lacks is left as it is. Open placements
    of a closed school go on at its successor, history stays with the old URN (S1).
    """
    register = RegisterFile()
    if schools is not None:
        columns = columns_for(FILES, SCHOOL_COLUMNS)
        register = read_schools(schools, la_code=la_code, columns=columns)
    linked = read_links(links) if links is not None else RegisterFile()
    issues = register.issues + linked.issues
    if schools is not None and not register.rows and not issues:
        issues.append(no_schools(la_code))
    if issues:
        return Result(issues=issues, preview={"headings": register.asked} if register.asked else {})
    one_at_a_time(LOCKS[ImportKind.REGISTER])
    preview = Preview(ignored=[*register.ignored, *linked.ignored])
    counts = Counter(left_out=sum(register.without_sector.values()))
    written = save_schools(register.rows, counts, preview, progress)
    written += save_links(linked.rows, counts)
    hold_places()
    placements = CarriedPlacements(Placement.objects.outlasting())
    carried, warnings = carry_placements()
    counts["carried"] = len(carried)
    written += placements.written()
    tell_followers({placement.pupil_id for placement in carried}, by=None)
    keep_record(kind=ImportKind.REGISTER, filename=filename, written=written, by=by, job=job)
    warnings = register.warnings + linked.warnings + left_out_warnings(register) + warnings
    preview.figures = figures_of(counts)
    return Result(warnings=warnings, preview=preview.as_dict())


def figures_of(counts: Counter[str]) -> list[Figure]:
    return [
        Figure(key, label, counts[key], key not in ALWAYS_SHOWN, key in EFFECTS)
        for key, label in FIGURES.items()
    ]


def import_register_file(
    progress: Progress,
    *,
    filename: str,
    content: bytes,
    kind: str,
    la_code: str,
    by: User | None = None,
    job: UUID | None = None,
) -> Result:
    """The same from one file that was sent in on screen."""
    sent: dict[str, Any] = {"filename": filename, "by": by, "job": job}
    if kind == RegisterKind.LINKS:
        return import_register(progress, links=content, **sent)
    return import_register(progress, schools=content, la_code=la_code, **sent)


def no_schools(la_code: str) -> Issue:
    whose = f" of the authority {la_code}" if la_code else ""
    return Issue(f"There are no schools{whose} in this file.", sheet="Register")


def left_out_warnings(register: RegisterFile) -> list[Issue]:
    return [
        Issue(
            "The register says no sector for this type, so these rows are left out.",
            sheet="Register",
            who=name,
            value=f"{count:,} rows" if count > 1 else "1 row",
        )
        for name, count in sorted(register.without_sector.items())
    ]


@dataclass
class SchoolRows:
    """The rows of a register file, compared one by one with the schools that are there."""

    known: dict[str, School]
    preview: Preview
    counts: Counter[str]
    new: list[School] = field(default_factory=list)
    changed: list[School] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def take(self, row: Row) -> None:
        school = self.known.get(row["urn"])
        was_closed = school is not None and school.status == SchoolStatus.CLOSED
        if row["status"] == SchoolStatus.CLOSED and not was_closed:
            self.counts["closed"] += 1
        if school is None:
            return self.add(School(**row), row)
        before = facts(school, row)
        if differences := update_fields(school, row):
            self.changed.append(school)
            self.preview.changes += differences
            self.written.append(changed_school(school, before, differences))
        return None

    def add(self, school: School, row: Row) -> None:
        self.new.append(school)
        identity = f"URN {school.urn}, {shown('sector', school.sector)}"
        self.preview.new.append(New(school.name, identity))
        self.written.append(new_school(school, row))


def save_schools(
    rows: list[Row], counts: Counter[str], preview: Preview, progress: Progress
) -> list[Written]:
    """Returns what was written, for the record."""
    known = School.objects.select_for_update().in_bulk([r["urn"] for r in rows], field_name="urn")
    taken = SchoolRows(known, preview, counts)
    for done, row in enumerate(rows, start=1):
        taken.take(row)
        if done % BATCH == 0 or done == len(rows):
            progress(done, len(rows))
    School.objects.bulk_create(taken.new, batch_size=BATCH)
    if taken.changed:
        fields = [name for name in rows[0] if name != "urn"]
        School.objects.bulk_update(taken.changed, fields, batch_size=BATCH)
    unchanged = len(rows) - len(taken.new) - len(taken.changed)
    counts.update(created=len(taken.new), updated=len(taken.changed), unchanged=unchanged)
    return taken.written


def update_fields(school: School, row: Row) -> list[Change]:
    """Set what differs and say so; an empty list when nothing does."""
    who = f"{school.name} ({school.urn})"
    differences = []
    for name, value in row.items():
        old = getattr(school, name)
        if old != value:
            differences.append(Change(who, field_words(name), shown(name, old), shown(name, value)))
            setattr(school, name, value)
    return differences


def shown(name: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, dt.date):
        return short_day(value)
    words = {"status": dict(SchoolStatus.choices), "sector": dict(Sector.choices)}.get(name, {})
    return str(words.get(value, "" if value is None else value))


def save_links(rows: list[Row], counts: Counter[str]) -> list[Written]:
    """Keep the links of schools the portal knows; the others are counted."""
    written: list[Written] = []
    schools = School.objects.in_bulk({row["urn"] for row in rows}, field_name="urn")
    known = {
        (link.school_id, link.linked_urn, link.kind): link
        for link in SchoolLink.objects.filter(school__in=schools.values()).select_related("school")
    }
    new: list[SchoolLink] = []
    changed: list[SchoolLink] = []
    for row in rows:
        school = schools.get(row["urn"])
        if school is None:
            counts["links_elsewhere"] += 1
            continue
        details = {name: row[name] for name in ("linked_name", "established_on")}
        link = known.get((school.pk, row["linked_urn"], row["kind"]))
        if link is None:
            new.append(
                SchoolLink(school=school, linked_urn=row["linked_urn"], kind=row["kind"], **details)
            )
            written.append(new_link(new[-1]))
        elif any(getattr(link, name) != value for name, value in details.items()):
            before = facts(link, LINK_FACTS)
            link.linked_name, link.established_on = details.values()
            changed.append(link)
            written.append(changed_link(link, before))
    SchoolLink.objects.bulk_create(new, batch_size=BATCH)
    SchoolLink.objects.bulk_update(changed, ["linked_name", "established_on"], batch_size=BATCH)
    counts["linked"] = len(new) + len(changed)
    return written
