"""Payment calendars: load, replace, change how part periods are paid (rules.md F1)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from banding_portal.files.json_files import read_json
from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.jobs.results import Issue, Progress, Result, lists_refusals
from banding_portal.refusals import RefusalError
from banding_portal.words import day, in_a_row, short_day
from funding.choices import Proration, RunState
from funding.file_columns import (
    CALENDAR_LIMITS,
    CalendarFile,
    PeriodPart,
    read_calendar,
)
from funding.models import PaymentCalendar, Period, Run
from funding.selectors.effects import Effect
from funding.services.drafts import take_back_drafts
from funding.services.effects import Payments
from funding.services.locks import hold_for_publishing

DAY, A_YEAR = dt.timedelta(days=1), dt.timedelta(days=365)
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
    payments = Payments(Period.objects.filter(calendar__year=wanted.year))
    loaded = _save_calendar(wanted)
    effects = payments.effects() if loaded.change != UNCHANGED else []
    preview = preview_of(loaded, wanted, effects).as_dict()
    return Result(preview=preview, warnings=_gaps_to_other_years(wanted))


def preview_of(loaded: CalendarLoaded, wanted: CalendarFile, effects: list[Effect]) -> Preview:
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
        notes=[*map(str, effects), *([DRAFTS_GO] if loaded.change == UPDATED else [])],
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
        _refuse_to_change_published(calendar, wanted)
        of_calendar = Run.objects.filter(period__calendar=calendar)
        take_back_drafts(of_calendar.exclude(state=RunState.PUBLISHED))
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


def _refuse_to_change_published(calendar: PaymentCalendar, wanted: CalendarFile) -> None:
    """What is published stays as it was paid; later periods of the year may be put right."""
    published = calendar.periods.filter(runs__state=RunState.PUBLISHED).distinct()
    parts = {period.code: period for period in wanted.periods}
    stays = calendar.proration == wanted.proration
    changed = [
        period.name
        for period in published
        if not stays or _facts_of(period) != _facts_of(parts.get(period.code))
    ]
    if changed:
        raise RefusalError(
            f"{in_a_row(changed)} cannot be changed in the calendar {calendar.year}, because a run "
            "for it has been published. Periods of which nothing is published can be."
        )


def _facts_of(period: Period | PeriodPart | None) -> tuple[object, ...]:
    return tuple(getattr(period, field, None) for field in FIELDS)


def _gaps_to_other_years(wanted: CalendarFile) -> list[Issue]:
    """Days between this year and the one before or after that no calendar pays; to be confirmed."""
    first = min(period.start for period in wanted.periods)
    last = max(period.end for period in wanted.periods)
    others = Period.objects.exclude(calendar__year=wanted.year)
    before = others.filter(end__lt=first).order_by("-end").first()
    after = others.filter(start__gt=last).order_by("start").first()
    gaps = [(before.end, first, before)] if before else []
    gaps += [(last, after.start, after)] if after else []
    return [
        Issue(
            f"No calendar pays the days from {day(start + DAY)} to {day(end - DAY)}, between this "
            f"year and {other.name}."
        )
        for start, end, other in gaps
        if DAY < end - start < A_YEAR
    ]


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
