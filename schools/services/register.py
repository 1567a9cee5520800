"""Importing the register of schools and its links (rules.md S1–S3): all or nothing."""

import datetime as dt
from collections import Counter
from typing import Any

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.words import field_words, short_day
from schools.choices import RegisterKind, SchoolStatus, Sector
from schools.models import School, SchoolLink
from schools.register_files import RegisterFile, Row, read_links, read_schools
from schools.services.following import hold_places, tell_followers
from schools.services.successors import carry_placements

LOCK = 7_114_704
"""One import at a time: the second waits, so that both see what is there."""
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
) -> Result:
    """Bring schools and links up to date from the register's files.

    Call it inside a transaction and roll back when the result has issues; then nothing was
    written. Schools are known by URN; one that the file lacks is left as it is. Open placements
    of a closed school go on at its successor, history stays with the old URN (S1).
    """
    register = read_schools(schools, la_code=la_code) if schools is not None else RegisterFile()
    linked = read_links(links) if links is not None else RegisterFile()
    issues = register.issues + linked.issues
    if schools is not None and not register.rows and not issues:
        issues.append(no_schools(la_code))
    if issues:
        return Result(issues=issues)
    one_at_a_time(LOCK)
    preview = Preview(ignored=[*register.ignored, *linked.ignored])
    counts = Counter(left_out=sum(register.without_sector.values()))
    save_schools(register.rows, counts, preview, progress)
    save_links(linked.rows, counts)
    hold_places()
    carried, warnings = carry_placements()
    counts["carried"] = len(carried)
    tell_followers({placement.pupil_id for placement in carried}, by=None)
    warnings = left_out_warnings(register) + warnings
    preview.figures = figures_of(counts)
    return Result(warnings=warnings, preview=preview.as_dict())


def figures_of(counts: Counter[str]) -> list[Figure]:
    return [
        Figure(key, label, counts[key], key not in ALWAYS_SHOWN, key in EFFECTS)
        for key, label in FIGURES.items()
    ]


def import_register_file(
    progress: Progress, *, filename: str, content: bytes, kind: str, la_code: str
) -> Result:
    """The same from one file that was sent in on screen."""
    if kind == RegisterKind.LINKS:
        return import_register(progress, links=content)
    return import_register(progress, schools=content, la_code=la_code)


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


def save_schools(
    rows: list[Row], counts: Counter[str], preview: Preview, progress: Progress
) -> None:
    known = School.objects.select_for_update().in_bulk([r["urn"] for r in rows], field_name="urn")
    new: list[School] = []
    changed: list[School] = []
    for done, row in enumerate(rows, start=1):
        school = known.get(row["urn"])
        was_closed = school is not None and school.status == SchoolStatus.CLOSED
        if row["status"] == SchoolStatus.CLOSED and not was_closed:
            counts["closed"] += 1
        if school is None:
            new.append(School(**row))
            identity = f"URN {row['urn']}, {shown('sector', row['sector'])}"
            preview.new.append(New(row["name"], identity))
        elif differences := update_fields(school, row):
            changed.append(school)
            preview.changes += differences
        if done % BATCH == 0 or done == len(rows):
            progress(done, len(rows))
    School.objects.bulk_create(new, batch_size=BATCH)
    if changed:
        fields = [name for name in rows[0] if name != "urn"]
        School.objects.bulk_update(changed, fields, batch_size=BATCH)
    unchanged = len(rows) - len(new) - len(changed)
    counts.update(created=len(new), updated=len(changed), unchanged=unchanged)


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


def save_links(rows: list[Row], counts: Counter[str]) -> None:
    """Keep the links of schools the portal knows; the others are counted."""
    schools = School.objects.in_bulk({row["urn"] for row in rows}, field_name="urn")
    known = {
        (link.school_id, link.linked_urn, link.kind): link
        for link in SchoolLink.objects.filter(school__in=schools.values())
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
        elif any(getattr(link, name) != value for name, value in details.items()):
            link.linked_name, link.established_on = details.values()
            changed.append(link)
    SchoolLink.objects.bulk_create(new, batch_size=BATCH)
    SchoolLink.objects.bulk_update(changed, ["linked_name", "established_on"], batch_size=BATCH)
    counts["linked"] = len(new) + len(changed)
