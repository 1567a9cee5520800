"""Payment calendars: load, replace, change how part periods are paid (rules.md F1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from banding_portal.files.json_files import read_json
from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.refusals import RefusalError
from banding_portal.words import in_a_row, short_day
from funding.choices import Proration, RunState
from funding.file_columns import (
    CALENDAR_LIMITS,
    CalendarFile,
    PeriodPart,
    read_calendar,
)
from funding.models import PaymentCalendar, Period, Run
from funding.services.drafts import take_back_drafts
from funding.services.locks import hold_for_publishing

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
DRAFTS_GO = "Draft runs of this calendar have to be calculated again."
FIELDS = ("name", "start", "end", "count_date", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class CalendarLoaded:
    """`change` is created, updated or unchanged; `before` is what each period was, by code."""

    calendar: PaymentCalendar
    change: str
    before: dict[str, str]


@lists_refusals
def import_payment_calendar(_: Progress, *, filename: str, content: bytes) -> Result:
    """Make the calendar of a year from its JSON file, or replace it.

    Call it inside a transaction and roll back when the result has issues: of the file (F1), or
    that something of the calendar is published. Replacing it takes the lines of draft runs away,
    which have to be calculated again.
    """
    wanted, issues = read_calendar(read_json(filename, content, CALENDAR_LIMITS))
    if wanted is None:
        return Result(issues=issues)
    return Result(preview=preview_of(_save_calendar(wanted), wanted).as_dict())


def preview_of(loaded: CalendarLoaded, wanted: CalendarFile) -> Preview:
    year, after = wanted.year, _in_words(wanted)
    before = loaded.before
    return Preview(
        figures=[Figure("periods", "Periods", len(wanted.periods))],
        new=[] if before else [New(f"{year}, {key}", text) for key, text in after.items()],
        changes=[
            Change(f"{year}, {key}", "", before.get(key, ""), after.get(key, ""))
            for key in {**before, **after}
            if before and before.get(key) != after.get(key)
        ],
        notes=[DRAFTS_GO] if loaded.change == UPDATED else [],
        more={
            "year": year,
            "change": loaded.change,
            "proration": loaded.calendar.get_proration_display(),
        },
    )


def _in_words(year: CalendarFile | PaymentCalendar) -> dict[str, str]:
    """Each period, and the proration, as a sentence by what it is about."""
    stored = year.periods.all() if isinstance(year, PaymentCalendar) else year.periods
    periods = {
        period.code: f"{period.name}, {short_day(period.start)} to {short_day(period.end)}, "
        f"counted on {short_day(period.count_date)}, {period.numerator}/{period.denominator}"
        for period in stored
    }
    return {"part periods": Proration(year.proration).label, **periods}


@transaction.atomic
def _save_calendar(wanted: CalendarFile) -> CalendarLoaded:
    hold_for_publishing()
    calendar, created = PaymentCalendar.objects.get_or_create(
        year=wanted.year, defaults={"proration": wanted.proration}
    )
    before = {} if created else _in_words(calendar)
    problems = _problems_with_other_years(calendar, wanted.periods)
    if problems:
        raise RefusalError(*problems)
    if not created:
        if before == _in_words(wanted):
            return CalendarLoaded(calendar, UNCHANGED, before)
        _refuse_if_published(calendar)
        take_back_drafts(Run.objects.filter(period__calendar=calendar))
        calendar.proration = wanted.proration
        calendar.save(update_fields=["proration"])
    _save_periods(calendar, wanted.periods)
    return CalendarLoaded(calendar, CREATED if created else UPDATED, before)


def _save_periods(calendar: PaymentCalendar, periods: Iterable[PeriodPart]) -> None:
    codes = [period.code for period in periods]
    Run.objects.filter(period__calendar=calendar).exclude(period__code__in=codes).delete()
    calendar.periods.exclude(code__in=codes).delete()
    for period in periods:
        Period.objects.update_or_create(
            calendar=calendar,
            code=period.code,
            defaults={field: getattr(period, field) for field in FIELDS},
        )


def _refuse_if_published(calendar: PaymentCalendar) -> None:
    published = Run.objects.filter(period__calendar=calendar, state=RunState.PUBLISHED)
    names = list(published.values_list("period__name", flat=True).distinct().order_by())
    if names:
        raise RefusalError(
            f"The calendar {calendar.year} cannot be changed, because a run for "
            f"{in_a_row(names)} has been published."
        )


def _problems_with_other_years(calendar: PaymentCalendar, periods: list[PeriodPart]) -> list[str]:
    others = Period.objects.exclude(calendar=calendar).select_related("calendar")
    days = {"start__lte": max(p.end for p in periods), "end__gte": min(p.start for p in periods)}
    codes = [period.code for period in periods]
    clashing = others.filter(Q(**days) | Q(code__in=codes))
    return [
        f"The code {other.code} is used in the calendar {other.calendar} already."
        if other.code in codes
        else f"The periods overlap {other.name} of the calendar {other.calendar}."
        for other in clashing
    ]
