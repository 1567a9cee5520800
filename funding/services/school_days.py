"""Setting which days are school days: by hand, or from a file (rules.md F5)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.files.tables import Table, TableLine, read_table
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import short_day
from funding.calculation.calendar import financial_year_of
from funding.choices import Proration, RunState
from funding.file_columns import SCHOOL_DAY_COLUMNS, SCHOOL_DAY_LIMITS
from funding.models import Period, Run, SchoolDay
from funding.services.drafts import take_back_drafts
from funding.services.effects import Payments
from funding.services.locks import hold_for_publishing
from schools.models import School, User

ONE_DAY = dt.timedelta(days=1)
KINDS = {True: "School day", False: "No school day"}
LONGEST = 400
"""Days that are set at once by hand."""
Key = tuple[School | None, dt.date]


def import_school_days(_: Progress, *, filename: str, content: bytes) -> Result:
    """Set the days of a file; the same file again changes nothing.

    Call it inside a transaction and roll back when the result has issues. A row without a school
    is for every school that does not differ.
    """
    table = read_table(filename, content, SCHOOL_DAY_COLUMNS, SCHOOL_DAY_LIMITS)
    schools = known_schools(table)
    wanted: dict[Key, bool] = {}
    rows: dict[Key, TableLine] = {}
    for line in table.lines:
        check(line, schools, rows)
    if table.issues:
        return Result(issues=table.issues)
    for key, line in rows.items():
        wanted[key] = line["is_school_day"]
    if not any(wanted.values()) and None in {school for school, _ in wanted}:
        return Result(issues=[Issue("No day in the file is a school day.")])
    payments = payments_by_school_days([date for _, date in wanted])
    preview = save(wanted)
    preview.notes = [str(effect) for effect in payments.effects()]
    return Result(warnings=list(table.warnings), preview=preview.as_dict())


def known_schools(table: Table) -> dict[str, School]:
    urns = {line["school_urn"] for line in table.lines if line["school_urn"]}
    return {school.urn: school for school in School.objects.filter(urn__in=urns)}


def check(line: TableLine, schools: Mapping[str, School], rows: dict[Key, TableLine]) -> None:
    urn, date = line["school_urn"], line["date"]
    if urn and urn not in schools:
        line.refuse("school_urn", "There is no such school.")
    elif date is not None:
        key = (schools[urn] if urn else None, date)
        first = rows.setdefault(key, line)
        if first is not line:
            line.refuse("date", f"Row {first.number} already says this day.")


def payments_by_school_days(days: list[dt.date]) -> Payments:
    """What the periods of the financial years of some days come to now."""
    start, end = financial_year_of(min(days))[0], financial_year_of(max(days))[1]
    by_days = Period.objects.filter(calendar__proration=Proration.SCHOOL_DAYS)
    return Payments(by_days.filter(start__gte=start, end__lte=end))


def save(wanted: Mapping[Key, bool]) -> Preview:
    """Set days and tell what is new and what another one; drafts have to be calculated again."""
    hold_for_publishing()
    dates = [date for _, date in wanted]
    stored = SchoolDay.objects.select_for_update(of=("self",)).select_related("school")
    existing = {
        (row.school, row.date): row for row in stored.filter(date__range=(min(dates), max(dates)))
    }
    new, changed = [], []
    for (school, date), is_school_day in wanted.items():
        row = existing.get((school, date))
        if row is None:
            new.append(SchoolDay(school=school, date=date, is_school_day=is_school_day))
        elif row.is_school_day != is_school_day:
            row.is_school_day = is_school_day
            changed.append(row)
    SchoolDay.objects.bulk_create(new)
    SchoolDay.objects.bulk_update(changed, ["is_school_day"])
    if new or changed:
        take_back_drafts(drafts_of(dates))
    return Preview(
        figures=[
            Figure("days", "Days read", len(wanted)),
            Figure("school_days", "School days", sum(wanted.values())),
            Figure("created", "New", len(new)),
            Figure("updated", "Changed", len(changed)),
            Figure("unchanged", "Unchanged", len(wanted) - len(new) - len(changed)),
        ],
        new=[New(who(row), KINDS[row.is_school_day]) for row in new],
        changes=[
            Change(who(row), "", KINDS[not row.is_school_day], KINDS[row.is_school_day])
            for row in changed
        ],
    )


def who(row: SchoolDay) -> str:
    return f"{short_day(row.date)}{f', {row.school}' if row.school else ''}"


def drafts_of(dates: list[dt.date]) -> Any:
    """Runs not published yet that are paid by school days of the years of some days."""
    start, end = financial_year_of(min(dates))[0], financial_year_of(max(dates))[1]
    by_days = Run.objects.filter(period__calendar__proration=Proration.SCHOOL_DAYS)
    of_years = by_days.filter(period__start__gte=start, period__end__lte=end)
    return of_years.exclude(state=RunState.PUBLISHED)


@verb
def set_school_days(
    *,
    start: dt.date,
    end: dt.date | None,
    is_school_day: bool,
    school: School | None = None,
    by: User,
) -> int:
    """Set the weekdays from a day to a day, for the authority or for one school; returns how many
    were not so before. Raises RefusalError for days in no order or too many.
    """
    preview = save(dict.fromkeys(keys_of(start, end, school), is_school_day))
    counts = {figure.key: figure.value for figure in preview.figures}
    return counts["created"] + counts["updated"]


def keys_of(start: dt.date, end: dt.date | None, school: School | None) -> list[Key]:
    """The weekdays of a stretch; a single day may be at a weekend."""
    last = end or start
    if last < start:
        raise RefusalError("The last day is before the first.", field="end")
    if (last - start).days > LONGEST:
        raise RefusalError("Set at most a year at a time.", field="end")
    if last == start:
        return [(school, start)]
    found = [(school, date) for date in days_from(start, last) if date.weekday() < 5]
    if not found:
        raise RefusalError("There is no weekday from the first day to the last.", field="end")
    return found


def days_from(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    while start <= end:
        yield start
        start += ONE_DAY
