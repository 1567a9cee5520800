"""Payment calendars: load, replace, change how part periods are paid (rules.md F1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from funding.calendar_file import CalendarFile, NamedPeriod, check_proration, read_calendar_file
from funding.choices import RunState
from funding.models import PaymentCalendar, Period, Run
from funding.services.errors import CalendarError
from funding.services.locks import hold_for_publishing

FIELDS = ("name", "start", "end", "count_date", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class CalendarLoaded:
    """`change` is created, updated or unchanged."""

    calendar: PaymentCalendar
    change: str


def load_payment_calendar(content: bytes) -> CalendarLoaded:
    """Make the calendar of a year from its JSON file, or replace it.

    Replacing it takes the lines of draft runs away, which have to be calculated again. Raises
    CalendarError with every problem: of the file (F1), or that something of it is published.
    """
    wanted, problems = read_calendar_file(content)
    if wanted is None:
        raise CalendarError(*problems)
    return _save_calendar(wanted)


@transaction.atomic
def change_proration(*, calendar: PaymentCalendar, proration: str) -> PaymentCalendar:
    """Pay part periods of a calendar in another way. Raises CalendarError as loading does."""
    problems = check_proration(proration)
    if problems:
        raise CalendarError(*problems)
    hold_for_publishing()
    calendar = PaymentCalendar.objects.select_for_update().get(pk=calendar.pk)
    if calendar.proration != proration:
        _refuse_if_published(calendar)
        _take_back_drafts(Run.objects.filter(period__calendar=calendar))
        calendar.proration = proration
        calendar.save(update_fields=["proration"])
    return calendar


@transaction.atomic
def _save_calendar(wanted: CalendarFile) -> CalendarLoaded:
    hold_for_publishing()
    calendar, created = PaymentCalendar.objects.get_or_create(
        year=wanted.year, defaults={"proration": wanted.proration}
    )
    problems = _problems_with_other_years(calendar, wanted.periods)
    if problems:
        raise CalendarError(*problems)
    if not created:
        if _same(calendar, wanted):
            return CalendarLoaded(calendar, "unchanged")
        _refuse_if_published(calendar)
        _take_back_drafts(Run.objects.filter(period__calendar=calendar))
        calendar.proration = wanted.proration
        calendar.save(update_fields=["proration"])
    _save_periods(calendar, wanted.periods)
    return CalendarLoaded(calendar, "created" if created else "updated")


def _save_periods(calendar: PaymentCalendar, periods: Iterable[NamedPeriod]) -> None:
    codes = [period.code for period in periods]
    Run.objects.filter(period__calendar=calendar).exclude(period__code__in=codes).delete()
    calendar.periods.exclude(code__in=codes).delete()
    for period in periods:
        Period.objects.update_or_create(
            calendar=calendar,
            code=period.code,
            defaults={field: getattr(period, field) for field in FIELDS},
        )


def _same(calendar: PaymentCalendar, wanted: CalendarFile) -> bool:
    stored = calendar.periods.values_list("code", *FIELDS)
    given = [(p.code, *(getattr(p, field) for field in FIELDS)) for p in wanted.periods]
    return calendar.proration == wanted.proration and sorted(stored) == sorted(given)


def _refuse_if_published(calendar: PaymentCalendar) -> None:
    published = Run.objects.filter(period__calendar=calendar, state=RunState.PUBLISHED)
    names = list(published.values_list("period__name", flat=True).distinct().order_by())
    if names:
        raise CalendarError(
            f"The calendar {calendar.year} can't be changed: a run of {', '.join(names)} is "
            "published."
        )


def _take_back_drafts(runs: Iterable[Run]) -> None:
    """Lines worked out by the old calendar go; the run waits to be calculated again."""
    for run in Run.objects.filter(pk__in=[run.pk for run in runs]).select_for_update():
        run.lines.all().delete()
        run.exceptions.filter(cleared_at=None).delete()
        if run.state == RunState.CHECKED:
            run.move(RunState.DRAFT, by=None, sent_by=None, sent_at=None)
        run.inputs_hash, run.lines_hash, run.control_total = "", "", 0
        run.save()


def _problems_with_other_years(
    calendar: PaymentCalendar, periods: tuple[NamedPeriod, ...]
) -> list[str]:
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
